/**
 * git's tree objects: one folder each. Read through a small memory, since neighbouring trees share nearly all of their
 * folders, and an id never means anything else. Names are kept as git has them, byte for byte, whatever they encode.
 */
import type { Git } from "./git.ts";
import { readAll, readObject, type GitObject } from "./objects.ts";

/** What stands under a name in one folder. */
export interface FolderEntry {
  readonly mode: string;
  readonly id: string;
}

/** By raw name (see `rawName`), in git's order. */
export type Folder = ReadonlyMap<string, FolderEntry>;

/** The mode of an entry that is a folder itself. */
export const FOLDER_MODE = "40000";

/** One path segment as a text with a character for each of its bytes. */
export function rawName(name: string): string {
  return Buffer.from(name, "utf8").toString("latin1");
}

export function nameOf(raw: string): string {
  return Buffer.from(raw, "latin1").toString("utf8");
}

/** Entries of folders that are remembered, the last read ones: some hundred bytes for each. */
const MAX_KNOWN_ENTRIES = 400_000;
const known = new Map<string, Folder>();
let knownEntries = 0;

/** The folders by their ids, all in one go. Throws where one is not there: its tree is broken. */
export async function readFolders(git: Git, ids: readonly string[]): Promise<Map<string, Folder>> {
  const found = new Map<string, Folder>();
  for (const id of ids) {
    const folder = known.get(id);
    if (folder) found.set(id, folder);
  }
  const missing = ids.filter((id) => !found.has(id));
  const objects = await readAll(git, missing);
  for (const id of missing) found.set(id, folderIn(objects.get(id), id));
  return found;
}

/** The id of the tree that a tree's or commit's id, or `<id>^{tree}`, stands for. Throws where there is none. */
export async function treeOf(git: Git, name: string): Promise<string> {
  if (known.has(name)) return name;
  const object = await readObject(git, name.endsWith("^{tree}") ? name : `${name}^{tree}`);
  folderIn(object, name);
  return object?.id ?? name;
}

function folderIn(object: GitObject | undefined, name: string): Folder {
  if (object?.type !== "tree") throw new Error(`not a tree: ${name}`);
  const folder = known.get(object.id) ?? parseFolder(object.bytes, object.id.length / 2);
  if (!known.has(object.id)) remember(object.id, folder);
  return folder;
}

function remember(id: string, folder: Folder): void {
  known.set(id, folder);
  knownEntries += folder.size;
  for (const [oldest, { size }] of known) {
    if (knownEntries <= MAX_KNOWN_ENTRIES) break;
    known.delete(oldest);
    knownEntries -= size;
  }
}

/** `<mode> <name>\0<id>`, again and again. */
function parseFolder(bytes: Buffer, idBytes: number): Folder {
  const folder = new Map<string, FolderEntry>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(" ", at);
    const nul = bytes.indexOf(0, space);
    const mode = bytes.toString("latin1", at, space);
    folder.set(bytes.toString("latin1", space + 1, nul), { mode, id: bytes.toString("hex", nul + 1, nul + 1 + idBytes) });
    at = nul + 1 + idBytes;
  }
  return folder;
}

/** The object's content. git compares a folder's name as if it ended with a slash, byte by byte. */
export function folderBytes(folder: Folder): Buffer {
  const rows = [...folder].map(([name, entry]) => ({ ...entry, name, order: entry.mode === FOLDER_MODE ? `${name}/` : name }));
  rows.sort((one, other) => (one.order < other.order ? -1 : 1));
  return Buffer.concat(rows.flatMap(({ mode, name, id }) => [Buffer.from(`${mode} ${name}\0`, "latin1"), Buffer.from(id, "hex")]));
}
