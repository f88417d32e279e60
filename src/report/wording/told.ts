/** How a sentence gets at a reason's data: always safe to show, always bounded, never "undefined". */
import type { Reason } from "../../domain/reason.ts";
import { count, list } from "../layout.ts";
import { oneLine } from "../plain.ts";

/** Makes one English sentence. */
export type Say = (told: Told) => string;
export type Sentences = Readonly<Record<string, Say>>;

const MAX_PATH = 160;
const MAX_MESSAGE = 240;
/** A word of a program's last output that says what went wrong. */
const TELLING = /\b(?:error|cannot|can't|unable|fail(?:ed|ure)?|not found|no such|denied|invalid|unknown|unexpected)\b/i;

export class Told {
  readonly by: string;
  readonly #args: Reason["args"];

  constructor({ by, args }: Pick<Reason, "by" | "args">) {
    this.by = oneLine(by, 60);
    this.#args = args;
  }

  has(name: string): boolean {
    const value = this.#args[name];
    return value !== undefined && value !== "" && value !== 0;
  }

  number(name: string): number {
    const value = this.#args[name];
    return typeof value === "number" ? value : 0;
  }

  text(name: string, otherwise = "?"): string {
    return this.has(name) ? oneLine(this.#string(name), MAX_PATH) : otherwise;
  }

  /** `3 files`. */
  count(name: string, noun: string): string {
    return count(this.number(name), noun);
  }

  list(name: string): string {
    return list(this.items(name));
  }

  items(name: string): readonly string[] {
    const value = this.#args[name];
    const items = value === undefined ? [] : typeof value === "object" ? value : [String(value)];
    return items.map((item) => oneLine(item, MAX_PATH));
  }

  /** The file with its line where it is known: `src/a.ts:3`. */
  place(): string {
    return this.has("line") ? `${this.text("file")}:${this.number("line")}` : this.text("file");
  }

  /** `: message.` or `.`: how a sentence ends that quotes what a tool said. */
  quote(name: string): string {
    const quoted = oneLine(this.#string(name), MAX_MESSAGE).replace(/\.$/, "");
    return quoted === "" ? "." : `: ${quoted}.`;
  }

  /** What somebody said as the beginning of a longer sentence: without its full stop. */
  statement(name: string): string {
    return oneLine(this.#string(name), MAX_MESSAGE).replace(/\.$/, "");
  }

  /** As `quote`, of a program's output: the line that says what went wrong, or else the last. */
  quoteOutput(name: string): string {
    const lines = this.#string(name).split("\n").filter((line) => line.trim() !== "");
    const telling = oneLine(lines.find((line) => TELLING.test(line)) ?? lines.at(-1) ?? "", MAX_MESSAGE);
    return telling === "" ? "." : `: ${telling.replace(/\.$/, "")}.`;
  }

  #string(name: string): string {
    const value = this.#args[name];
    return typeof value === "object" ? value.join(", ") : String(value ?? "");
  }
}
