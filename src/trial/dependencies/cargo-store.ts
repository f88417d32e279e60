/**
 * Packages for a lockfile that the user's cargo has not fetched for, once per lockfile. `cargo fetch` runs no build script;
 * it works in a copy of the tree, contained, with the network. Never writes in the user's own cargo home.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { ensureFolder, exists, readMaybe, writeWhole } from "../../system/files.ts";
import { copyContents, moveFolder } from "../../system/sandbox/folders.ts";
import { stagingFolder, userSettings } from "../../system/sandbox/staging.ts";
import { runContained } from "../../system/sandbox.ts";
import { toolchain, userConfig } from "./cargo-home.ts";
import type { ProvisionRequest } from "./provision.ts";

const FETCH_TIMEOUT_MS = 900_000;

/** Lockfiles that could not be fetched for: not tried again by this process. */
const failed = new Set<string>();

/** A cargo home with the packages of the tree's lockfile; undefined where they cannot be had. */
export async function storeOf(request: ProvisionRequest): Promise<string | undefined> {
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
