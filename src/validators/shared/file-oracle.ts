/**
 * Looks at a change through the changed files alone, for checks that judge each file by itself. Files that are gone have
 * no findings any more.
 */
import type { Oracle } from "../../domain/oracle.ts";
import type { Workspace } from "../../domain/plugin.ts";
import type { Reading } from "../../domain/reading.ts";

/** Beyond this a command line grows too long, and most of the project is looked at anyway. */
const MAX_FILES = 500;

export type ReadFiles = (workspace: Workspace, signal: AbortSignal | undefined, files: readonly string[]) => Promise<Reading>;

/** @param isSeen whether the check looks at a file of this name */
export function openFileOracle(isSeen: (file: string) => boolean, read: ReadFiles): Oracle {
  return {
    look: async ({ to, changed, only, baseline, workspace, signal }) => {
      const asked = new Set(changed.keys()).intersection(new Set(only ?? changed.keys()));
      if (asked.size > MAX_FILES) return undefined;
      const files = [...asked].filter((file) => to.get(file) !== null && isSeen(file));
      const before = { ...baseline, findings: baseline.findings.filter(({ at }) => asked.has(at?.file ?? "")) };
      if (files.length === 0) return { before, after: { ...before, findings: [] } };
      return { before, after: await read(await workspace(), signal, files) };
    },
    close: () => Promise.resolve(),
  };
}
