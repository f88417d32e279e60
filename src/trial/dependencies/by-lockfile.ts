/**
 * Which dependencies a tree needs: the checkout's own where the lockfiles are the same, otherwise an installation of
 * stet's own for that lockfile. So `--base` and a change of the lockfile itself are measured with what they ask for.
 */
import { join } from "node:path";
import { readBytes } from "../../system/files.ts";
import type { Git } from "../../system/git.ts";
import { blobIds } from "../../system/objects.ts";
import type { Capabilities } from "../../system/sandbox.ts";
import { entriesAt } from "../../system/tree.ts";
import { findDependencies, identity, type DependencySource } from "../dependencies.ts";
import { DependencyFault } from "./fault.ts";
import { Manifests } from "./manifests.ts";
import { PythonEnvironments } from "./python.ts";
import { install } from "./store.ts";

export interface DependencyOptions {
  readonly git: Git;
  readonly checkout: string;
  /** The folder for installations of stet's own. */
  readonly store: string;
  readonly capabilities: Capabilities;
  readonly signal?: AbortSignal;
}

const LOCKFILES = ["npm-shrinkwrap.json", "package-lock.json", "pnpm-lock.yaml", "yarn.lock"];

export class DependenciesByLockfile {
  readonly #options: DependencyOptions;
  readonly #packages: Manifests;
  readonly #environments: PythonEnvironments;
  #checkouts: Promise<ReadonlySet<string>> | undefined;

  constructor(options: DependencyOptions) {
    this.#options = options;
    this.#packages = new Manifests(options.git, ["package.json"]);
    this.#environments = new PythonEnvironments(options.git, options.checkout);
  }

  /** What decides a reading besides tree and check: the installed dependencies. */
  async key(tree: string): Promise<string> {
    const locks = await this.#locksOf(tree);
    const environments = await this.#environments.find(tree);
    if (!(await this.#sameAsCheckout(locks))) return [...[...locks].flat(), await identity(environments)].join(" ");
    return identity([...(await findDependencies(this.#options.checkout, await this.#packages.foldersOf(tree))), ...environments]);
  }

  /** Where the tree's dependencies are; installs them where need be. Throws `DependencyFault`. `root` holds the tree. */
  async sources(tree: string, root: string): Promise<readonly DependencySource[]> {
    const environments = await this.#environments.sources(tree);
    return [...(await this.#packagesFor(tree, root)), ...environments];
  }

  async #packagesFor(tree: string, root: string): Promise<readonly DependencySource[]> {
    const { checkout, store, capabilities, signal } = this.#options;
    const packageFolders = await this.#packages.foldersOf(tree);
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
}
