/** Folders of a tree that have a manifest, beside which dependencies may stand. Reads folders, never a file. */
import { posix } from "node:path";
import { FOLDER_MODE, nameOf, type Folder } from "../../system/folders.ts";
import type { Git } from "../../system/git.ts";
import { loadFolders } from "../../system/tree.ts";

export class Manifests {
  readonly #git: Git;
  readonly #names: readonly string[];
  /** By folder id: bounded by the folders of the trees that one run tries. */
  readonly #known = new Map<string, readonly string[]>();

  /** `names`: what a manifest is called. */
  constructor(git: Git, names: readonly string[]) {
    this.#git = git;
    this.#names = names;
  }

  /** Relative to the root, and sorted: the root itself (empty) first. */
  async foldersOf(tree: string): Promise<string[]> {
    const { root, byId } = await loadFolders(this.#git, tree);
    return this.#below(root, byId).sort();
  }

  /** Folders that are the same in two trees are looked into once. */
  #below(id: string, byId: ReadonlyMap<string, Folder>): string[] {
    const known = this.#known.get(id);
    if (known) return [...known];
    const entries = [...(byId.get(id) ?? [])];
    const own = entries.some(([raw, { mode }]) => mode !== FOLDER_MODE && this.#names.includes(raw)) ? [""] : [];
    const inner = entries.filter(([, { mode }]) => mode === FOLDER_MODE);
    const found = [...own, ...inner.flatMap(([raw, entry]) => this.#below(entry.id, byId).map((path) => posix.join(nameOf(raw), path)))];
    this.#known.set(id, found);
    return [...found];
  }
}
