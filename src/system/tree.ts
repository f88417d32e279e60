/**
 * Trees as git keeps them: read whole files out of one, write one from a base and changed files with an index of stet's
 * own. No file that a check could have touched is read, and the user's index is never used.
 */
import type { FileMode } from "../domain/proposal.ts";
import type { BaseFile } from "../domain/plugin.ts";
import { decode } from "./files.ts";
import type { Git } from "./git.ts";
import { ownFolder, writeParts } from "./temporary.ts";

/** A file as it is to be: `null` removes it. */
export interface FileChange {
  readonly path: string;
  readonly content: string | null;
  readonly mode: FileMode;
}

/** The tree that is `base` with these files changed. Writes objects only. */
export async function writeTree(git: Git, base: string, changes: readonly FileChange[]): Promise<string> {
  if (changes.length === 0) return git.text(["rev-parse", "--verify", `${base}^{tree}`]);
  await using folder = await ownFolder();
  const indexed = git.with({ indexFile: `${folder.path}/index` });
  const written = changes.filter((change) => change.content !== null);
  const ids = await writeBlobs(git, written.map(({ content }) => content ?? ""), folder.path);
  const blobs = new Map(written.map((change, index) => [change, ids[index] ?? ""]));
  const lines = changes.map((change) => {
    const id = blobs.get(change);
    return id === undefined ? `0 ${"0".repeat(base.length)}\t${change.path}` : `${change.mode} ${id}\t${change.path}`;
  });
  await indexed.text(["read-tree", base]);
  await indexed.text(["update-index", "-z", "--index-info"], { stdin: `${lines.join("\0")}\0` });
  return await indexed.text(["write-tree"]);
}

async function writeBlobs(git: Git, texts: readonly string[], folder: string): Promise<string[]> {
  if (texts.length === 0) return [];
  const paths = await writeParts(folder, texts);
  const stdin = `${paths.join("\n")}\n`;
  return (await git.text(["hash-object", "-w", "--no-filters", "--stdin-paths"], { stdin })).split("\n");
}

/** One tracked path of a tree. */
export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly id: string;
}

/** Every path of a tree, sorted as git sorts them. */
export async function listTree(git: Git, tree: string): Promise<TreeEntry[]> {
  return (await git.fields(["ls-tree", "-r", "-z", "--full-tree", tree])).map(asEntry);
}

function asEntry(line: string): TreeEntry {
  const tab = line.indexOf("\t");
  const [mode = "", , id = ""] = line.slice(0, tab).split(" ");
  return { path: line.slice(tab + 1), mode, id };
}

/** The bytes of many objects in one call, by id. Ids that do not exist are left out. */
export async function readObjects(git: Git, ids: readonly string[]): Promise<Map<string, Buffer>> {
  const wanted = [...new Set(ids)];
  const found = new Map<string, Buffer>();
  if (wanted.length === 0) return found;
  const output = await git.bytes(["cat-file", "--batch"], { stdin: `${wanted.join("\n")}\n` });
  let at = 0;
  for (const id of wanted) {
    const end = output.indexOf(10, at);
    const [, type, size] = output.toString("latin1", at, end).split(" ");
    at = end + 1;
    if (type === "missing" || size === undefined) continue;
    found.set(id, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}

/** What stands at these paths of a tree, for gates and for applying edits. */
export async function readBase(git: Git, tree: string, paths: readonly string[]): Promise<Map<string, BaseFile>> {
  const entries = await entriesAt(git, tree, paths);
  const objects = await readObjects(git, [...entries.values()].map(({ id }) => id));
  return new Map(paths.map((path) => [path, asBaseFile(entries.get(path), objects)]));
}

async function entriesAt(git: Git, tree: string, paths: readonly string[]): Promise<Map<string, TreeEntry>> {
  if (paths.length > 200) return new Map((await listTree(git, tree)).map((entry) => [entry.path, entry]));
  const safe = paths.filter((path) => path !== "" && !path.includes("\0"));
  if (safe.length === 0) return new Map();
  const lines = await git.fields(["ls-tree", "-z", "--full-tree", tree, "--", ...safe]);
  return new Map(lines.map(asEntry).map((entry) => [entry.path, entry]));
}

function asBaseFile(entry: TreeEntry | undefined, objects: ReadonlyMap<string, Buffer>): BaseFile {
  if (!entry || entry.mode === "040000") return { kind: "absent" };
  if (entry.mode === "120000") return { kind: "symlink" };
  if (entry.mode === "160000") return { kind: "submodule" };
  const mode = entry.mode === "100755" ? "100755" : "100644";
  const text = decode(objects.get(entry.id) ?? Buffer.alloc(0));
  return text === undefined ? { kind: "undecodable", mode } : { kind: "text", text, mode };
}
