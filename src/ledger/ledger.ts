/**
 * The ledger: an append-only file of JSON lines, safe across processes and across `kill -9`. A line begins with a
 * newline of its own, so a torn one spoils nothing but itself. Nothing is ever rewritten.
 */
import type { Entry } from "../domain/entry.ts";
import { isoTime, type Clock } from "../system/clock.ts";
import { appendRecord, readLines } from "../system/files.ts";
import { redactedJson } from "../system/secrets.ts";

/** An entry before the ledger has put its time and run on it. */
export type NewEntry = Entry extends infer E ? (E extends Entry ? Omit<E, "at" | "run"> : never) : never;

export class Ledger {
  readonly path: string;
  readonly #clock: Clock;

  constructor(path: string, clock: Clock) {
    this.path = path;
    this.#clock = clock;
  }

  /**
   * Throws `StorageFault` when the line cannot be written whole. The disk is not waited for at each verdict: the line
   * that says what is done about it, which is written next, waits for both.
   */
  append(run: string, entry: NewEntry): void {
    const line = redactedJson({ at: isoTime(this.#clock.now()), run, ...entry });
    appendRecord(this.path, line, { durable: !MANY.has(entry.kind) });
  }

  /**
   * Every readable line, oldest first, one at a time. Torn lines and lines of another kind are skipped, and of runs that
   * are not `wanted` in full also the kinds that grow with the findings: verdicts, what was declined, and what remained.
   */
  async *read(wanted: (run: string) => boolean = () => true): AsyncIterable<Entry> {
    for await (const line of readLines(this.path)) {
      const [, run] = LARGE.exec(line) ?? [];
      const entry = run !== undefined && !wanted(run) ? undefined : parse(line);
      if (entry && (wanted(entry.run) || !LARGE_KINDS.has(entry.kind))) yield entry;
    }
  }
}

/** A line as `append` writes it, told by its beginning: most of a large ledger need not be parsed. */
const LARGE = /^\{"at":"[^"\\]*","run":"([^"\\]*)","kind":"(?:verdict|declined|held|skipped|remaining)"/;
/** Lines that come by the thousand. */
const MANY: ReadonlySet<string> = new Set(["verdict", "declined", "skipped"]);
const LARGE_KINDS: ReadonlySet<string> = new Set(["verdict", "declined", "held", "skipped", "remaining"]);

/** A record, so that the type checker misses a kind that is not here. */
const KINDS: Readonly<Record<Entry["kind"], true>> = {
  ...{ run: true, verdict: true, declined: true, asked: true, left: true, disagreement: true, intent: true, landed: true, abandoned: true },
  ...{ remaining: true, undone: true, ended: true, held: true, decided: true, skipped: true, published: true },
};

function parse(line: string): Entry | undefined {
  try {
    const value = JSON.parse(line) as Partial<Entry> | null;
    const known = value !== null && typeof value === "object" && Object.hasOwn(KINDS, value.kind ?? "");
    return known && typeof value.run === "string" ? (value as Entry) : undefined;
  } catch {
    return undefined;
  }
}
