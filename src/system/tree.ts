/**
 * Trees as git keeps them: read whole files out of one, make one from a base and changed files. Only the folders that
 * lead to a file are looked at. No file that a check could have touched is read, and no index is used.
 */
import type { FileMode } from "../domain/proposal.ts";
import type { BaseFile } from "../domain/plugin.ts";
import { decode } from "./files.ts";
import { FOLDER_MODE, nameOf, rawName, readFolders, treeOf, type Folder, type FolderEntry } from "./folders.ts";
import type { Git } from "./git.ts";
import { readAll } from "./objects.ts";
import { Writing } from "./writing.ts";

/** A file as it is to be: `null` removes it. */
export interface FileChange {
  readonly path: string;
  readonly content: string | null;
  readonly mode: FileMode;
}

/** The tree that is `base` with these files changed. Writes objects only. */
export async function writeTree(git: Git, base: string, changes: readonly FileChange[]): Promise<string> {
  const from = await treeOf(git, base);
  const writing = new Writing(git, from.length);
  const tree = await changeTree(writing, from, changes);
  if (tree !== from) await writing.flush(tree);
  return tree;
}

/** As `writeTree`, left to the caller to be written. */
export async function changeTree(writing: Writing, base: string, changes: readonly FileChange[]): Promise<string> {
  if (changes.length === 0) return base;
  const wanted = changes.map(({ path, ...change }): Wanted => ({ ...change, names: namesOf(path) }));
  return (await changeFolder(writing, base, wanted)) ?? writing.folder(new Map());
}

/** A file that is to be, seen from a folder above it. */
interface Wanted extends Omit<FileChange, "path"> {
  readonly names: readonly string[];
}

/** What git, too, takes for no path of a tree. Gates have refused it long before. */
const NO_NAME = /^(?:\.{0,2}|\.git)$|\0/i;

function namesOf(path: string): string[] {
  const names = path.split("/");
  if (names.some((name) => NO_NAME.test(name))) throw new RangeError(`not a path of a tree: ${path}`);
  return names.map(rawName);
}

/** Undefined where nothing is left in it: git keeps no empty folder. What is removed makes room for what comes. */
async function changeFolder(writing: Writing, id: string | undefined, wanted: readonly Wanted[]): Promise<string | undefined> {
  const folder = new Map(id === undefined ? [] : await writing.read(id));
  const own = wanted.filter(({ names }) => names.length === 1);
  const below = Map.groupBy(wanted.filter(({ names }) => names.length > 1), firstName);
  for (const one of own.filter(({ content }) => content === null)) {
    if (folder.get(firstName(one))?.mode !== FOLDER_MODE) folder.delete(firstName(one));
  }
  for (const [name, inner] of below) {
    const before = folderAt(folder, name);
    const made = await changeFolder(writing, before, inner.map((one) => ({ ...one, names: one.names.slice(1) })));
    if (made !== undefined) folder.set(name, { mode: FOLDER_MODE, id: made });
    else if (before !== undefined) folder.delete(name);
  }
  for (const one of own) {
    if (one.content !== null) folder.set(firstName(one), { mode: one.mode, id: writing.blob(one.content) });
  }
  return folder.size === 0 ? undefined : writing.folder(folder);
}

function firstName({ names: [name = ""] }: Wanted): string {
  return name;
}

function folderAt(folder: Folder, name: string): string | undefined {
  const entry = folder.get(name);
  return entry?.mode === FOLDER_MODE ? entry.id : undefined;
}

/** One tracked path of a tree. */
export interface TreeEntry extends FolderEntry {
  readonly path: string;
}

/** A tree's folders by id, and which of them is its root. */
export interface Folders {
  readonly root: string;
  readonly byId: ReadonlyMap<string, Folder>;
}

/** Level by level: a tree costs as many questions as it is deep. */
export async function loadFolders(git: Git, tree: string): Promise<Folders> {
  const root = await treeOf(git, tree);
  const byId = new Map<string, Folder>();
  for (let ids = [root]; ids.length > 0; ) {
    const read = await readFolders(git, ids);
    for (const [id, folder] of read) byId.set(id, folder);
    const inner = [...read.values()].flatMap((folder) => [...folder.values()].filter(({ mode }) => mode === FOLDER_MODE));
    ids = [...new Set(inner.map(({ id }) => id))].filter((id) => !byId.has(id));
  }
  return { root, byId };
}

/** Every path of a tree, sorted as git sorts them. */
export async function listTree(git: Git, tree: string): Promise<TreeEntry[]> {
  const { root, byId } = await loadFolders(git, tree);
  const entries: TreeEntry[] = [];
  collect(root, "", byId, entries);
  return entries;
}

function collect(id: string, prefix: string, folders: ReadonlyMap<string, Folder>, entries: TreeEntry[]): void {
  for (const [raw, entry] of folders.get(id) ?? []) {
    const path = prefix + nameOf(raw);
    if (entry.mode === FOLDER_MODE) collect(entry.id, `${path}/`, folders, entries);
    else entries.push({ path, ...entry });
  }
}

/** The bytes of many objects by id. Ids that do not exist are left out. */
export async function readObjects(git: Git, ids: readonly string[]): Promise<Map<string, Buffer>> {
  return new Map([...(await readAll(git, ids))].map(([id, { bytes }]) => [id, bytes]));
}

/** What stands at these paths of a tree, for gates and for applying edits. */
export async function readBase(git: Git, tree: string, paths: readonly string[]): Promise<Map<string, BaseFile>> {
  const entries = await entriesAt(git, tree, paths);
  const files = [...entries.values()].filter(({ mode }) => mode.startsWith("100"));
  const texts = await readTexts(git, files.map(({ id }) => id));
  return new Map(paths.map((path) => [path, asBaseFile(entries.get(path), texts)]));
}

/** Texts that were read last: gates are asked about proposal after proposal for one file. */
const recent = new Map<string, string | undefined>();
const MAX_RECENT = 16;

/** By id; undefined for what is no text. */
async function readTexts(git: Git, ids: readonly string[]): Promise<Map<string, string | undefined>> {
  const known = new Map(ids.flatMap((id): [string, string | undefined][] => (recent.has(id) ? [[id, recent.get(id)]] : [])));
  const objects = await readObjects(git, ids.filter((id) => !known.has(id)));
  for (const [id, bytes] of objects) {
    const text = decode(bytes);
    known.set(id, text);
    recent.set(id, text);
    const [oldest = ""] = recent.keys();
    if (recent.size > MAX_RECENT) recent.delete(oldest);
  }
  return known;
}

/** What stands at these paths of a tree, folders too; nothing where the tree has no such path. */
export async function entriesAt(git: Git, tree: string, paths: readonly string[]): Promise<Map<string, FolderEntry>> {
  const found = new Map<string, FolderEntry>();
  const root = await treeOf(git, tree);
  let open = paths.map((path) => ({ path, id: root, names: path.split("/").map(rawName) }));
  while (open.length > 0) {
    const folders = await readFolders(git, [...new Set(open.map(({ id }) => id))]);
    open = open.flatMap(({ path, id, names: [name = "", ...rest] }) => {
      const entry = folders.get(id)?.get(name);
      if (entry && rest.length === 0) found.set(path, entry);
      return entry?.mode === FOLDER_MODE && rest.length > 0 ? [{ path, id: entry.id, names: rest }] : [];
    });
  }
  return found;
}

function asBaseFile(entry: FolderEntry | undefined, texts: ReadonlyMap<string, string | undefined>): BaseFile {
  if (!entry || entry.mode === FOLDER_MODE) return { kind: "absent" };
  if (entry.mode === "120000") return { kind: "symlink" };
  if (entry.mode === "160000") return { kind: "submodule" };
  const mode = entry.mode === "100755" ? "100755" : "100644";
  const text = texts.get(entry.id);
  return text === undefined ? { kind: "undecodable", mode } : { kind: "text", text, mode };
}
