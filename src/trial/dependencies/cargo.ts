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
import { namesIn, programOnPath, stateOf } from "../../system/sandbox/toolchains.ts";
import { cargoHome, rustupHome, toolchain, userConfig } from "./cargo-home.ts";
import { lockedPackages, type LockedPackage } from "./cargo-lock.ts";
import { storeOf } from "./cargo-store.ts";
import type { DependencyKind, Provision, ProvisionRequest } from "./provision.ts";

const PACKAGES = ["registry", "git"] as const;

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
