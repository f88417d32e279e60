/**
 * What checks read, kept by tree, check definition and dependencies: in memory for the run, and in the cache folder for
 * others. Only what a check really read is kept there; a crash is asked again next time.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Check } from "../domain/plugin.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import { readMaybe, writeWhole } from "../system/files.ts";

export class Readings {
  readonly #folder: string;
  readonly #surroundingsOf: (tree: string) => Promise<string>;
  readonly #memory = new Map<string, Reading>();
  readonly #around = new Map<string, Promise<string>>();

  /** `surroundings`: what besides the tree decides a reading. */
  constructor(folder: string, surroundings: (tree: string) => Promise<string>) {
    this.#folder = folder;
    this.#surroundingsOf = surroundings;
  }

  async find(check: Check, tree: string): Promise<Reading | undefined> {
    const key = await this.#key(check, tree);
    const kept = this.#memory.get(key) ?? (await this.#load(key));
    if (kept) this.#memory.set(key, kept);
    return kept;
  }

  async keep(check: Check, tree: string, reading: Reading): Promise<void> {
    const key = await this.#key(check, tree);
    this.#memory.set(key, reading);
    if (isRead(reading)) await writeWhole(join(this.#folder, `${key}.json`), JSON.stringify(reading));
  }

  /** Whether all that decides a reading besides the tree is the same for both. */
  async isSurroundedAlike(one: string, other: string): Promise<boolean> {
    return (await this.#surroundings(one)) === (await this.#surroundings(other));
  }

  async #key({ definition }: Check, tree: string): Promise<string> {
    const parts = [tree, JSON.stringify(definition), await this.#surroundings(tree)];
    return createHash("sha256").update(parts.join("\0")).digest("hex");
  }

  #surroundings(tree: string): Promise<string> {
    const known = this.#around.get(tree) ?? this.#surroundingsOf(tree);
    this.#around.set(tree, known);
    return known;
  }

  async #load(key: string): Promise<Reading | undefined> {
    const text = await readMaybe(join(this.#folder, `${key}.json`));
    try {
      const value: unknown = text === undefined ? undefined : JSON.parse(text);
      return isKept(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }
}

/** What else stands in the file is as stet wrote it, or the file was somebody else's: then the check is read again. */
function isKept(value: unknown): value is Reading {
  if (typeof value !== "object" || value === null) return false;
  const { kind, check, findings } = value as Partial<Record<string, unknown>>;
  return kind === "read" && typeof check === "string" && Array.isArray(findings) && findings.every(isObject);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
