/**
 * Dependencies of a kind that stet does not know: made by a command of the project's own, once for each state of the files
 * that decide them, and kept. The command runs contained in a copy of the tree, without the network unless a person allows
 * it; of what it makes, only the named folders are kept and laid into worktrees as installed packages are.
 */
import { createHash } from "node:crypto";
import { join, posix } from "node:path";
import picomatch from "picomatch";
import { reason, type Reason } from "../../domain/reason.ts";
import { ensureFolder, exists } from "../../system/files.ts";
import type { Git } from "../../system/git.ts";
import { copyContents, moveFolder } from "../../system/sandbox/folders.ts";
import { standsBelow } from "../../system/sandbox/paths.ts";
import { stagingFolder, userSettings } from "../../system/sandbox/staging.ts";
import { runContained, type Capabilities } from "../../system/sandbox.ts";
import { listTree } from "../../system/tree.ts";
import type { DependencySource } from "../dependencies.ts";

export interface Preparation {
  /** The command's words. */
  readonly run: readonly string[];
  /** Globs of the files that decide what comes out. */
  readonly inputs: readonly string[];
  /** Folders that the command makes, relative to the root; the folder that each stands in is one of the tree's. */
  readonly outputs: readonly string[];
  /** Only where a person allowed it. */
  readonly network: boolean;
}

export interface PreparedOptions {
  readonly git: Git;
  readonly checkout: string;
  /** The folder that holds all that was prepared. */
  readonly store: string;
  readonly capabilities: Capabilities;
  readonly signal?: AbortSignal;
  readonly preparation: Preparation;
}

/** As long as an installation may take. */
const TIMEOUT_MS = 900_000;
const MAX_DETAIL_LENGTH = 2_000;

export class Prepared {
  readonly #options: PreparedOptions;
  /** By tree: bounded by the trees that one run tries. */
  readonly #keys = new Map<string, string>();

  constructor(options: PreparedOptions) {
    this.#options = options;
  }

  /** What decides the outputs: the command, this platform, and the inputs with their names. */
  async key(tree: string): Promise<string> {
    const known = this.#keys.get(tree);
    if (known !== undefined) return known;
    const { git, preparation } = this.#options;
    const { run, outputs } = preparation;
    const isInput = picomatch([...preparation.inputs], { dot: true });
    const inputs = (await listTree(git, tree)).filter(({ path }) => isInput(path)).map(({ path, id, mode }) => [path, id, mode]);
    const parts = [process.platform, process.arch, process.versions.modules, run, outputs, inputs];
    const key = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
    this.#keys.set(tree, key);
    return key;
  }

  /** The folders for a tree, which stands at `root`; the command runs where there are none yet. A reason where it fails. */
  async sources(tree: string, root: string): Promise<readonly DependencySource[] | Reason> {
    const folder = join(this.#options.store, await this.key(tree));
    if (!(await exists(folder))) {
      const why = await this.#prepareInto(folder, root);
      if (why) return why;
    }
    return this.#options.preparation.outputs.map((output) => {
      const parent = posix.dirname(output);
      return { root: folder, folder: parent === "." ? "" : parent, name: posix.basename(output), path: join(folder, output) };
    });
  }

  /** Beside its place and then moved there whole, so that half of it is never found. */
  async #prepareInto(folder: string, tree: string): Promise<Reason | undefined> {
    const { store, capabilities, checkout, preparation, signal } = this.#options;
    await using staging = await stagingFolder(store);
    const [root, scratch, whole] = [join(staging.path, "tree"), join(staging.path, "scratch"), join(staging.path, "whole")];
    await Promise.all([copyContents(tree, root, [".git", "node_modules"]), ensureFolder(scratch), ensureFolder(whole)]);
    const { paths, passEnv, env } = userSettings(false);
    const container = { capabilities, root, scratch, checkout, dependencies: { overlays: [] }, readOnlyPaths: paths, passEnv };
    const { run, network, outputs } = preparation;
    const { ended, stderr, stdout } = await runContained(container, { argv: run, network, env, timeoutMs: TIMEOUT_MS, ...(signal && { signal }) });
    const detail = `${stderr}\n${stdout}`.trim().slice(-MAX_DETAIL_LENGTH);
    if (ended.kind !== "exited" || ended.code !== 0) return reason("dependencies", "prepare-failed", { program: run[0] ?? "", ended: ended.kind, detail });
    for (const output of outputs) {
      // A link in its place could lead anywhere.
      if (!standsBelow(root, join(root, output))) return reason("dependencies", "prepare-made-nothing", { program: run[0] ?? "", folder: output });
      await ensureFolder(join(whole, posix.dirname(output)));
      await moveFolder(join(root, output), join(whole, output));
    }
    await moveFolder(whole, folder);
    return undefined;
  }
}
