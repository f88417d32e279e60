import type { Project } from "../../src/domain/plugin.ts";

/** A project of these files, for detection; `installed` are its dependencies' files. */
export function projectOf(files: Record<string, string>, installed: Record<string, string> = {}): Project {
  return {
    files: Object.keys(files).sort(),
    readText: (path) => Promise.resolve(files[path]),
    readDependency: (path) => Promise.resolve(installed[path]),
  };
}
