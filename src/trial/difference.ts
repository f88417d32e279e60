/** What a tool changed, as edits: the difference of two trees, hunk by hunk. */
import { decode } from "../system/files.ts";
import type { Edit, FileMode } from "../domain/proposal.ts";
import type { Git } from "../system/git.ts";
import type { FolderEntry } from "../system/folders.ts";
import { compareTrees, type TreeDifference } from "../system/compare.ts";
import { readObjects } from "../system/tree.ts";

/** One file's part of a change. */
export interface FileDifference {
  readonly file: string;
  /** One per hunk; empty where the change cannot be told as edits of text. */
  readonly edits: readonly Edit[];
  /** Why it cannot. */
  readonly obstacle?: "binary" | "symlink" | "submodule";
}

/** Hunks that are this many unchanged lines apart or fewer belong together, as in a patch with context. */
const TOGETHER_LINES = 3;

export async function difference(git: Git, base: string, tree: string): Promise<FileDifference[]> {
  const differences = await compareTrees(git, base, tree);
  const ids = differences.flatMap(({ old, now }) => [old, now]).filter((entry) => entry?.mode.startsWith("100")).map((entry) => entry?.id ?? "");
  const objects = await readObjects(git, ids);
  const hunks = differences.some(({ old, now }) => old && now) ? await hunksBetween(git, base, tree) : new Map<string, Hunk[]>();
  return differences.map((one) => oneFile(one, objects, hunks));
}

function oneFile(one: TreeDifference, objects: ReadonlyMap<string, Buffer>, hunks: ReadonlyMap<string, readonly Hunk[]>): FileDifference {
  const { path: file, old, now } = one;
  const obstacle = obstacleOf([old, now].map((entry) => entry?.mode));
  if (obstacle) return { file, edits: [], obstacle };
  const [before, after] = [textOf(old, objects), textOf(now, objects)];
  if (before === undefined || after === undefined) return { file, edits: [], obstacle: "binary" };
  const edits = editsOf(file, before, after, hunks.get(`${old?.id}..${now?.id}`) ?? []);
  const mode = now && now.mode !== old?.mode ? { mode: fileMode(now) } : {};
  return { file, edits: edits.map((edit, index) => (index === 0 ? { ...edit, ...mode } : edit)) };
}

function obstacleOf(modes: readonly (string | undefined)[]): FileDifference["obstacle"] {
  if (modes.includes("120000")) return "symlink";
  return modes.includes("160000") ? "submodule" : undefined;
}

function editsOf(file: string, before: string | null, after: string | null, hunks: readonly Hunk[]): Edit[] {
  if (before === null || after === null) return [{ file, start: 0, before, after }];
  if (before === after) return [{ file, start: 0, before: "", after: "" }];
  return hunks.reduce<Hunk[]>(joinNear, []).map((hunk) => asEdit(file, before, after, hunk));
}

function fileMode({ mode }: FolderEntry): FileMode {
  return mode === "100755" ? "100755" : "100644";
}

/** Null where the file is not there, undefined where it is not text. */
function textOf(entry: FolderEntry | undefined, objects: ReadonlyMap<string, Buffer>): string | null | undefined {
  return entry === undefined ? null : decode(objects.get(entry.id) ?? Buffer.alloc(0));
}

/** Line numbers from 0; `to` is exclusive. */
interface Hunk {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

const PATCH = ["diff-tree", "-r", "-p", "--no-renames", "--full-index", "--no-ext-diff", "--no-textconv", "--no-color", "--text", "--diff-algorithm=histogram", "-U0"];

/**
 * The hunks of all files, by the two ids of each (`<old>..<new>`), from one patch. A hunk's header tells how many lines
 * follow, so no line of a file is ever taken for one of the patch's own. Lines end at \n alone.
 */
async function hunksBetween(git: Git, base: string, tree: string): Promise<Map<string, Hunk[]>> {
  const patch = (await git.bytes([...PATCH, base, tree])).toString("latin1");
  const found = new Map<string, Hunk[]>();
  let hunks: Hunk[] = [];
  let body = 0;
  for (const line of linesOf(patch)) {
    if (line.startsWith("\\ ")) continue; // "\\ No newline at end of file"; a file's own lines begin with + or -
    if (body-- > 0) continue;
    const [, ids] = /^index ([0-9a-f]+\.\.[0-9a-f]+)(?: |$)/.exec(line) ?? [];
    if (ids !== undefined) found.set(ids, (hunks = []));
    const [header, a, b, c, d] = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (header === undefined) continue;
    const [oldFrom, oldTo] = range(a, b);
    const [newFrom, newTo] = range(c, d);
    hunks.push({ oldFrom, oldTo, newFrom, newTo });
    body = oldTo - oldFrom + newTo - newFrom;
  }
  return found;
}

function* linesOf(text: string): Iterable<string> {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\n", at);
    yield text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
  }
}

/** A range of no lines stands *after* the line that the header names. */
function range(start = "0", count = "1"): [from: number, to: number] {
  const from = Number(count) === 0 ? Number(start) : Number(start) - 1;
  return [from, from + Number(count)];
}

function joinNear(joined: Hunk[], hunk: Hunk): Hunk[] {
  const last = joined.at(-1);
  if (!last || hunk.oldFrom - last.oldTo > TOGETHER_LINES) return [...joined, hunk];
  return [...joined.slice(0, -1), { ...last, oldTo: hunk.oldTo, newTo: hunk.newTo }];
}

function asEdit(file: string, before: string, after: string, hunk: Hunk): Edit {
  const start = offsetOf(before, hunk.oldFrom);
  return {
    file,
    start,
    before: before.slice(start, offsetOf(before, hunk.oldTo)),
    after: after.slice(offsetOf(after, hunk.newFrom), offsetOf(after, hunk.newTo)),
  };
}

/** Where line `line` (from 0) begins; the end of the text for the line after the last. */
function offsetOf(text: string, line: number): number {
  let at = 0;
  for (let count = 0; count < line; count++) {
    const next = text.indexOf("\n", at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return at;
}
