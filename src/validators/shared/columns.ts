/**
 * Turns the columns of tools that count bytes or code points into ours, which count UTF-16 code units and no BOM. Keeps
 * what it has worked out of a line, so that a hundred thousand findings on one line cost one walk along it.
 */

/** What a tool counts from the beginning of a line, or of the file; both take a BOM as one character of its own. */
export type Unit = "byte" | "point";

/** A place without its file; both numbers count from 1. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

const BOM = "\uFEFF";
const ASCII = /^[\0-\x7f]*$/;

export class Columns {
  readonly #lines: readonly string[];
  /** For each line that is not plain ASCII: where each byte or code point of it stands in UTF-16. */
  readonly #known = new Map<number, Readonly<Record<Unit, Uint32Array>>>();
  #starts: readonly number[] | undefined;

  /** @param text with its BOM */
  constructor(text: string) {
    this.#lines = text.split("\n");
  }

  /** A place whose column counts these units; it stays as it is where the text has no such line. */
  spot(line: number, column: number, unit: Unit): Spot {
    const text = this.#lines[line - 1];
    if (text === undefined || line < 1 || column < 1) return { line: Math.max(1, line), column: Math.max(1, column) };
    const units = this.#unitsBefore(line, column - 1, unit);
    return { line, column: Math.max(1, units + 1 - (line === 1 && text.startsWith(BOM) ? 1 : 0)) };
  }

  /** The place of a byte of the file. */
  ofByte(offset: number): Spot {
    const starts = (this.#starts ??= this.#lineStarts());
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return this.spot(low + 1, Math.max(0, offset - (starts[low] ?? 0)) + 1, "byte");
  }

  #lineStarts(): number[] {
    let offset = 0;
    return this.#lines.map((line) => {
      const start = offset;
      offset += Buffer.byteLength(line) + 1;
      return start;
    });
  }

  #unitsBefore(line: number, count: number, unit: Unit): number {
    const text = this.#lines[line - 1] ?? "";
    if (!this.#known.has(line) && ASCII.test(text)) return count;
    const table = (this.#known.get(line) ?? this.#learn(line, text))[unit];
    return table[Math.min(count, table.length - 1)] ?? count;
  }

  #learn(line: number, text: string): Readonly<Record<Unit, Uint32Array>> {
    const [byte, point]: [number[], number[]] = [[], []];
    let at = 0;
    for (const character of text) {
      point.push(at);
      for (let part = Buffer.byteLength(character); part > 0; part -= 1) byte.push(at);
      at += character.length;
    }
    const learnt = { byte: Uint32Array.from([...byte, at]), point: Uint32Array.from([...point, at]) };
    this.#known.set(line, learnt);
    return learnt;
  }
}
