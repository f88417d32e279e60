/**
 * What a machine can enforce, remembered from run to run: finding it out starts half a dozen programs. It is remembered
 * under everything that it depends on and that can be looked up, so that another kernel, container, user, policy or
 * program is found out about anew; where that cannot be looked up nothing is remembered.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { readFileSync, readlinkSync, statSync } from "node:fs";
import { cacheRoot, emptyFolder, hasCode, readMaybe, writeWhole } from "../files.ts";
import { version } from "../version.ts";
import type { Capabilities } from "./container.ts";
import { findPrograms } from "./programs.ts";

/** A policy can change without a trace; an hour later it has been noticed. */
const MAX_AGE_MS = 3_600_000;

/** As `probe` says, or as it said before. `limit` is what the probe was limited to. */
export async function remembered(limit: string, probe: () => Promise<Capabilities>): Promise<Capabilities> {
  const surroundings = surroundingsOf(limit);
  if (surroundings === undefined) return probe();
  const path = join(folder(), `${createHash("sha256").update(surroundings).digest("hex")}.json`);
  const known = isFresh(path) ? parse(await readMaybe(path)) : undefined;
  if (known) return { ...known, programs: findPrograms() };
  const found = await probe();
  await writeWhole(path, JSON.stringify(found));
  return found;
}

/** Undefined for what was half written; a check that can write here is not contained, and needs no such detour. */
function parse(text: string | undefined): Capabilities | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Capabilities);
  } catch {
    return undefined;
  }
}

/** After a container could not be built that should have been. */
export async function forgetCapabilities(): Promise<void> {
  await emptyFolder(folder());
}

function folder(): string {
  return join(cacheRoot(), "machine");
}

function isFresh(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Math.abs(performance.timeOrigin + performance.now() - found.mtimeMs) < MAX_AGE_MS;
}

const NAMESPACES = ["cgroup", "ipc", "mnt", "net", "pid", "user", "uts"];
const RIGHTS = /^(?:Uid|Gid|Groups|Cap\w+|NoNewPrivs|Seccomp\w*):.*$/gm;
const POLICIES = [
  ...["/proc/sys/kernel/unprivileged_userns_clone", "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"],
  ...["/proc/sys/user/max_user_namespaces", "/proc/self/attr/current", "/proc/self/limits", "/proc/sys/kernel/osrelease"],
];

function surroundingsOf(limit: string): string | undefined {
  try {
    const programs = Object.values({ ...findPrograms(), node: process.execPath }).map((path) => {
      const { ino, size, mtimeMs, mode } = statSync(path);
      return [path, ino, size, mtimeMs, mode].join(" ");
    });
    return [
      ...[limit, version(), process.version, readFileSync("/proc/sys/kernel/random/boot_id", "utf8"), statSync(cacheRoot()).dev],
      ...NAMESPACES.map((name) => readlinkSync(`/proc/self/ns/${name}`)),
      ...(readFileSync("/proc/self/status", "utf8").match(RIGHTS) ?? []),
      ...POLICIES.map(maybe),
      ...programs,
    ].join("\n");
  } catch (error) {
    if (hasCode(error, "ENOENT", "EACCES", "EPERM", "EINVAL", "ESRCH")) return undefined;
    throw error;
  }
}

function maybe(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
