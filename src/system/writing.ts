/**
 * Objects on their way into a repository: made here with the ids that git will give them, and written all together by
 * one `git unpack-objects`. Nothing is written before `flush`, no ref moves, and no file is read.
 */
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import { folderBytes, readFolders, type Folder } from "./folders.ts";
import type { Git } from "./git.ts";
import { readObject } from "./objects.ts";

type Kind = "blob" | "tree" | "commit";

interface NewObject {
  readonly kind: Kind;
  readonly bytes: Buffer;
}

export class Writing {
  readonly #git: Git;
  readonly #hash: "sha1" | "sha256";
  readonly #objects = new Map<string, NewObject>();
  readonly #folders = new Map<string, Folder>();

  /** `idLength` of the repository's ids: 40 or 64 digits. */
  constructor(git: Git, idLength: number) {
    this.#git = git;
    this.#hash = idLength === 64 ? "sha256" : "sha1";
  }

  blob(text: string): string {
    return this.#add("blob", Buffer.from(text));
  }

  commit(text: string): string {
    return this.#add("commit", Buffer.from(text));
  }

  folder(folder: Folder): string {
    const id = this.#add("tree", folderBytes(folder));
    this.#folders.set(id, folder);
    return id;
  }

  /** A folder of the repository, or one that is still to be written. */
  async read(id: string): Promise<Folder> {
    return this.#folders.get(id) ?? (await readFolders(this.#git, [id])).get(id) ?? new Map();
  }

  /**
   * Writes what was made, unless `last`, the object that leads to all others, is there already. Throws `GitFault`, and
   * where git has come to another id than this did.
   */
  async flush(last: string): Promise<void> {
    if (this.#objects.size === 0 || (await readObject(this.#git, last))) return;
    await this.#git.text(["unpack-objects", "-q"], { stdin: packOf([...this.#objects.values()], this.#hash) });
    if (!(await readObject(this.#git, last))) throw new Error(`git has not written ${last}`);
    this.#objects.clear();
  }

  #add(kind: Kind, bytes: Buffer): string {
    const id = createHash(this.#hash).update(`${kind} ${bytes.length}\0`).update(bytes).digest("hex");
    // What leads to others is made after them, so it comes after them: half of a pack never has a tree without its files.
    if (!this.#objects.has(id)) this.#objects.set(id, { kind, bytes });
    return id;
  }
}

/** The numbers of a pack's kinds of objects (git: Documentation/gitformat-pack). */
const KINDS: Readonly<Record<Kind, number>> = { commit: 1, tree: 2, blob: 3 };
const PACK_VERSION = 2;

function packOf(objects: readonly NewObject[], hash: "sha1" | "sha256"): Buffer {
  const head = Buffer.alloc(12);
  head.write("PACK");
  head.writeUInt32BE(PACK_VERSION, 4);
  head.writeUInt32BE(objects.length, 8);
  const body = objects.flatMap(({ kind, bytes }) => [sizeOf(KINDS[kind], bytes.length), deflateSync(bytes, { level: 1 })]);
  const pack = Buffer.concat([head, ...body]);
  return Buffer.concat([pack, createHash(hash).update(pack).digest()]);
}

/** Four bits of the size beside the kind, then seven by seven, each byte but the last with its highest bit set. */
function sizeOf(kind: number, size: number): Buffer {
  const bytes = [(kind << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push((bytes.pop() ?? 0) | 128, rest & 127);
  }
  return Buffer.from(bytes);
}
