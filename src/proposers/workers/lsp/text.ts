/** A text as language servers count it: lines, and UTF-16 code units in them. */
import type { Position, Range, TextEdit } from "./messages.ts";
import type { StatedEdit } from "./protocol.ts";

export class Text {
  readonly text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.#starts = [0, ...[...text.matchAll(/\r\n|\n/g)].map(({ index, 0: end }) => index + end.length)];
  }

  /** Some servers end a line at a lone carriage return and some do not, so in such a text no position is sure. */
  get isSure(): boolean {
    return !/\r(?!\n)/.test(this.text);
  }

  get whole(): Range {
    const line = this.#starts.length - 1;
    return { start: { line: 0, character: 0 }, end: { line, character: this.text.length - (this.#starts[line] ?? 0) } };
  }

  /** Undefined where the text has no such place: behind the end of the file or of the line. */
  offset({ line, character }: Position): number | undefined {
    const start = this.#starts[line];
    if (start === undefined) return undefined;
    const offset = start + character;
    return offset <= (this.#starts[line + 1] ?? this.text.length) ? offset : undefined;
  }

  /** The server's edits as ours, those that change nothing left out; undefined where one does not lie in the text. */
  edits(file: string, stated: readonly TextEdit[]): StatedEdit[] | undefined {
    const edits: StatedEdit[] = [];
    for (const { range, newText } of stated) {
      const [start, end] = [this.offset(range.start), this.offset(range.end)];
      if (start === undefined || end === undefined || end < start) return undefined;
      const before = this.text.slice(start, end);
      if (before !== newText) edits.push({ file, start, before, after: newText });
    }
    return edits;
  }

  /** The text after edits that do not overlap; undefined where they do. */
  with(edits: readonly StatedEdit[]): string | undefined {
    let [text, done] = ["", 0];
    for (const { start, before, after } of [...edits].sort((one, other) => one.start - other.start)) {
      if (start < done) return undefined;
      text += this.text.slice(done, start) + after;
      done = start + before.length;
    }
    return text + this.text.slice(done);
  }
}
