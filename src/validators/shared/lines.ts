/**
 * Turns the positions that tools count in code points or bytes into stet's own, which are UTF-16 code units. Lines end
 * with `\n`, `\r\n` or `\r`, as Python counts them. Never moves a position into the text that lies outside of it.
 */

/** What a tool's column counts. None of them counts a byte order mark. */
export type Unit = "code-point" | "byte";

const BOM = "\uFEFF";

export class Lines {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    const start = text.startsWith(BOM) ? 1 : 0;
    this.#starts = [start, ...Array.from(text.matchAll(/\r\n|[\r\n]/g), ({ 0: end, index }) => index + end.length)];
  }

  /**
   * The offset in the text, a BOM counted, of a place.
   *
   * @param line counts from 1
   * @param before how many units of the line stand before the place
   * @returns undefined where the line or the place in it is not there
   */
  offset(line: number, before: number, unit: Unit): number | undefined {
    const start = this.#starts[line - 1];
    // A place behind the last line break is where a tool says that the text ends.
    if (start === undefined) return line === this.#starts.length + 1 && before === 0 ? this.#text.length : undefined;
    const end = this.#starts[line] ?? this.#text.length;
    let at = start;
    for (let left = before; left > 0 && at <= end; ) {
      const point = this.#text.codePointAt(at) ?? 0;
      left -= unit === "byte" ? bytesOf(point) : 1;
      at += point > 0xffff ? 2 : 1;
    }
    return at <= end && at <= this.#text.length ? at : undefined;
  }

  /** The column (from 1) in UTF-16 code units; the tool's own where the text has no such place. */
  column(line: number, before: number, unit: Unit): number {
    const offset = this.offset(line, before, unit);
    return offset === undefined ? before + 1 : offset - (this.#starts[line - 1] ?? offset) + 1;
  }
}

function bytesOf(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}
