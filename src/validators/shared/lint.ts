/**
 * What linters have in common beside their reports: the texts that their columns are told against, and the quick look
 * at the changed files alone. Never runs a linter itself.
 */
import type { Oracle } from "../../domain/oracle.ts";
import type { Workspace } from "../../domain/plugin.ts";
import type { Finding } from "../../domain/finding.ts";
import type { Reading } from "../../domain/reading.ts";
import { Columns } from "./columns.ts";

/** Each file's columns, read once; undefined where the file is not there or not UTF-8. */
export function columnsOf(workspace: Workspace): (file: string) => Promise<Columns | undefined> {
  const known = new Map<string, Promise<Columns | undefined>>();
  return (file) => {
    const asked = known.get(file) ?? workspace.readText(file).then((text) => (text === undefined ? undefined : new Columns(text)));
    known.set(file, asked);
    return asked;
  };
}

/** By place: linters that work on several files at once tell them in any order. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const place = ({ at }: Finding): [string, number, number] => [at?.file ?? "", at?.line ?? 0, at?.column ?? 0];
  return [...findings].sort((left, right) => {
    const [[one, line, column], [other, otherLine, otherColumn]] = [place(left), place(right)];
    if (one !== other) return one < other ? -1 : 1;
    return line - otherLine || column - otherColumn || (left.rule < right.rule ? -1 : 1);
  });
}

/** `only`: these files in place of the paths that the check names, as far as the linter would lint them. */
export type ReadOnly = (workspace: Workspace, signal: AbortSignal | undefined, only: readonly string[]) => Promise<Reading>;

/**
 * Lints the changed files alone. Rules that read other files may see a change from elsewhere; the check itself, which
 * decides, lints everything. Where the check names folders, what stands outside of them is not looked at.
 */
export function openLintOracle(paths: readonly string[], read: ReadOnly): Oracle {
  const isLinted = paths.includes(".") ? () => true : (file: string) => paths.some((path) => file === path || file.startsWith(`${path}/`));
  return {
    look: async ({ to, changed, baseline, workspace, signal }) => {
      if (paths.some((path) => GLOB.test(path)) || changed.size > MAX_LOOKED_FILES) return undefined;
      const files = [...changed.keys()].filter((file) => to.get(file) !== null && isLinted(file));
      const before = { ...baseline, findings: baseline.findings.filter(({ at }) => changed.has(at?.file ?? "")) };
      if (files.length === 0) return { before, after: { ...before, findings: [] } };
      return { before, after: await read(await workspace(), signal, files) };
    },
    close: () => Promise.resolve(),
  };
}

const GLOB = /[*?[\]{}!]/;
/** Beyond this a command line grows too long, and most of the project is linted anyway. */
const MAX_LOOKED_FILES = 500;
