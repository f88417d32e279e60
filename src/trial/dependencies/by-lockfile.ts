/**
 * Which dependencies a tree needs: the checkout's own where the lockfiles are the same, otherwise an installation of
 * stet's own for that lockfile. So `--base` and a change of the lockfile itself are measured with what they ask for.
 */
import { join, posix } from "node:path";
import type { Reason } from "../../domain/reason.ts";
import { readBytes } from "../../system/files.ts";
import { FOLDER_MODE, nameOf, type Folder } from "../../system/folders.ts";
import type { Git } from "../../system/git.ts";
import { blobIds } from "../../system/objects.ts";
import type { Capabilities } from "../../system/sandbox.ts";
import { entriesAt, loadFolders } from "../../system/tree.ts";
import { findDependencies, identity, type DependencySource } from "../dependencies.ts";
import type { Prepared } from "./prepare.ts";
import { install } from "./store.ts";

/** The dependencies that a tree asks for cannot be had. */
export class DependencyFault extends Error {
  readonly reason: Reason;
  constructor(why: Reason) {
    super(why.code);
    this.reason = why;
  }
}

export interface DependencyOptions {
  readonly git: Git;
  readonly checkout: string;
  /** The folder for installations of stet's own. */
  readonly store: string;
  readonly capabilities: Capabilities;
  /** What the project itself prepares besides; nothing where absent. */
  readonly prepared?: Prepared | undefined;
  readonly signal?: AbortSignal;
}

const LOCKFILES = ["npm-shrinkwrap.json", "package-lock.json", "pnpm-lock.yaml", "yarn.lock"];

export class DependenciesByLockfile {
  readonly #options: DependencyOptions;
  /** By folder id: bounded by the folders of the trees that one run tries. */
  readonly #packagesById = new Map<string, readonly string[]>();
  #checkouts: Promise<ReadonlySet<string>> | undefined;

  constructor(options: DependencyOptions) {
    this.#options = options;
  }

  /** What decides a reading besides tree and check: the installed dependencies. */
  async key(tree: string): Promise<string> {
    const own = await this.#options.prepared?.key(tree);
    return [await this.#packagesKey(tree), ...(own === undefined ? [] : [own])].join(" ");
  }

  async #packagesKey(tree: string): Promise<string> {
    const locks = await this.#locksOf(tree);
    if (!(await this.#sameAsCheckout(locks))) return [...locks].flat().join(" ");
    return identity(await findDependencies(this.#options.checkout, await this.#packageFolders(tree)));
  }

  /** Where the tree's dependencies are; installs them where need be. Throws `DependencyFault`. `root` holds the tree. */
  async sources(tree: string, root: string): Promise<readonly DependencySource[]> {
    const prepared = (await this.#options.prepared?.sources(tree, root)) ?? [];
    if ("code" in prepared) throw new DependencyFault(prepared);
    return [...(await this.#packages(tree, root)), ...prepared];
  }

  async #packages(tree: string, root: string): Promise<readonly DependencySource[]> {
    const { checkout, store, capabilities, signal } = this.#options;
    const packageFolders = await this.#packageFolders(tree);
    const locks = await this.#locksOf(tree);
    if (await this.#sameAsCheckout(locks)) return findDependencies(checkout, packageFolders);
    const request = { tree: root, store, packageFolders, capabilities, checkout, ...(signal ? { signal } : {}) };
    const installed = await install(request);
    if (!installed.ok) throw new DependencyFault(installed.reason);
    return installed.sources;
  }

  /** A tree without a lockfile has nothing to compare, and takes what is there. */
  async #sameAsCheckout(locks: ReadonlyMap<string, string>): Promise<boolean> {
    const own = await (this.#checkouts ??= this.#locksOfCheckout());
    return [...locks].every(([file, id]) => own.has(`${file} ${id}`));
  }

  async #locksOf(tree: string): Promise<Map<string, string>> {
    const entries = await entriesAt(this.#options.git, tree, LOCKFILES);
    return new Map([...entries].map(([file, { id }]) => [file, id]));
  }

  /** As git would name them, in both forms of its ids, since a tree's own tell which one it uses. */
  async #locksOfCheckout(): Promise<ReadonlySet<string>> {
    const locks = new Set<string>();
    for (const file of LOCKFILES) {
      const text = await readBytes(join(this.#options.checkout, file));
      if (text) for (const id of blobIds(text)) locks.add(`${file} ${id}`);
    }
    return locks;
  }

  /** Folders that have a package.json, the root first: where `node_modules` may stand. */
  async #packageFolders(tree: string): Promise<string[]> {
    const { root, byId } = await loadFolders(this.#options.git, tree);
    return this.#packagesBelow(root, byId).sort();
  }

  /** Folders that are the same in two trees are looked into once. */
  #packagesBelow(id: string, byId: ReadonlyMap<string, Folder>): string[] {
    const known = this.#packagesById.get(id);
    if (known) return [...known];
    const found: string[] = [];
    for (const [raw, { mode, id: inner }] of byId.get(id) ?? []) {
      if (raw === "package.json" && mode !== FOLDER_MODE) found.push("");
      if (mode === FOLDER_MODE) found.push(...this.#packagesBelow(inner, byId).map((path) => posix.join(nameOf(raw), path)));
    }
    this.#packagesById.set(id, found);
    return [...found];
  }
}
