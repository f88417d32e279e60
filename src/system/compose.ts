/** Puts proposals on a tree: the same function makes the tree that is tried and the trees that land. */
import { applyEdits } from "../domain/edit.ts";
import type { BaseFile } from "../domain/plugin.ts";
import { filesOf, type Edit, type FileMode, type Proposal } from "../domain/proposal.ts";
import { FOLDER_MODE, type FolderEntry } from "./folders.ts";
import type { Git } from "./git.ts";
import { changeTree, entriesAt, listTree, readBase, writeTree, type FileChange } from "./tree.ts";
import type { Writing } from "./writing.ts";

/** Edits that do not fit their base, or each other: a bug of a proposer that no gate caught, or half of a tool's change. */
export class MisfitFault extends Error {
  readonly file: string;
  readonly code: string;
  constructor(file: string, code: string) {
    super(`${code}: ${file}`);
    this.file = file;
    this.code = code;
  }
}

/** The tree that is `base` with all these proposals' edits; they must not conflict. Throws `MisfitFault`. */
export async function compose(git: Git, base: string, proposals: readonly Proposal[]): Promise<string> {
  const edits = proposals.flatMap((proposal) => proposal.edits);
  const files = filesOf(edits);
  const texts = await readBase(git, base, files);
  const byFile = Map.groupBy(edits, ({ file }) => file);
  const changes = files.map((file) => changeOf(file, texts, byFile.get(file) ?? []));
  const made = changes.filter(({ path, content }) => content !== null && texts.get(path)?.kind !== "text");
  if (made.length > 0) await refuseDisplacement(git, base, changes, made);
  return writeTree(git, base, changes);
}

/** A name is a file or a folder, never both: whatever stands in the way of a new file, git would drop without a word. */
async function refuseDisplacement(
  git: Git,
  base: string,
  changes: readonly FileChange[],
  made: readonly FileChange[],
): Promise<void> {
  const gone = new Set(changes.filter(({ content }) => content === null).map(({ path }) => path));
  const fresh = new Set(made.map(({ path }) => path));
  const above = new Set(made.flatMap(({ path }) => leadingFolders(path)));
  const stands = await entriesAt(git, base, [...new Set([...fresh, ...above])]);
  for (const { path } of made) {
    const isFile = (folder: string): boolean => fresh.has(folder) || (isEntryFile(stands.get(folder)) && !gone.has(folder));
    const inside = stands.get(path)?.mode === FOLDER_MODE ? await filesBelow(git, base, path) : [];
    const isFolder = above.has(path) || inside.some((file) => !gone.has(file));
    if (isFolder || leadingFolders(path).some(isFile)) throw new MisfitFault(path, "file-and-folder");
  }
}

function isEntryFile(entry: FolderEntry | undefined): boolean {
  return entry !== undefined && entry.mode !== FOLDER_MODE;
}

async function filesBelow(git: Git, base: string, folder: string): Promise<string[]> {
  return (await listTree(git, base)).map(({ path }) => path).filter((path) => path.startsWith(`${folder}/`));
}

function leadingFolders(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/**
 * The trees after the first proposal, the first two, and so on: the last is `compose` of all. Left to the caller to be
 * written. Throws `MisfitFault`.
 */
export async function composeSteps(git: Git, writing: Writing, base: string, proposals: readonly Proposal[]): Promise<string[]> {
  const texts = await readBase(git, base, filesOf(proposals.flatMap(({ edits }) => edits)));
  const edits = new Map<string, Edit[]>();
  const trees: string[] = [];
  for (const proposal of proposals) {
    for (const edit of proposal.edits) edits.set(edit.file, [...(edits.get(edit.file) ?? []), edit]);
    const changes = filesOf(proposal.edits).map((file) => changeOf(file, texts, edits.get(file) ?? []));
    trees.push(await changeTree(writing, trees.at(-1) ?? base, changes));
  }
  return trees;
}

function changeOf(path: string, texts: ReadonlyMap<string, BaseFile>, edits: readonly Edit[]): FileChange {
  const base = texts.get(path) ?? { kind: "absent" };
  const applied = applyEdits(base.kind === "text" ? base.text : null, edits);
  if (!applied.ok) throw new MisfitFault(path, applied.fault.code);
  const kept: FileMode = base.kind === "text" ? base.mode : "100644";
  const mode = edits.findLast((edit) => edit.mode !== undefined)?.mode ?? kept;
  return { path, content: applied.text, mode };
}
