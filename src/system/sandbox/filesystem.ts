/**
 * What a program sees of the file system under bubblewrap: the system's programs, the tools on the PATH, its own
 * worktree, and nothing else. Home folders, the checkout, other repositories and sockets are simply not there.
 */
import { existsSync, lstatSync, readdirSync, readlinkSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Container } from "./container.ts";
import { hostBins } from "./environment.ts";
import { inside, isFolder, real } from "./paths.ts";

/** The home folder inside; empty, in memory, gone with the command. */
export const INNER_HOME = "/tmp/home";

const SYSTEM = ["/usr", "/opt", "/nix", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];
const SETTINGS = [
  ...["alternatives", "ca-certificates", "crypto-policies", "group", "hosts", "ld.so.cache", "ld.so.conf"],
  ...["ld.so.conf.d", "localtime", "nsswitch.conf", "passwd", "pki", "protocols", "resolv.conf", "services", "ssl"],
];

/** bubblewrap's options for the file system. Later ones lie over earlier ones. */
export function fileSystem(container: Container, readOnlyPaths: readonly string[] = []): string[] {
  const home = real(homedir());
  const checkout = real(container.checkout);
  const tools = toolFolders(container, home, checkout);
  return [
    ...SYSTEM.flatMap(systemFolder),
    ...SETTINGS.flatMap((name) => ["--ro-bind-try", real(join("/etc", name)), join("/etc", name)]),
    ...["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--tmpfs", "/run", "--tmpfs", "/var/tmp"],
    ...["--dir", INNER_HOME],
    ...readOnly(tools.filter((path) => !SYSTEM.some((system) => inside(path, system)))),
    ...masks([home, checkout, container.checkout], [...SYSTEM, ...tools]),
    ...readOnly(tools.filter((path) => inside(path, home) || inside(path, checkout))),
    ...readOnly([...container.readOnlyPaths, ...readOnlyPaths, ...(container.dependencies.readOnlyPaths ?? [])]),
    ...["--bind", container.root, container.root, "--bind", container.scratch, container.scratch],
    ...(container.cache === undefined ? [] : ["--bind", container.cache, container.cache]),
    ...["--remount-ro", "/"],
  ];
}

function systemFolder(path: string): string[] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isSymbolicLink()) return ["--symlink", readlinkSync(path), path];
  return found?.isDirectory() ? ["--ro-bind", path, path] : [];
}

/** Outer folders before those inside of them, or the outer one would cover the inner. */
function readOnly(paths: readonly string[]): string[] {
  const sorted = [...new Set(paths)].sort((one, other) => one.length - other.length);
  return sorted.flatMap((path) => ["--ro-bind-try", path, path]);
}

/** A home or checkout inside a folder that is visible (`/usr/src/app`, `/opt/me`) is covered with an empty one. */
function masks(hidden: readonly string[], visible: readonly string[]): string[] {
  const covered = [...new Set(hidden)].filter((path) => visible.some((folder) => path !== folder && inside(path, folder)));
  return covered.filter((path) => existsSync(path)).flatMap((path) => ["--tmpfs", path]);
}

/** The folders of the programs on the PATH, with what stands beside each `bin`, as far as that can hold no secret. */
function toolFolders(container: Container, home: string, checkout: string): string[] {
  const holds = (path: string): boolean => [home, checkout].some((hidden) => inside(hidden, real(path)));
  return hostBins(container.checkout).flatMap((bin) => {
    const parent = dirname(bin);
    if (holds(bin) && isPython(bin) && !inside(real(bin), checkout)) return [bin, join(parent, "lib")];
    if (holds(bin)) return bin === dirname(process.execPath) ? [process.execPath] : [];
    if (basename(bin) !== "bin" || holds(parent) || isRepository(parent) || inside(parent, checkout)) return [bin];
    // `~/.local` and `~/.cargo` keep credentials and keyrings beside their programs.
    return dirname(real(parent)) === home ? [bin, join(parent, "lib")] : [parent];
  });
}

/** An interpreter's installation in the home folder (pyenv, conda): its programs and libraries, and nothing beside them. */
function isPython(bin: string): boolean {
  return basename(bin) === "bin" && existsSync(join(bin, "python3")) && dirname(real(bin)) !== real(homedir()) && hasPythonLibrary(join(dirname(bin), "lib"));
}

function hasPythonLibrary(lib: string): boolean {
  return isFolder(lib) && readdirSync(lib).some((name) => /^python3\.\d+$/.test(name));
}

function isRepository(path: string): boolean {
  return existsSync(join(path, ".git"));
}
