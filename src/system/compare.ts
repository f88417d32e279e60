/** Where two trees differ, told from their folders: what is the same in both is not looked into. No text is read. */
import { FOLDER_MODE, nameOf, rawName, readFolders, treeOf, type Folder, type FolderEntry } from "./folders.ts";
import type { Git } from "./git.ts";

/** One path in which two trees differ; undefined where a tree does not have it. */
export interface TreeDifference {
  readonly path: string;
  readonly old: FolderEntry | undefined;
  readonly now: FolderEntry | undefined;
}

/** File by file, in git's order. */
export async function compareTrees(git: Git, from: string, to: string): Promise<TreeDifference[]> {
  const [old, now] = await Promise.all([treeOf(git, from), treeOf(git, to)]);
  const found: TreeDifference[] = [];
  let open: Pair[] = old === now ? [] : [{ prefix: "", old, now }];
  while (open.length > 0) {
    const ids = open.flatMap((pair) => [pair.old, pair.now]).filter((id) => id !== undefined);
    const folders = await readFolders(git, [...new Set(ids)]);
    const entries = open.flatMap((pair) => differing(pair, folders));
    for (const { path, old: before, now: after } of entries) {
      const [one, other] = [file(before), file(after)];
      if (one || other) found.push({ path, old: one, now: other });
    }
    open = entries.map(({ path, old: before, now: after }) => ({ prefix: `${path}/`, old: folder(before), now: folder(after) }));
    open = open.filter((pair) => pair.old !== undefined || pair.now !== undefined);
  }
  return found.sort((one, other) => (rawName(one.path) < rawName(other.path) ? -1 : 1));
}

/** A folder in both trees, by its ids; undefined where a tree has none there. */
interface Pair {
  readonly prefix: string;
  readonly old: string | undefined;
  readonly now: string | undefined;
}

const EMPTY: Folder = new Map();

function differing({ prefix, old, now }: Pair, folders: ReadonlyMap<string, Folder>): TreeDifference[] {
  const [before, after] = [folders.get(old ?? "") ?? EMPTY, folders.get(now ?? "") ?? EMPTY];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const entries = names.map((raw) => ({ path: prefix + nameOf(raw), old: before.get(raw), now: after.get(raw) }));
  return entries.filter((one) => one.old?.id !== one.now?.id || one.old?.mode !== one.now?.mode);
}

function file(entry: FolderEntry | undefined): FolderEntry | undefined {
  return entry?.mode === FOLDER_MODE ? undefined : entry;
}

function folder(entry: FolderEntry | undefined): string | undefined {
  return entry?.mode === FOLDER_MODE ? entry.id : undefined;
}
