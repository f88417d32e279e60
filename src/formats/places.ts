/**
 * Where in a text a line and column is, whatever its writer counts columns in. Lines end with `\n` or `\r\n`; a byte
 * order mark stands before the first column. Never moves a place that is not there to one nearby.
 */
import type { ColumnUnit, Position } from "../domain/suggestion.ts";

const BOM = "\uFEFF";

export class Lines {
  readonly text: string;
  /** Where each line begins. */
  readonly #starts: number[];

  constructor(text: string) {
    this.text = text;
    this.#starts = [this.bom];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  /** 1 where the text begins with a byte order mark. */
  get bom(): number {
    return this.text.startsWith(BOM) ? BOM.length : 0;
  }

  get count(): number {
    return this.#starts.length;
  }

  /** Where the line begins; for the one behind the last, where the text ends. Undefined for others. */
  start(line: number): number | undefined {
    return line === this.count + 1 ? this.text.length : this.#starts[line - 1];
  }

  /** Where the line's text ends, without its line ending. */
  end(line: number): number | undefined {
    if (line < 1) return undefined;
    const next = this.#starts[line];
    if (next === undefined) return line === this.count ? this.text.length : undefined;
    return this.text[next - 2] === "\r" ? next - 2 : next - 1;
  }

  /** Undefined where there is no such place, or it is inside of a character. Without a column, `edge` of the line. */
  offset({ line, column }: Position, unit: ColumnUnit, edge: "start" | "end"): number | undefined {
    if (column === undefined) return this[edge](line);
    const start = this.start(line);
    const end = this.end(line) ?? start;
    return start === undefined || end === undefined ? undefined : advance(this.text, start, column - 1, unit, end);
  }

  /** The line of an offset, and its column in UTF-16 code units. */
  at(offset: number): Required<Position> {
    let [low, high] = [0, this.count];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? Infinity) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: Math.max(offset - (this.#starts[low] ?? 0), 0) + 1 };
  }
}

/**
 * The offset that is `count` units behind `start`; undefined where that is beyond `limit`, or inside of a character.
 */
export function advance(text: string, start: number, count: number, unit: ColumnUnit, limit = text.length): number | undefined {
  if (!Number.isSafeInteger(count) || count < 0) return undefined;
  if (unit === "utf-16") {
    const offset = start + count;
    return offset <= limit && !isInside(text, offset) ? offset : undefined;
  }
  let [offset, left] = [start, count];
  while (left > 0 && offset < limit) {
    const point = text.codePointAt(offset) ?? 0;
    left -= unit === "utf-8" ? bytesOf(point) : 1;
    offset += point > 0xffff ? 2 : 1;
  }
  return left === 0 && offset <= limit ? offset : undefined;
}

/** Between the two halves of a surrogate pair. */
function isInside(text: string, offset: number): boolean {
  return offset > 0 && (text.codePointAt(offset - 1) ?? 0) > 0xffff;
}

function bytesOf(point: number): number {
  if (point < 0x80) return 1;
  return point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}
