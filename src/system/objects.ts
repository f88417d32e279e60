/**
 * Reads git's objects through one `git cat-file --batch` per repository that stays for as long as it is asked: an object
 * then costs a line and an answer, not a process. It holds nothing open by itself: idle, it ends, and it keeps no
 * process of stet's alive. What it reads is what its object says; nothing is kept here but small folders (`tree.ts`).
 */
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { createHash } from "node:crypto";
import { Socket } from "node:net";
import { GitFault, type Git } from "./git.ts";

export interface GitObject {
  readonly id: string;
  /** `blob`, `tree`, `commit` or `tag`. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** The id that git gives a blob, in a repository with either kind of ids. */
export function blobIds(bytes: Buffer): [sha1: string, sha256: string] {
  const idBy = (hash: string): string => createHash(hash).update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
  return [idBy("sha1"), idBy("sha256")];
}

/** Object ids, or the trees of such (`<id>^{tree}`). */
const NAME = /^[0-9a-f]{40,64}(?:\^\{tree\})?$/;
const IDLE_MS = 1_000;
const TIMEOUT_MS = 600_000;
/** Names that are asked before the first answer has to be read: git and stet must not wait for each other. */
const MAX_ASKED = 500;
const ARGS = ["cat-file", "--batch"];

/** The objects by the names that were asked; those that do not exist are left out. Throws `GitFault`. */
export async function readAll(git: Git, names: readonly string[]): Promise<Map<string, GitObject>> {
  const wanted = [...new Set(names)];
  const found = new Map<string, GitObject>();
  for (let at = 0; at < wanted.length; at += MAX_ASKED) {
    const part = wanted.slice(at, at + MAX_ASKED);
    const objects = await Promise.all(part.map((name) => readerOf(git).read(name)));
    for (const [index, object] of objects.entries()) if (object) found.set(part[index] ?? "", object);
  }
  return found;
}

/** Undefined where there is no such object. Throws `GitFault`. */
export async function readObject(git: Git, name: string): Promise<GitObject | undefined> {
  return readerOf(git).read(name);
}

/**
 * The id of what a revision stands for, in any of the words that git has for it (gitrevisions(7)); undefined where that is
 * nothing. Reads what it names: for commits, not for files. Throws `GitFault`.
 */
export async function idOf(git: Git, revision: string): Promise<string | undefined> {
  return isOneLine(revision) ? (await readerOf(git).ask(revision))?.id : undefined;
}

/** A question is a line. */
function isOneLine(name: string): boolean {
  return name !== "" && !/[\n\0]/.test(name);
}

const readers = new Map<string, Reader>();

/** A repository has one, however many doors lead to it. */
function readerOf(git: Git): Reader {
  // It needs no mark: its questions end with whoever asks them, and so does it.
  const { gitDir = "" } = git.places ?? {};
  const known = readers.get(gitDir);
  if (known) return known;
  const reader: Reader = new Reader(git, () => {
    if (readers.get(gitDir) === reader) readers.delete(gitDir);
  });
  readers.set(gitDir, reader);
  return reader;
}

interface Question {
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: unknown) => void;
}

class Reader {
  readonly #folder: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #questions: Question[] = [];
  readonly #answers = new Answers();
  readonly #forget: () => void;
  #timer: NodeJS.Timeout | undefined;
  #stderr = "";

  constructor(git: Git, forget: () => void) {
    this.#forget = forget;
    this.#folder = git.places?.gitDir ?? "";
    this.#child = git.start(ARGS);
    this.#child.stdout.on("data", (chunk: Buffer) => this.#take(chunk));
    this.#child.stderr.on("data", (chunk: Buffer) => (this.#stderr = (this.#stderr + chunk.toString("utf8")).slice(-8_192)));
    this.#child.on("error", (error) => this.#fail("code" in error && error.code === "ENOENT" ? 127 : -1, error.message));
    this.#child.on("close", (code, signal) => this.#fail(code ?? -1, signal === null ? this.#stderr : `ended by ${signal}`));
    this.#rest();
  }

  read(name: string): Promise<GitObject | undefined> {
    if (!NAME.test(name)) throw new RangeError(`not the name of an object: ${name}`);
    return this.ask(name);
  }

  ask(name: string): Promise<GitObject | undefined> {
    return new Promise((resolve, reject) => {
      this.#questions.push({ resolve, reject });
      if (this.#questions.length === 1) this.#work();
      this.#child.stdin.write(`${name}\n`);
    });
  }

  #take(chunk: Buffer): void {
    this.#answers.add(chunk);
    for (let answer = this.#answers.next(); answer; answer = this.#answers.next()) this.#questions.shift()?.resolve(answer.object);
    if (this.#questions.length === 0) this.#rest();
    else this.#work();
  }

  #work(): void {
    this.#wait(TIMEOUT_MS, () => this.#child.kill("SIGKILL"));
    for (const part of this.#parts()) part.ref();
  }

  #rest(): void {
    this.#wait(IDLE_MS, () => {
      this.#forget();
      this.#child.stdin.end();
    });
    this.#timer?.unref();
    for (const part of this.#parts()) part.unref();
  }

  #wait(ms: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
  }

  #parts(): (ChildProcessWithoutNullStreams | Socket)[] {
    const { stdin, stdout, stderr } = this.#child;
    return [this.#child, ...[stdin, stdout, stderr].filter((stream) => stream instanceof Socket)];
  }

  /** Whoever still waits for an answer gets none any more; the next question starts another git. */
  #fail(code: number, stderr: string): void {
    clearTimeout(this.#timer);
    this.#forget();
    for (const { reject } of this.#questions.splice(0)) reject(new GitFault(ARGS, code === 0 ? -1 : code, stderr, this.#folder));
  }
}

const NEWLINE = 10;
/** How an answer begins. `<what was asked> missing` and its like may hold any word, but never end so. */
const HEADER = /^([0-9a-f]{40,64}) ([a-z]+) (\d+)$/;

/** git's answers out of the pieces that they come in: a line `<id> <type> <bytes>`, that many bytes, a newline. */
class Answers {
  #pieces: Buffer[] = [];
  #length = 0;
  /** How many bytes the first answer needs, as far as that is known. */
  #needed = 1;

  add(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  /** The next whole answer; undefined where there is none yet. */
  next(): { readonly object: GitObject | undefined } | undefined {
    if (this.#length < this.#needed) return undefined;
    const whole = this.#pieces.length === 1 && this.#pieces[0] ? this.#pieces[0] : Buffer.concat(this.#pieces, this.#length);
    this.#pieces = [whole];
    const end = whole.indexOf(NEWLINE);
    if (end < 0) {
      this.#needed = this.#length + 1;
      return undefined;
    }
    const [, id = "", type = "", size] = HEADER.exec(whole.toString("latin1", 0, end)) ?? [];
    const to = size === undefined ? end : end + 1 + Number(size);
    this.#needed = to + 1;
    if (this.#length < this.#needed) return undefined;
    // A copy: a small object must not keep the large piece alive that it came in.
    const object = size === undefined ? undefined : { id, type, bytes: Buffer.from(whole.subarray(end + 1, to)) };
    this.#pieces = [whole.subarray(to + 1)];
    this.#length -= to + 1;
    this.#needed = 1;
    return { object };
  }
}
