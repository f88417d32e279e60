/** The texts in which two trees differ. Undefined where a difference is not one of text: a link, a submodule, bytes. */
import type { Texts } from "../domain/oracle.ts";
import { compareTrees } from "../system/compare.ts";
import { decode } from "../system/files.ts";
import type { FolderEntry } from "../system/folders.ts";
import type { Git } from "../system/git.ts";
import { readObjects } from "../system/tree.ts";

/** The differing files, in either tree; null where a file is not there. */
export interface Difference {
  readonly before: Texts;
  readonly after: Texts;
}

const FILE_MODES: readonly string[] = ["100644", "100755"];

export async function textsBetween(git: Git, from: string, to: string): Promise<Difference | undefined> {
  const differing = await compareTrees(git, from, to);
  const objects = await readObjects(git, differing.flatMap(({ old, now }) => [old, now]).flatMap((entry) => (isFile(entry) ? [entry.id] : [])));
  const before = new Map<string, string | null>();
  const after = new Map<string, string | null>();
  for (const { path, old, now } of differing) {
    const [one, other] = [textOf(old, objects), textOf(now, objects)];
    if (one === undefined || other === undefined) return undefined;
    before.set(path, one);
    after.set(path, other);
  }
  return { before, after };
}

function isFile(entry: FolderEntry | undefined): entry is FolderEntry {
  return entry !== undefined && FILE_MODES.includes(entry.mode);
}

function textOf(entry: FolderEntry | undefined, objects: ReadonlyMap<string, Buffer>): string | null | undefined {
  if (entry === undefined) return null;
  const bytes = isFile(entry) ? objects.get(entry.id) : undefined;
  return bytes && decode(bytes);
}
