/**
 * Inputs that a user names: files and standard input, read once, within bounds. A regular file is read as long as it was
 * when it was opened, so that whoever appends to it meanwhile does not keep stet reading. A folder, a pipe or a device is
 * refused by what it is: a pipe may never end, and `/dev/zero` never does.
 */
import { isUtf8 } from "node:buffer";
import { constants, open, type FileHandle } from "node:fs/promises";
import type { InputLine, SourceInput } from "../domain/plugin.ts";
import { hasCode } from "./files.ts";
import { LineReader, withoutBom } from "./line-reader.ts";

/** A document is held whole, several times over while it is parsed. */
const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;
const MAX_INPUT_BYTES = 1024 * 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;
/** What a format is told by. */
const HEAD_BYTES = 64 * 1024;

export const STDIN = "-";

/** An input that is open; what it begins with is known. */
export interface OpenInput extends SourceInput, AsyncDisposable {
  readonly head: string;
  /** Whether the bound for all of it cut it short. Known when it has been read. */
  readonly isCut: boolean;
}

/** `missing` and `unreadable` are no input at all; what is `not-a-file` says which kind of thing it is. */
export type InputFault =
  | { readonly fault: "missing" | "unreadable"; readonly detail: string }
  | { readonly fault: "not-a-file"; readonly detail: "folder" | "pipe" | "device" | "socket" };

/** Only standard input may be no regular file: whoever pipes into it has said so. */
export async function openInput(name: string, path: string, stdin: AsyncIterable<Buffer>): Promise<OpenInput | InputFault> {
  if (name === STDIN) return Input.open(name, stdin, () => Promise.resolve());
  try {
    // Opening a pipe that nobody writes to would wait for ever.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await file.stat();
    if (stats.isFile()) return await Input.open(name, chunksOf(file, stats.size), () => file.close());
    await file.close();
    return { fault: "not-a-file", detail: stats.isDirectory() ? "folder" : stats.isFIFO() ? "pipe" : "device" };
  } catch (error) {
    if (hasCode(error, "ENXIO")) return { fault: "not-a-file", detail: "socket" };
    if (hasCode(error, "ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP")) return { fault: "missing", detail: path };
    if (error instanceof Error && "code" in error) return { fault: "unreadable", detail: String(error.code) };
    throw error;
  }
}

async function* chunksOf(file: FileHandle, size: number): AsyncIterable<Buffer> {
  for (let at = 0; at < size; ) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, Math.min(CHUNK_BYTES, size - at), at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

class Input implements OpenInput {
  readonly name: string;
  readonly head: string;
  readonly #begun: readonly Buffer[];
  readonly #rest: AsyncIterator<Buffer>;
  readonly #close: () => Promise<void>;
  #bytes = 0;
  #isCut = false;

  private constructor(name: string, begun: readonly Buffer[], rest: AsyncIterator<Buffer>, close: () => Promise<void>) {
    this.name = name;
    this.#begun = begun;
    this.#rest = rest;
    this.#close = close;
    this.head = withoutBom(Buffer.concat(begun)).toString("utf8", 0, HEAD_BYTES);
  }

  static async open(name: string, chunks: AsyncIterable<Buffer>, close: () => Promise<void>): Promise<Input> {
    const rest = chunks[Symbol.asyncIterator]();
    const begun: Buffer[] = [];
    for (let bytes = 0; bytes < HEAD_BYTES; ) {
      const next = await rest.next();
      if (next.done) break;
      begun.push(next.value);
      bytes += next.value.length;
    }
    return new Input(name, begun, rest, close);
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  async *#chunks(): AsyncIterable<Buffer> {
    for (const chunk of this.#begun) yield* this.#counted(chunk);
    while (!this.#isCut) {
      const next = await this.#rest.next();
      if (next.done) return;
      yield* this.#counted(next.value);
    }
  }

  *#counted(chunk: Buffer): Iterable<Buffer> {
    this.#bytes += chunk.length;
    this.#isCut = this.#bytes > MAX_INPUT_BYTES;
    if (!this.#isCut) yield chunk;
  }

  async *lines(): AsyncIterable<InputLine> {
    const lines = new LineReader();
    for await (const chunk of this.#chunks()) yield* lines.add(chunk);
    yield* lines.end();
  }

  async text(): ReturnType<SourceInput["text"]> {
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of this.#chunks()) {
      pieces.push(chunk);
      bytes += chunk.length;
      if (bytes > MAX_DOCUMENT_BYTES) return { ok: false, fault: "input-too-large" };
    }
    const all = Buffer.concat(pieces);
    if (!isUtf8(all)) return { ok: false, fault: "input-undecodable" };
    return { ok: true, text: withoutBom(all).toString("utf8") };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#rest.return?.();
    await this.#close();
  }
}
