/**
 * Files below one folder, for somebody who must not get out of it, while a program of theirs may be at work in there: each
 * folder on the way is opened without following links, and the next name is looked up in what was opened. A link that is
 * put in its place meanwhile leads nowhere. `.git` is out of bounds. Only Linux can look names up so; elsewhere the way is looked at first.
 */
import { constants } from "node:fs";
import { lstat, mkdir, open, unlink, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { decode } from "./files.ts";

/** Larger files are not read, nor written. */
export const MAX_CONFINED_BYTES = 5_000_000;
const MAX_DEPTH = 64;

/** Why a path cannot be had: `outside` of the folder, `absent`, or no regular file of text of at most `MAX_CONFINED_BYTES`. */
export type Obstacle = "outside" | "absent" | "not-text" | "too-large";

/** Empty where it was done. */
export type Done = { readonly obstacle?: Obstacle };
export type Contents = { readonly text: string } | { readonly obstacle: Obstacle };

export class ConfinedFolder {
  readonly #root: string;

  /** An absolute path, which is followed as it is. */
  constructor(root: string) {
    this.#root = root;
  }

  async readText(path: string): Promise<Contents> {
    return this.#within(path, false, async (at): Promise<Contents> => {
      await using file = await open(at, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      const found = await file.stat();
      if (!found.isFile()) return { obstacle: "not-text" };
      if (found.size > MAX_CONFINED_BYTES) return { obstacle: "too-large" };
      const text = decode(await file.readFile());
      return text === undefined ? { obstacle: "not-text" } : { text };
    });
  }

  /** Makes the folders on the way. What stood there is replaced, its mode kept. */
  async writeText(path: string, text: string): Promise<Done> {
    if (Buffer.byteLength(text) > MAX_CONFINED_BYTES) return { obstacle: "too-large" };
    return this.#within(path, true, async (at): Promise<Done> => {
      await using file = await open(at, constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o644);
      if (!(await file.stat()).isFile()) return { obstacle: "not-text" };
      await file.truncate();
      await file.writeFile(text);
      return {};
    });
  }

  async remove(path: string): Promise<Done> {
    return this.#within(path, false, async (at) => {
      await unlink(at);
      return {};
    });
  }

  async #within<T>(path: string, makes: boolean, act: (at: string) => Promise<T>): Promise<T | { readonly obstacle: Obstacle }> {
    const names = path.split("/");
    if (names.length > MAX_DEPTH || names.some(isOutOfBounds)) return { obstacle: "outside" };
    const opened: FileHandle[] = [];
    try {
      let folder = this.#root;
      for (const name of names.slice(0, -1)) {
        const at = join(folder, name);
        if (makes) await mkdir(at).catch(unlessThere);
        folder = await this.#step(at, opened);
      }
      return await act(join(folder, names.at(-1) ?? ""));
    } catch (error) {
      return { obstacle: obstacleOf(error) };
    } finally {
      await Promise.all(opened.map((handle) => handle.close()));
    }
  }

  /** Where the next name is to be looked up. */
  async #step(at: string, opened: FileHandle[]): Promise<string> {
    const handle = await open(at, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    opened.push(handle);
    if (process.platform === "linux") return `/proc/self/fd/${handle.fd}`;
    if ((await lstat(at)).isSymbolicLink()) throw Object.assign(new Error(at), { code: "ELOOP" });
    return at;
  }
}

function isOutOfBounds(name: string): boolean {
  return name === "" || name === "." || name === ".." || name.includes("\0") || name.toLowerCase() === ".git";
}

function unlessThere(error: unknown): void {
  if (codeOf(error) !== "EEXIST") throw error;
}

/** Throws what is no fault of the path's. */
function obstacleOf(error: unknown): Obstacle {
  const code = codeOf(error);
  if (code === "ENOENT") return "absent";
  if (code === "ELOOP" || code === "ENOTDIR" || code === "EACCES") return "outside";
  if (code === "EISDIR" || code === "ENXIO" || code === "EPERM" || code === "ENAMETOOLONG") return "not-text";
  throw error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
