import assert from "node:assert/strict";
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { probeCapabilities, type Capabilities, type Container, type Containment } from "../../src/system/sandbox.ts";
import { temporaryFolder } from "./workspace.ts";

/** A checkout and, elsewhere, a worktree with the same tracked files but no dependencies. */
export interface Project extends Disposable {
  readonly base: string;
  readonly checkout: string;
  readonly root: string;
  readonly scratch: string;
  /** For stet's notes on the worktree. */
  readonly state: string;
}

export function project(files: Record<string, string>): Project {
  const folder = temporaryFolder();
  const base = realpathSync(folder.root);
  const at = (name: string): string => join(base, name);
  const paths = { checkout: at("project"), root: at("cache/tree"), scratch: at("cache/scratch"), state: at("cache/state") };
  for (const path of Object.values(paths)) mkdirSync(path, { recursive: true });
  using source = temporaryFolder(files);
  for (const to of [paths.checkout, paths.root]) cpSync(source.root, to, { recursive: true });
  return { base, ...paths, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

export function containerFor(place: Project, capabilities: Capabilities, parts: Partial<Container> = {}): Container {
  const { checkout, root, scratch } = place;
  const nothing = { dependencies: { overlays: [] }, readOnlyPaths: [], passEnv: [] };
  return { capabilities, checkout, root, scratch, ...nothing, ...parts };
}

/** Containment of exactly this level. Fails where the machine lacks it: a skipped test of a sandbox proves nothing. */
export async function capabilitiesAt(limit: Containment): Promise<Capabilities> {
  const found = await probeCapabilities({ limit });
  const advice = "these tests need bubblewrap and user namespaces: apt-get install bubblewrap";
  assert.equal(found.containment, limit, `${advice}\n${JSON.stringify(found.probes)}`);
  if (limit !== "none") assert.ok(found.overlay && found.network, `${advice}\n${JSON.stringify(found.probes)}`);
  return found;
}

/** Every entry below a folder with its bytes, mode and times: two equal ones mean that nothing was touched. */
export function snapshot(folder: string): Record<string, string> {
  const entries: Record<string, string> = {};
  const visit = (path: string): void => {
    const stats = lstatSync(path, { bigint: true });
    const content = stats.isSymbolicLink() ? readlinkSync(path) : stats.isFile() ? readFileSync(path, "utf8") : "";
    entries[path] = [stats.ino, stats.mode, stats.mtimeNs, stats.ctimeNs, content].join(" ");
    if (stats.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
  };
  visit(folder);
  return entries;
}

/** Whether any process of this machine has these words in its command line. */
export function isAlive(words: string): boolean {
  return readdirSync("/proc").some((pid) => /^\d+$/.test(pid) && commandLine(pid).includes(words));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(join("/proc", pid, "cmdline"), "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
