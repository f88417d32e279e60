/** Puts proposals on a tree: the same function makes the tree that is tried and the trees that land. */
import { applyEdits } from "../domain/edit.ts";
import type { BaseFile } from "../domain/plugin.ts";
import { filesOf, type Edit, type FileMode, type Proposal } from "../domain/proposal.ts";
import type { Git } from "./git.ts";
import { listTree, readBase, writeTree, type FileChange } from "./tree.ts";

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
  const changes = files.map((file) => changeOf(file, texts, edits));
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
  const left = new Set((await listTree(git, base)).map(({ path }) => path).filter((path) => !gone.has(path)));
  for (const { path } of made) left.add(path);
  const folders = new Set([...left].flatMap(leadingFolders));
  for (const { path } of made) {
    if (folders.has(path) || leadingFolders(path).some((folder) => left.has(folder))) throw new MisfitFault(path, "file-and-folder");
  }
}

function leadingFolders(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** The trees after the first proposal, the first two, and so on: the last is `compose` of all. Throws `MisfitFault`. */
export async function composeSteps(git: Git, base: string, proposals: readonly Proposal[]): Promise<string[]> {
  const texts = await readBase(git, base, filesOf(proposals.flatMap(({ edits }) => edits)));
  const edits: Edit[] = [];
  const trees: string[] = [];
  for (const proposal of proposals) {
    edits.push(...proposal.edits);
    const changes = filesOf(proposal.edits).map((file) => changeOf(file, texts, edits));
    trees.push(await writeTree(git, trees.at(-1) ?? base, changes));
  }
  return trees;
}

function changeOf(path: string, texts: ReadonlyMap<string, BaseFile>, all: readonly Edit[]): FileChange {
  const base = texts.get(path) ?? { kind: "absent" };
  const edits = all.filter(({ file }) => file === path);
  const applied = applyEdits(base.kind === "text" ? base.text : null, edits);
  if (!applied.ok) throw new MisfitFault(path, applied.fault.code);
  const kept: FileMode = base.kind === "text" ? base.mode : "100644";
  const mode = edits.findLast((edit) => edit.mode !== undefined)?.mode ?? kept;
  return { path, content: applied.text, mode };
}
