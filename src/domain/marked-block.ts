/** A block of a person's file that a program writes anew, between two marks of its own. Everything outside keeps every byte. */

export interface BlockMarks {
  /** Each a line of its own. */
  readonly begin: string;
  readonly end: string;
}

export type Placed = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: "unpaired" | "several" };

/** The text with the block in place of the one that stands there, or behind everything else. Line endings are the text's own. */
export function placeBlock(text: string, block: string, { begin, end }: BlockMarks): Placed {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const whole = [begin, ...block.split("\n"), end].join(newline);
  const starts = linesOf(text, begin);
  const ends = linesOf(text, end);
  if (starts.length > 1 || ends.length > 1) return { ok: false, why: "several" };
  const [start] = starts;
  const [stop] = ends;
  if (start === undefined && stop === undefined) return { ok: true, text: `${text}${gap(text, newline)}${whole}${newline}` };
  if (start === undefined || stop === undefined || stop < start) return { ok: false, why: "unpaired" };
  return { ok: true, text: text.slice(0, start) + whole + text.slice(stop + end.length) };
}

/** Where a line stands that is exactly this one. */
function linesOf(text: string, line: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(line); at >= 0; at = text.indexOf(line, at + 1)) {
    const before = at === 0 ? "\n" : text[at - 1];
    const after = text[at + line.length] ?? "\n";
    if ((before === "\n" || before === "\uFEFF") && (after === "\n" || after === "\r")) found.push(at);
  }
  return found;
}

/** An empty line between a person's text and the block. */
function gap(text: string, newline: string): string {
  if (text === "" || text === "\uFEFF") return "";
  if (text.endsWith(newline + newline)) return "";
  return text.endsWith("\n") ? newline : newline + newline;
}
