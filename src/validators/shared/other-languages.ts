/** Which files are programs in another language than a tool reads: a tool that knows one language sees nothing in them. */
import type { ChangedPath } from "../../domain/plugin.ts";

export type Language = keyof typeof PROGRAMS;

const PROGRAMS = {
  script: /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/,
  python: /\.pyi?$/,
  rust: /\.rs$/,
  go: /\.go$/,
} as const;

export function isOf(language: Language, path: string): boolean {
  return PROGRAMS[language].test(path);
}

export function isOfAnother(own: Language, path: string): boolean {
  return Object.entries(PROGRAMS).some(([language, pattern]) => language !== own && pattern.test(path));
}

/** Whether a tool of this language reads the same after these changes. Files that come and go may change what is a project. */
export function areOfOthers(own: Language, changes: readonly ChangedPath[]): boolean {
  return changes.every(({ path, kind }) => kind === "text" && isOfAnother(own, path));
}
