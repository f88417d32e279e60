/** What a tool changed, as edits: the difference of two trees, hunk by hunk. */
import { decode } from "../system/files.ts";
import type { Edit, FileMode } from "../domain/proposal.ts";
import type { Git } from "../system/git.ts";
import { readObjects } from "../system/tree.ts";

/** One file's part of a change. */
export interface FileDifference {
  readonly file: string;
  /** One per hunk; empty where the change cannot be told as edits of text. */
  readonly edits: readonly Edit[];
  /** Why it cannot. */
  readonly obstacle?: "binary" | "symlink" | "submodule";
}

interface Raw {
  readonly file: string;
  readonly oldMode: string;
  readonly newMode: string;
  readonly oldId: string;
  readonly newId: string;
}

/** Hunks that are this many unchanged lines apart or fewer belong together, as in a patch with context. */
const TOGETHER_LINES = 3;

export async function difference(git: Git, base: string, tree: string): Promise<FileDifference[]> {
  const raws = await rawDifference(git, base, tree);
  const objects = await readObjects(git, raws.flatMap(({ oldId, newId }) => [oldId, newId].filter((id) => !/^0+$/.test(id))));
  const result: FileDifference[] = [];
  for (const raw of raws) result.push(await oneFile(git, raw, objects));
  return result;
}

async function rawDifference(git: Git, base: string, tree: string): Promise<Raw[]> {
  const fields = await git.fields(["diff-tree", "-r", "-z", "--raw", "--no-renames", base, tree]);
  const raws: Raw[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [oldMode = "", newMode = "", oldId = "", newId = ""] = (fields[at] ?? "").slice(1).split(" ");
    raws.push({ file: fields[at + 1] ?? "", oldMode, newMode, oldId, newId });
  }
  return raws;
}

async function oneFile(git: Git, raw: Raw, objects: ReadonlyMap<string, Buffer>): Promise<FileDifference> {
  const { file, oldMode, newMode, oldId, newId } = raw;
  const modes = [oldMode, newMode];
  if (modes.includes("120000")) return { file, edits: [], obstacle: "symlink" };
  if (modes.includes("160000")) return { file, edits: [], obstacle: "submodule" };
  const before = textOf(oldMode, oldId, objects);
  const after = textOf(newMode, newId, objects);
  if (before === undefined || after === undefined) return { file, edits: [], obstacle: "binary" };
  const mode: { mode?: FileMode } = newMode === oldMode || after === null ? {} : { mode: newMode === "100755" ? "100755" : "100644" };
  if (before === null || after === null) return { file, edits: [{ file, start: 0, before, after, ...mode }] };
  if (before === after) return { file, edits: [{ file, start: 0, before: "", after: "", ...mode }] };
  const hunks = await hunksOf(git, oldId, newId);
  const edits = hunks.map((hunk) => asEdit(file, before, after, hunk));
  return { file, edits: edits.map((edit, index) => (index === 0 ? { ...edit, ...mode } : edit)) };
}

/** Null where the file is not there, undefined where it is not text. */
function textOf(mode: string, id: string, objects: ReadonlyMap<string, Buffer>): string | null | undefined {
  return mode === "000000" ? null : decode(objects.get(id) ?? Buffer.alloc(0));
}

/** Line numbers from 0; `to` is exclusive. */
interface Hunk {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

async function hunksOf(git: Git, oldId: string, newId: string): Promise<Hunk[]> {
  const args = ["diff", "--no-ext-diff", "--no-textconv", "--no-color", "--text", "--diff-algorithm=histogram", "-U0"];
  const patch = await git.text([...args, oldId, newId]);
  // Lines end at \n alone: what follows a \r or U+2028 is a file's own text, whatever it looks like.
  const headers = patch.split("\n").flatMap((line) => [...line.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/g)]);
  const hunks = headers.map(([, a, b, c, d]) => {
    const [oldFrom, oldTo] = range(a, b);
    const [newFrom, newTo] = range(c, d);
    return { oldFrom, oldTo, newFrom, newTo };
  });
  return hunks.reduce<Hunk[]>(joinNear, []);
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
