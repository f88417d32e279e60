/** Lines out of the pieces that they come in. What a line has beyond its bound is not kept, and the next one is read. */
import { isUtf8 } from "node:buffer";
import type { InputLine } from "../domain/plugin.ts";

/** A row of a review of the largest file is a few hundred KiB. */
const MAX_LINE_BYTES = 8 * 1024 * 1024;
const NEWLINE = 10;
const RETURN = 13;

export class LineReader {
  #pieces: Buffer[] = [];
  #bytes = 0;
  #number = 0;

  *add(chunk: Buffer): Iterable<InputLine> {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#keep(chunk.subarray(start, end));
      yield this.#take(true);
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
  }

  /** The last line, where nothing ends it. */
  *end(): Iterable<InputLine> {
    if (this.#bytes > 0) yield this.#take(false);
  }

  #keep(piece: Buffer): void {
    this.#bytes += piece.length;
    if (this.#bytes > MAX_LINE_BYTES) this.#pieces = [];
    else if (piece.length > 0) this.#pieces.push(piece);
  }

  #take(isEnded: boolean): InputLine {
    const number = ++this.#number;
    const [pieces, bytes] = [this.#pieces, this.#bytes];
    this.#pieces = [];
    this.#bytes = 0;
    if (bytes > MAX_LINE_BYTES) return { number, fault: "line-too-long" };
    const whole = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
    const line = number === 1 ? withoutBom(whole) : whole;
    if (!isUtf8(line)) return { number, fault: "line-undecodable" };
    const end = isEnded && line.at(-1) === RETURN ? line.length - 1 : line.length;
    return { number, text: line.toString("utf8", 0, end), isEnded };
  }
}

export function withoutBom(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
