/**
 * Gives a worktree the project's installed dependencies, at the same relative paths as in the checkout and never by a
 * symlink into it: then a workspace package leads to the tree on trial, not to the user's files. Laid over a throw-away
 * folder where the machine can, copied where it cannot. Never writes where they came from.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { nameFor } from "../system/files.ts";
import { strayLinks, type Link } from "../system/sandbox/links.ts";
import { fingerprint, freshenMirror, type Mirror } from "../system/sandbox/mirror.ts";
import { freshenOverlay } from "../system/sandbox/overlay.ts";
import { isFolder, real } from "../system/sandbox/paths.ts";
import { ContainmentFault, runContained, type Capabilities, type Dependencies, type Overlay } from "../system/sandbox.ts";

/** One folder of dependencies: `path` is where it really is, `root`/`folder`/`name` where it belongs. */
export interface DependencySource {
  /** Absolute path of the checkout, or of the store that stands in for it. */
  readonly root: string;
  /** The package's folder relative to the root, empty for the root itself. */
  readonly folder: string;
  /** Absent for `node_modules`. */
  readonly name?: string;
  readonly path: string;
}

/** Where a worktree and stet's notes on it are; both on one file system. */
export interface Slot {
  readonly root: string;
  readonly state: string;
}

export interface Placed extends Dependencies {
  readonly root: string;
  readonly folders: readonly string[];
  readonly layers: readonly { readonly overlay: Overlay; readonly links: readonly Link[] }[];
  readonly mirrors: readonly Mirror[];
}

const TRIAL_MOUNT_TIMEOUT_MS = 10_000;

/** The installed dependencies of those packages (folders with a tracked package.json, relative to the root). */
export function findDependencies(root: string, packageFolders: readonly string[]): Promise<DependencySource[]> {
  const sources = packageFolders.map((folder) => ({ root: real(root), folder, path: join(root, folder, MODULES) }));
  const present = sources.filter(({ path }) => isFolder(path));
  return Promise.resolve(present.map((source) => ({ ...source, path: real(source.path) })));
}

const MODULES = "node_modules";

/** Where the dependencies belong in the tree at `root`. */
function placeOf({ folder, name = MODULES }: DependencySource, root: string): string {
  return join(root, folder, name);
}

/** A hash over what is installed, for cache keys: any installation changes it. */
export function identity(sources: readonly DependencySource[]): Promise<string> {
  return Promise.resolve(hashOf(sources));
}

function hashOf(sources: readonly DependencySource[]): string {
  const hash = createHash("sha256");
  for (const { folder, name = "", path } of sources) hash.update(`${folder}\0${name}\0${fingerprint(path)}\n`);
  return hash.digest("hex");
}

/** Puts dependencies into the tree that stands in the slot. Throws `StorageFault` when there is no room for a copy. */
export async function place(
  sources: readonly DependencySource[],
  slot: Slot,
  capabilities: Capabilities,
): Promise<Placed> {
  const layered = capabilities.overlay && sources.length > 0 ? await layer(sources, slot) : undefined;
  if (layered && (await canMount(layered, slot, capabilities))) return layered;
  return copy(sources, slot);
}

/** Undoes whatever a check did among the dependencies. To be called for each tree, before it is measured. */
export async function freshen({ root, layers, mirrors }: Placed): Promise<void> {
  for (const { overlay, links } of layers) await freshenOverlay(root, overlay, links);
  for (const mirror of mirrors) await freshenMirror(root, mirror);
}

async function layer(sources: readonly DependencySource[], slot: Slot): Promise<Placed> {
  const layers = await Promise.all(
    sources.map(async (source) => ({
      overlay: { target: placeOf(source, slot.root), lower: source.path, state: stateFor(source, slot) },
      links: await knownLinks(source),
    })),
  );
  const overlays = layers.map(({ overlay }) => overlay);
  const placed = { root: slot.root, layers, overlays, folders: overlays.map(({ target }) => target), mirrors: [] };
  await freshen(placed);
  return placed;
}

/** The machine can overlay somewhere; whether also these folders, on their file systems, is only known by doing it. */
async function canMount(placed: Placed, slot: Slot, capabilities: Capabilities): Promise<boolean> {
  const hidden = { checkout: join(slot.state, "none"), readOnlyPaths: [], passEnv: [] };
  const container = { capabilities, root: slot.root, scratch: slot.state, ...hidden, dependencies: placed };
  try {
    await runContained(container, { argv: ["true"], timeoutMs: TRIAL_MOUNT_TIMEOUT_MS });
    return true;
  } catch (error) {
    if (error instanceof ContainmentFault) return false;
    throw error;
  }
}

async function copy(sources: readonly DependencySource[], slot: Slot): Promise<Placed> {
  const mirrors = await Promise.all(
    sources.map(async (source) => ({
      source: source.path,
      target: placeOf(source, slot.root),
      stamp: join(stateFor(source, slot), "stamp"),
      identity: hashOf([source]),
      links: await knownLinks(source),
    })),
  );
  const placed = { root: slot.root, layers: [], overlays: [], folders: mirrors.map(({ target }) => target), mirrors };
  await freshen(placed);
  return placed;
}

function stateFor({ folder, name }: DependencySource, slot: Slot): string {
  return join(slot.state, nameFor(name === undefined ? folder : join(folder, name)));
}

const links = new Map<string, Promise<Link[]>>();

/** Looked up once for all worktrees. */
function knownLinks(source: DependencySource): Promise<Link[]> {
  const key = `${source.root}\0${hashOf([source])}`;
  const found = links.get(key) ?? strayLinks(source);
  links.set(key, found);
  return found;
}
