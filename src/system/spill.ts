/**
 * Records that are too many to hold: kept in memory up to a bound, on the disk beyond it. Written once, read by where they
 * stand. Lives as long as one call, below stet's cache.
 */
import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { StorageFault } from "./files.ts";
import { ownFolder, type OwnFolder } from "./temporary.ts";

const MAX_HELD_BYTES = 16 * 1024 * 1024;
/** How much is read at once: records that are wanted mostly stand close to one another. */
const WINDOW_BYTES = 1024 * 1024;

/** Where a record stands. */
export interface Spilled {
  readonly at: number;
  readonly length: number;
}

export class Spill implements AsyncDisposable {
  #held: Buffer[] = [];
  #heldBytes = 0;
  /** How much is on the disk: what is held begins here. */
  #written = 0;
  #folder: OwnFolder | undefined;
  #file: FileHandle | undefined;

  /** Throws `StorageFault` where the disk is full. */
  async add(record: string): Promise<Spilled> {
    const bytes = Buffer.from(record);
    const at = this.#written + this.#heldBytes;
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    if (this.#heldBytes > MAX_HELD_BYTES) await this.#write();
    return { at, length: bytes.length };
  }

  /** Of records in the order in which they were added: the disk is read from one end to the other. */
  async *read(records: Iterable<Spilled>): AsyncIterable<string> {
    if (this.#file) await this.#write();
    let window: { from: number; bytes: Buffer } = { from: 0, bytes: this.#file ? Buffer.alloc(0) : Buffer.concat(this.#held) };
    for (const { at, length } of records) {
      if (at + length > window.from + window.bytes.length) window = { from: at, bytes: await this.#readAt(at, Math.max(length, WINDOW_BYTES)) };
      yield window.bytes.toString("utf8", at - window.from, at - window.from + length);
    }
  }

  async #write(): Promise<void> {
    this.#folder ??= await ownFolder();
    const path = join(this.#folder.path, "spill");
    this.#file ??= await open(path, "wx+", 0o600);
    const bytes = Buffer.concat(this.#held);
    try {
      const { bytesWritten } = await this.#file.write(bytes, 0, bytes.length, this.#written);
      if (bytesWritten !== bytes.length) throw new StorageFault(path, "ENOSPC");
    } catch (error) {
      throw error instanceof Error && "code" in error ? new StorageFault(path, String(error.code)) : error;
    }
    this.#written += bytes.length;
    this.#held = [];
    this.#heldBytes = 0;
  }

  async #readAt(at: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length);
    const { bytesRead } = (await this.#file?.read(buffer, 0, length, at)) ?? { bytesRead: 0 };
    return buffer.subarray(0, bytesRead);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file?.close();
    await this.#folder?.[Symbol.asyncDispose]();
  }
}
