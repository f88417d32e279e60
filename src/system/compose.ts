/** Puts proposals on a tree: the same function makes the tree that is tried and the trees that land. */
import { applyEdits } from "../domain/edit.ts";
import type { BaseFile } from "../domain/plugin.ts";
import { filesOf, type Edit, type FileMode, type Proposal } from "../domain/proposal.ts";
import type { Git } from "./git.ts";
import { readBase, writeTree, type FileChange } from "./tree.ts";

/** Edits that do not fit their base: a bug of a proposer that no gate caught. */
export class MisfitFault extends Error {
  readonly file: string;
  constructor(file: string, code: string) {
    super(`${code}: ${file}`);
    this.file = file;
  }
}

/** The tree that is `base` with all these proposals' edits; they must not conflict. Throws `MisfitFault`. */
export async function compose(git: Git, base: string, proposals: readonly Proposal[]): Promise<string> {
  const edits = proposals.flatMap((proposal) => proposal.edits);
  const files = filesOf(edits);
  const texts = await readBase(git, base, files);
  return writeTree(git, base, files.map((file) => changeOf(file, texts, edits)));
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
