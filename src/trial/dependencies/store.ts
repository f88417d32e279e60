/**
 * Dependencies for a lockfile other than the checkout's, installed once per lockfile into a store of stet's own. Install
 * scripts are off, and the package manager runs contained, with the network. Never touches the checkout's own.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Command } from "../../domain/plugin.ts";
import { reason, type Reason } from "../../domain/reason.ts";
import { ensureFolder, exists, readMaybe } from "../../system/files.ts";
import { copyContents, moveFolder } from "../../system/sandbox/folders.ts";
import { isFolder } from "../../system/sandbox/paths.ts";
import { stagingFolder, userSettings } from "../../system/sandbox/staging.ts";
import { runContained, type Capabilities } from "../../system/sandbox.ts";
import { findDependencies, type DependencySource } from "../dependencies.ts";

export interface InstallRequest {
  /** A checked-out tree, absolute. Read only. */
  readonly tree: string;
  /** The folder that holds all installations, absolute. */
  readonly store: string;
  /** Folders with a package.json, relative to the tree; empty for its root. */
  readonly packageFolders: readonly string[];
  readonly capabilities: Capabilities;
  readonly checkout: string;
  /** Names of further environment variables for the package manager, such as a registry's token. */
  readonly passEnv?: readonly string[];
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Reasons: `no-lockfile`, `manager-missing`, `install-failed` (with the beginning of what the manager printed). */
export type Installed =
  | { readonly ok: true; readonly sources: readonly DependencySource[] }
  | { readonly ok: false; readonly reason: Reason };

interface Manager {
  readonly lockfile: string;
  readonly argv: readonly string[];
}

const MANAGERS: readonly Manager[] = [
  { lockfile: "npm-shrinkwrap.json", argv: ["npm", "ci", "--ignore-scripts"] },
  { lockfile: "package-lock.json", argv: ["npm", "ci", "--ignore-scripts"] },
  { lockfile: "pnpm-lock.yaml", argv: ["pnpm", "install", "--frozen-lockfile", "--ignore-scripts"] },
  { lockfile: "yarn.lock", argv: ["yarn", "install", "--immutable"] },
];
/** Version 1 of yarn knows no `--immutable`, and its lockfile no `__metadata`. */
const YARN_1 = ["yarn", "install", "--frozen-lockfile", "--ignore-scripts", "--non-interactive"];

const SETTINGS = [".npmrc", ".yarnrc", ".yarnrc.yml", "pnpm-workspace.yaml", ".pnpmfile.cjs"];
const INSTALL_TIMEOUT_MS = 900_000;
const MAX_DETAIL_LENGTH = 2_000;

/** The dependencies that the tree's lockfile names. Installs them when the store has none for it. */
export async function install(request: InstallRequest): Promise<Installed> {
  const manager = await managerOf(request.tree);
  if (manager === undefined) return refused("no-lockfile");
  const folder = join(request.store, await keyOf(request.tree, manager));
  if (!(await exists(folder))) {
    const why = await installInto(folder, request, manager);
    if (why) return { ok: false, reason: why };
  }
  return { ok: true, sources: await findDependencies(folder, request.packageFolders) };
}

async function managerOf(tree: string): Promise<Manager | undefined> {
  for (const manager of MANAGERS) {
    const lock = await readMaybe(join(tree, manager.lockfile));
    if (lock === undefined) continue;
    return manager.lockfile === "yarn.lock" && !lock.includes("__metadata:") ? { ...manager, argv: YARN_1 } : manager;
  }
  return undefined;
}

/** The same lockfile gives other dependencies on another platform, and for other settings of the package manager. */
async function keyOf(tree: string, { lockfile }: Manager): Promise<string> {
  const hash = createHash("sha256").update([process.platform, process.arch, process.versions.modules].join("\0"));
  for (const name of [lockfile, ...SETTINGS]) hash.update(`\0${name}\0${(await readMaybe(join(tree, name))) ?? ""}`);
  return hash.digest("hex").slice(0, 32);
}

/** Installs beside the store's folder and moves the whole there, so that a half installation is never found. */
async function installInto(folder: string, request: InstallRequest, manager: Manager): Promise<Reason | undefined> {
  await using staging = await stagingFolder(request.store);
  const [root, whole] = [join(staging.path, "tree"), join(staging.path, "whole")];
  await copyContents(request.tree, root, ["node_modules", ".git"]);
  const scratch = await ensureFolder(join(request.store, "downloads"));
  const settings = userSettings(manager.argv[0] === "npm");
  const container = {
    capabilities: request.capabilities,
    root,
    scratch,
    checkout: request.checkout,
    dependencies: { overlays: [] },
    readOnlyPaths: settings.paths,
    passEnv: [...settings.passEnv, ...(request.passEnv ?? [])],
  };
  const outcome = await runContained(container, commandFor(manager, scratch, settings.env, request));
  if (outcome.ended.kind === "missing") return reason("dependencies", "manager-missing", { program: manager.argv[0] ?? "" });
  if (outcome.ended.kind !== "exited" || outcome.ended.code !== 0) {
    const detail = `${outcome.stderr}\n${outcome.stdout}`.trim().slice(0, MAX_DETAIL_LENGTH);
    return reason("dependencies", "install-failed", { program: manager.argv[0] ?? "", ended: outcome.ended.kind, detail });
  }
  await gather(root, whole, request.packageFolders);
  await moveFolder(whole, folder);
  return undefined;
}

function commandFor(manager: Manager, scratch: string, env: Command["env"], request: InstallRequest): Command {
  return {
    argv: manager.argv,
    network: true,
    timeoutMs: request.timeoutMs ?? INSTALL_TIMEOUT_MS,
    ...(request.signal ? { signal: request.signal } : {}),
    env: {
      ...env,
      npm_config_cache: join(scratch, "npm"),
      npm_config_store_dir: join(scratch, "pnpm"),
      npm_config_audit: "false",
      npm_config_fund: "false",
      npm_config_update_notifier: "false",
      YARN_CACHE_FOLDER: join(scratch, "yarn"),
      YARN_ENABLE_GLOBAL_CACHE: "false",
      YARN_ENABLE_SCRIPTS: "false",
      YARN_NODE_LINKER: "node-modules",
    },
  };
}

/** Only what was installed is kept: the tree's own files belong to another tree than the next one. */
async function gather(from: string, to: string, packageFolders: readonly string[]): Promise<void> {
  await ensureFolder(to);
  for (const folder of packageFolders) {
    const installed = join(from, folder, "node_modules");
    if (!isFolder(installed)) continue;
    await ensureFolder(join(to, folder));
    await moveFolder(installed, join(to, folder, "node_modules"));
  }
}

function refused(code: string): Installed {
  return { ok: false, reason: reason("dependencies", code) };
}
