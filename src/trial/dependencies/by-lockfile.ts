/**
 * Which dependencies a tree needs: the checkout's own where the lockfiles are the same, otherwise an installation of
 * stet's own for that lockfile. So `--base` and a change of the lockfile itself are measured with what they ask for.
 */
import { join } from "node:path";
import type { Reason } from "../../domain/reason.ts";
import type { Git } from "../../system/git.ts";
import type { Capabilities } from "../../system/sandbox.ts";
import { listTree } from "../../system/tree.ts";
import { findDependencies, identity, type DependencySource } from "../dependencies.ts";
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
  readonly signal?: AbortSignal;
}

const LOCKFILES = ["npm-shrinkwrap.json", "package-lock.json", "pnpm-lock.yaml", "yarn.lock"];

export class DependenciesByLockfile {
  readonly #options: DependencyOptions;
  #checkouts: Promise<Map<string, string>> | undefined;

  constructor(options: DependencyOptions) {
    this.#options = options;
  }

  /** What decides a reading besides tree and check: the installed dependencies. */
  async key(tree: string): Promise<string> {
    const locks = await this.#locksOf(tree);
    if (!(await this.#sameAsCheckout(locks))) return [...locks].flat().join(" ");
    return identity(await findDependencies(this.#options.checkout, await this.#packageFolders(tree)));
  }

  /** Where the tree's dependencies are; installs them where need be. Throws `DependencyFault`. `root` holds the tree. */
  async sources(tree: string, root: string): Promise<readonly DependencySource[]> {
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
    return [...locks].every(([file, id]) => own.get(file) === id);
  }

  async #locksOf(tree: string): Promise<Map<string, string>> {
    const lines = await this.#options.git.fields(["ls-tree", "-z", "--full-tree", tree, "--", ...LOCKFILES]);
    return new Map(lines.map((line) => [line.slice(line.indexOf("\t") + 1), line.split(/[ \t]/)[2] ?? ""]));
  }

  async #locksOfCheckout(): Promise<Map<string, string>> {
    const locks = new Map<string, string>();
    for (const file of LOCKFILES) {
      const path = join(this.#options.checkout, file);
      const id = await this.#options.git.maybe(["hash-object", "--no-filters", "--", path]);
      if (id !== undefined) locks.set(file, id);
    }
    return locks;
  }

  async #packageFolders(tree: string): Promise<string[]> {
    const paths = (await listTree(this.#options.git, tree)).map(({ path }) => path);
    return packageFolders(paths);
  }
}

/** Folders that have a package.json, the root first: where `node_modules` may stand. */
function packageFolders(paths: readonly string[]): string[] {
  return paths
    .filter((path) => path === "package.json" || path.endsWith("/package.json"))
    .map((path) => path.slice(0, -"/package.json".length))
    .sort();
}
