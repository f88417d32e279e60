/**
 * What linters have in common beside their reports: the texts that their columns are told against, and the quick look
 * at the changed files alone. Never runs a linter itself.
 */
import type { Oracle } from "../../domain/oracle.ts";
import type { Workspace } from "../../domain/plugin.ts";
import type { Finding } from "../../domain/finding.ts";
import { Columns } from "./columns.ts";
import { openFileOracle, type ReadFiles } from "./file-oracle.ts";

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

/**
 * Lints the changed files alone. Rules that read other files may see a change from elsewhere; the check itself, which
 * decides, lints everything. Where the check names folders, what stands outside of them is not looked at.
 */
export function openLintOracle(paths: readonly string[], read: ReadFiles): Oracle {
  if (paths.some((path) => GLOB.test(path))) return BLIND;
  return openFileOracle((file) => paths.some((path) => path === "." || file === path || file.startsWith(`${path}/`)), read);
}

const GLOB = /[*?[\]{}!]/;
/** Which files a glob means is for the linter to say. */
const BLIND: Oracle = { look: () => Promise.resolve(undefined), close: () => Promise.resolve() };
