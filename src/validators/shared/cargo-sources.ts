/**
 * The files that rustc's messages name, found in the repository. rustc names them from the folder that it ran in: the
 * workspace's, or the package's for packages outside of the workspace. Never reads one that is not the repository's.
 */
import { posix } from "node:path";
import type { Workspace } from "../../domain/plugin.ts";
import { repositoryPath } from "./paths.ts";
import type { FindFile, SourceFile } from "./rustc-fixes.ts";
import { fromBytes } from "./utf8-places.ts";

/** Where cargo ran, for which check. */
export interface CargoGround {
  readonly check: string;
  readonly workspace: Workspace;
  /** The workspace's folder, relative to the repository's root. */
  readonly folder: string;
}

/** Each is read once. */
export class SourceFiles {
  readonly #ground: CargoGround;
  readonly #files = new Map<string, SourceFile | undefined>();

  constructor(ground: CargoGround) {
    this.#ground = ground;
  }

  /** Of the package with that manifest: another one may have files of the same names. */
  async load(names: readonly string[], manifest: string): Promise<FindFile> {
    const keyOf = (name: string): string => `${manifest}\0${name}`;
    for (const name of names) {
      if (!this.#files.has(keyOf(name))) this.#files.set(keyOf(name), await this.#read(name, manifest));
    }
    return (name) => this.#files.get(keyOf(name));
  }

  /** In the workspace's folder, else in the package's. A file that is no text has a place and no fixes. */
  async #read(name: string, manifest: string): Promise<SourceFile | undefined> {
    const { workspace, folder } = this.#ground;
    const packageFolder = posix.dirname(repositoryPath(workspace.root, folder, manifest));
    const written = name.replaceAll("\\", "/");
    // A package of somebody else's has files of the same names; `<anon>` and the like are none.
    if (isOutside(packageFolder) || /^<.*>$/.test(name)) return undefined;
    const paths = [...new Set([folder, packageFolder].map((from) => repositoryPath(workspace.root, from, written)))];
    const inside = paths.filter((path) => !isOutside(path));
    for (const path of inside) {
      const text = await workspace.readText(path);
      if (text !== undefined) return { path, text, fromBytes: fromBytes(text) };
    }
    const [path] = inside;
    return path === undefined ? undefined : { path, text: "", fromBytes: () => undefined };
  }
}

function isOutside(path: string): boolean {
  return /^(?:\.\.(?:\/|$)|\/|[A-Za-z]:)/.test(path);
}
