/**
 * A pooled worktree: one folder in the cache that is set to one tree after another. It has a git index of stet's own
 * outside of it; the `.git` that tools find inside is a decoy, rebuilt for every tree, which stet itself never reads, so
 * nothing that a check writes there can reach stet's git or the user's.
 */
import { dirname, join, relative, resolve } from "node:path";
import type { Workspace } from "../domain/plugin.ts";
import { copyFileTo, decode, emptyFolder, ensureFolder, readBytesMaybe, removeAll, writeWhole } from "../system/files.ts";
import { GitFault, type Git } from "../system/git.ts";
import { removeLeftovers } from "../system/leftovers.ts";
import { loadFolders } from "../system/tree.ts";
import { isLargerThan } from "../system/sandbox/folders.ts";
import { inside, real, standsBelow } from "../system/sandbox/paths.ts";
import { connectContained, runContained, startContained, type Capabilities } from "../system/sandbox.ts";
import { version } from "../system/version.ts";
import { freshen, identity, place, type Placed } from "./dependencies.ts";
import type { DependenciesByLockfile } from "./dependencies/by-lockfile.ts";
import type { Provision } from "./dependencies/provision.ts";
import type { Shadow } from "./shadow.ts";

export interface WorktreeOptions {
  readonly shadow: Shadow;
  readonly capabilities: Capabilities;
  readonly dependencies: DependenciesByLockfile;
  /** The commit that tools see as HEAD. */
  readonly head: string;
  /** The user's checkout: never visible inside, and its folders are taken off the PATH. */
  readonly checkout: string;
  /** Host paths that programs may read besides the system's own. */
  readonly readOnlyPaths: readonly string[];
  readonly passEnv: readonly string[];
  /** What the processes inside carry in their environment. */
  readonly mark: string;
}

/** As much as a large workspace's target folder after some weeks. */
const MAX_CACHE_BYTES = 20 * 1024 ** 3;

/** Repositories inside of one another. */
const MAX_NESTED = 8;

export class Worktree {
  readonly #options: WorktreeOptions;
  readonly #folder: string;
  readonly #git: Git;
  #isCacheOpen = false;
  #placed: { readonly identity: string; readonly placed: Placed } | undefined;

  constructor(options: WorktreeOptions, number: number) {
    this.#options = options;
    this.#folder = join(options.shadow.folder, "worktrees", String(number));
    this.#git = options.shadow.git.with({ workTree: this.root, indexFile: join(this.#folder, "index") });
  }

  get root(): string {
    return join(this.#folder, "tree");
  }

  get scratch(): string {
    return join(this.#folder, "scratch");
  }

  /** What tools keep from one tree to the next, such as what they have built. */
  get #cache(): string {
    return join(this.#folder, "cache");
  }

  /** Sets the folder to exactly this tree; whatever a check or tool left is gone. */
  async open(tree: string): Promise<Workspace> {
    await this.#ensureRoot();
    await this.#checkOut(tree);
    await emptyFolder(this.scratch);
    const placed = await this.#place(tree);
    await this.#placeDecoy();
    const provision = await this.#options.dependencies.provision(tree, this.root, await this.#openCache());
    return this.#workspace(tree, placed, provision);
  }

  /** What besides tree and check decides a reading here. */
  async surroundings(tree: string): Promise<string> {
    const { capabilities, dependencies, passEnv } = this.#options;
    const passed = passEnv.map((name) => `${name}=${process.env[name] ?? ""}`);
    return [await dependencies.key(tree), process.version, version(), capabilities.containment, ...passed].join(" ");
  }

  /** The tree that stands there now, with everything that git does not ignore: what a tool made of it. */
  async capture(): Promise<string> {
    const index = join(this.#folder, "capture.index");
    await removeAll(`${index}.lock`); // of a run that was killed here
    await copyFileTo(join(this.#folder, "index"), index);
    const git = this.#git.with({ indexFile: index });
    await this.#dissolveNested(git);
    await git.text(["add", "--all"], { cwd: this.root });
    return git.text(["write-tree"]);
  }

  /** A repository that a tool has made inside is a folder like any other: git would see nothing of it but a commit. */
  async #dissolveNested(git: Git): Promise<void> {
    for (let depth = 0; depth < MAX_NESTED; depth++) {
      const others = await git.text(["ls-files", "--others", "--exclude-standard", "-z"], { cwd: this.root });
      const nested = others.split("\0").filter((path) => path.endsWith("/"));
      if (nested.length === 0) return;
      for (const path of nested) await removeAll(join(this.root, path, ".git"));
    }
  }

  /** After a tool that may have changed the dependencies themselves: they are placed anew for the next tree. */
  async forgetDependencies(): Promise<void> {
    const folders = this.#placed?.placed.folders ?? [];
    this.#placed = undefined;
    for (const folder of [...folders, join(this.#folder, "dependencies")]) await removeAll(folder);
  }

  /** The dependencies that the tree asks for, as they were installed. Throws `DependencyFault`. */
  async #place(tree: string): Promise<Placed> {
    const sources = await this.#options.dependencies.sources(tree, this.root);
    const wanted = await identity(sources);
    if (this.#placed?.identity !== wanted) {
      await this.forgetDependencies();
      const slot = { root: this.root, state: join(this.#folder, "dependencies") };
      this.#placed = { identity: wanted, placed: await place(sources, slot, this.#options.capabilities) };
    }
    await freshen(this.#placed.placed);
    return this.#placed.placed;
  }

  /** Begins anew, once per run, where it has grown too large: what tools build is never cleared by themselves. */
  async #openCache(): Promise<string> {
    if (!this.#isCacheOpen && (await isLargerThan(this.#cache, MAX_CACHE_BYTES))) await removeAll(this.#cache);
    this.#isCacheOpen = true;
    return ensureFolder(this.#cache);
  }

  /** A check that is not contained could have put a link in its place, and clearing would go on behind it. */
  async #ensureRoot(): Promise<void> {
    if (!standsBelow(this.#folder, this.root)) await removeAll(this.root);
    await ensureFolder(this.root);
  }

  async #checkOut(tree: string): Promise<void> {
    try {
      await this.#setTo(tree);
    } catch (error) {
      if (!(error instanceof GitFault)) throw error;
      // A kill in the middle of an earlier run leaves a half-written index or a lock: begin with an empty folder.
      await emptyFolder(this.#folder);
      await ensureFolder(this.root);
      this.#placed = undefined;
      await this.#setTo(tree);
    }
  }

  async #setTo(tree: string): Promise<void> {
    await removeAll(join(this.#folder, "index.lock"));
    const folders = this.#placed?.placed.folders ?? [];
    const isClear = await removeLeftovers(this.root, await loadFolders(this.#git, tree), new Set(folders));
    await this.#git.text(["read-tree", "--reset", "-u", tree], { cwd: this.root });
    if (isClear) return;
    const kept = folders.map((folder) => `--exclude=/${relative(this.root, folder)}`);
    await this.#git.text(["clean", "-ffdxq", ...kept], { cwd: this.root });
  }

  async #placeDecoy(): Promise<void> {
    const decoy = join(this.root, ".git");
    const { shadow, head } = this.#options;
    const extension = head.length === 64 ? "[extensions]\n\tobjectFormat = sha256\n" : "";
    const config = `[core]\n\trepositoryformatversion = ${head.length === 64 ? 1 : 0}\n\tbare = false\n${extension}`;
    await Promise.all([
      writeWhole(join(decoy, "HEAD"), `${head}\n`),
      writeWhole(join(decoy, "config"), config),
      writeWhole(join(decoy, "objects/info/alternates"), shadow.objectFolders.map((path) => `${path}\n`).join("")),
      ensureFolder(join(decoy, "refs/heads")),
      ...(shadow.shallow === "" ? [] : [writeWhole(join(decoy, "shallow"), shadow.shallow)]),
    ]);
    await copyFileTo(join(this.#folder, "index"), join(decoy, "index"));
  }

  /** A finding may name any path of this machine, and a folder of the tree may be a link to one: neither is read. */
  #isOwn(path: string): boolean {
    return [this.root, this.scratch].some((folder) => inside(path, folder) && inside(real(dirname(path)), real(folder)));
  }

  #workspace(tree: string, dependencies: Placed, provision: Provision): Workspace {
    const { capabilities, checkout, mark, passEnv, readOnlyPaths, shadow } = this.#options;
    const container = {
      capabilities,
      root: this.root,
      scratch: this.scratch,
      cache: this.#cache,
      env: provision.env,
      checkout,
      passEnv,
      mark,
      readOnlyPaths: [...readOnlyPaths, ...shadow.objectFolders, ...provision.readOnlyPaths],
      dependencies,
    };
    return {
      root: this.root,
      tree,
      scratch: this.scratch,
      isContained: capabilities.containment === "bwrap",
      run: (command) => runContained(container, command),
      start: (command) => startContained(container, command),
      connect: (command) => connectContained(container, command),
      readText: async (path) => {
        const bytes = this.#isOwn(resolve(this.root, path)) ? await readBytesMaybe(resolve(this.root, path)) : undefined;
        return bytes && decode(bytes);
      },
    };
  }
}
