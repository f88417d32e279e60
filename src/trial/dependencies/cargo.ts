/**
 * Rust: rustup's toolchains and the packages that cargo has fetched, both read-only, and for each worktree a home and a
 * target folder of its own, so that a check builds only what changed and two checks never wait for one another.
 *
 * Where the lockfile asks for packages that the user's cargo has not fetched, stet fetches them once per lockfile into its
 * store (`cargo fetch`, which runs no build script, contained, with the network). Where that fails the check says what is
 * missing. Never writes in the user's own cargo home, and never shows its credentials.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { ensureFolder, exists, readMaybe, removeAll, replaceLink, writeWhole } from "../../system/files.ts";
import { copyContents, moveFolder } from "../../system/sandbox/folders.ts";
import { stagingFolder, userSettings } from "../../system/sandbox/staging.ts";
import { namesIn, programOnPath, stateOf, userFolder } from "../../system/sandbox/toolchains.ts";
import { runContained } from "../../system/sandbox.ts";
import { lockedPackages, type LockedPackage } from "./cargo-lock.ts";
import type { DependencyKind, Provision, ProvisionRequest } from "./provision.ts";

const PACKAGES = ["registry", "git"] as const;
const FETCH_TIMEOUT_MS = 900_000;

function cargoHome(): string | undefined {
  return userFolder("CARGO_HOME", ".cargo");
}

function rustupHome(): string | undefined {
  return userFolder("RUSTUP_HOME", ".rustup");
}

function toolchain(): Pick<Provision, "env" | "readOnlyPaths"> {
  const home = rustupHome();
  // A toolchain that is not there is to be told, not fetched.
  return home === undefined ? { env: {}, readOnlyPaths: [] } : { env: { RUSTUP_HOME: home, RUSTUP_AUTO_INSTALL: "0" }, readOnlyPaths: [home] };
}

/** Registries keep a folder each. */
function fetched(home: string | undefined): string[] {
  const cache = home === undefined ? "" : join(home, "registry/cache");
  return namesIn(cache).flatMap((registry) => namesIn(join(cache, registry)));
}

async function provide(request: ProvisionRequest): Promise<Provision> {
  const home = await ensureFolder(join(request.cache, "cargo"));
  const { env, readOnlyPaths } = toolchain();
  const source = (await isComplete(request.root)) ? cargoHome() : ((await storeOf(request)) ?? cargoHome());
  await Promise.all(PACKAGES.map((name) => link(source && join(source, name), join(home, name))));
  await writeWhole(join(home, "config.toml"), await userConfig());
  const target = await ensureFolder(join(request.cache, "target"));
  return {
    env: { ...env, CARGO_HOME: home, CARGO_TARGET_DIR: target },
    readOnlyPaths: [...readOnlyPaths, ...(source === undefined ? [] : PACKAGES.map((name) => join(source, name)))],
  };
}

/** cargo makes what is not there. */
async function link(source: string | undefined, at: string): Promise<void> {
  if (source !== undefined && (await exists(source))) await replaceLink(at, source);
  else await removeAll(at);
}

/** The user's own settings say which registry stands in for which, and how to link; but not where they hold a secret. */
async function userConfig(): Promise<string> {
  const home = cargoHome();
  const text = home === undefined ? undefined : ((await readMaybe(join(home, "config.toml"))) ?? (await readMaybe(join(home, "config"))));
  return text === undefined || /token|secret|password|credential/i.test(text) ? "" : text;
}

/** Whether all packages of the lockfile are there, in the tree or fetched by the user. Without a lockfile nobody can say. */
async function isComplete(root: string): Promise<boolean> {
  const lock = await readMaybe(join(root, "Cargo.lock"));
  if (lock === undefined) return true;
  const config = (await readMaybe(join(root, ".cargo/config.toml"))) ?? (await readMaybe(join(root, ".cargo/config"))) ?? "";
  if (/^\s*directory\s*=/m.test(config)) return true; // vendored
  const home = cargoHome();
  const crates = new Set(fetched(home));
  const checkouts = home === undefined ? [] : namesIn(join(home, "git/checkouts")).flatMap((name) => namesIn(join(home, "git/checkouts", name)));
  return lockedPackages(lock).every((one) => isFetched(one, crates, checkouts));
}

function isFetched({ name, version, revision }: LockedPackage, crates: ReadonlySet<string>, checkouts: readonly string[]): boolean {
  if (revision === undefined) return crates.has(`${name}-${version}.crate`);
  return checkouts.some((short) => revision.startsWith(short));
}

/** Lockfiles that could not be fetched for: not tried again by this process. */
const failed = new Set<string>();

/** A cargo home with the packages of the tree's lockfile; undefined where they cannot be had. */
async function storeOf(request: ProvisionRequest): Promise<string | undefined> {
  const { root, store } = request;
  const folder = join(store, `cargo-${await keyOf(root)}`);
  if (await exists(folder)) return folder;
  if (failed.has(folder)) return undefined;
  await using staging = await stagingFolder(store);
  if (await fetchInto(staging.path, request)) {
    await moveFolder(join(staging.path, "home"), folder);
    return folder;
  }
  failed.add(folder);
  return undefined;
}

async function keyOf(root: string): Promise<string> {
  const hash = createHash("sha256").update(await userConfig());
  for (const name of ["Cargo.lock", ".cargo/config.toml", ".cargo/config"]) hash.update(`\0${name}\0${(await readMaybe(join(root, name))) ?? ""}`);
  return hash.digest("hex").slice(0, 32);
}

/** Fetches in a copy of the tree, which is thrown away. */
async function fetchInto(folder: string, { root, checkout, capabilities, signal }: ProvisionRequest): Promise<boolean> {
  const [tree, home] = [join(folder, "tree"), await ensureFolder(join(folder, "home"))];
  await copyContents(root, tree, [".git", "node_modules"]);
  await writeWhole(join(home, "config.toml"), await userConfig());
  const settings = userSettings(false);
  const { env, readOnlyPaths } = toolchain();
  const container = {
    capabilities,
    root: tree,
    scratch: home,
    checkout,
    dependencies: { overlays: [] },
    readOnlyPaths: [...settings.paths, ...readOnlyPaths],
    passEnv: settings.passEnv,
  };
  const outcome = await runContained(container, {
    argv: ["cargo", "fetch", "--locked"],
    env: { ...env, CARGO_HOME: home, CARGO_NET_RETRY: "1", RUSTC_WRAPPER: "" },
    network: true,
    timeoutMs: FETCH_TIMEOUT_MS,
    ...(signal && { signal }),
  });
  return outcome.ended.kind === "exited" && outcome.ended.code === 0;
}

export const cargo: DependencyKind = {
  manifests: ["Cargo.toml"],
  key(checkout) {
    const rustup = rustupHome();
    const parts = rustup === undefined ? [] : ["settings.toml", "toolchains", "update-hashes"].map((name) => join(rustup, name));
    const names = createHash("sha256").update(fetched(cargoHome()).join("\0")).digest("hex").slice(0, 16);
    return Promise.resolve([stateOf([programOnPath("cargo", checkout), programOnPath("rustc", checkout), ...parts]), names].join("-"));
  },
  provide,
};
