/**
 * Turns changes as others write them into edits of a text: where a quote stands exactly once, where lines and columns
 * lead, in whatever unit. All changes of an offer find their place, or none does. Line endings follow the file where it
 * has one kind only, since tools and models write bare line feeds. Never guesses: no nearest match, no clamped column.
 */
import { applyEdits, type Edit } from "../domain/edit.ts";
import type { Place } from "../domain/finding.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Change, ColumnUnit, Span } from "../domain/suggestion.ts";
import { advance, type Lines } from "./places.ts";

export type Placed = { readonly ok: true; readonly edits: readonly Edit[] } | { readonly ok: false; readonly reason: Reason };

/** Texts by file, cut into lines once; a file that is not there, or is no text, is left out. */
export type KnownTexts = ReadonlyMap<string, Lines>;

const BY = "change";

/** The edits of one offer. Changes that leave their place as it is are dropped; one that does something must be left. */
export function placeChanges(changes: readonly Change[], texts: KnownTexts): Placed {
  const edits: Edit[] = [];
  for (const change of changes) {
    const placed = placeOne(change, texts);
    if ("code" in placed) return { ok: false, reason: placed };
    if (placed.before !== placed.after) edits.push(placed);
  }
  const [first] = changes;
  if (edits.length === 0) return { ok: false, reason: reason(BY, "changes-nothing", { file: first?.file ?? "" }) };
  const clash = clashOf(edits, texts);
  return clash ? { ok: false, reason: clash } : { ok: true, edits };
}

/** The column in UTF-16 code units; as it is where the text has no such place. */
export function placeInText(at: Place, unit: ColumnUnit, texts: KnownTexts): Place {
  const lines = texts.get(at.file);
  const offset = lines?.offset(at, unit, "start");
  return lines && offset !== undefined ? { file: at.file, ...lines.at(offset) } : at;
}

function placeOne({ file, span, after }: Change, texts: KnownTexts): Edit | Reason {
  const lines = texts.get(file);
  if (lines === undefined) return reason(BY, "absent", { file });
  const { text } = lines;
  if (span.kind === "quote") return placeQuote(file, text, span.text, after);
  if (span.kind === "lines") return placeLines(file, lines, span, after);
  const [start, end] = boundsOf(lines, span);
  if (start === undefined || end === undefined || end < start) return reason(BY, "change-outside", { file, line: lineOf(span) });
  return { file, start, before: text.slice(start, end), after: withEndingsOf(text, after) };
}

function placeQuote(file: string, text: string, quote: string, after: string): Edit | Reason {
  const before = withEndingsOf(text, quote);
  if (before === "") return reason(BY, "quote-empty", { file });
  const start = text.indexOf(before);
  if (start < 0) return reason(BY, "quote-nowhere", { file });
  if (text.indexOf(before, start + 1) >= 0) return reason(BY, "quote-several", { file });
  return { file, start, before, after: withEndingsOf(text, after) };
}

function placeLines(file: string, lines: Lines, { first, last, expected }: Extract<Span, { kind: "lines" }>, after: string): Edit | Reason {
  const { text } = lines;
  const [start, end] = [lines.start(first), lines.end(last)];
  if (start === undefined || end === undefined || end < start) return reason(BY, "change-outside", { file, line: first });
  const before = text.slice(start, end);
  if (expected !== undefined && before.replaceAll("\r\n", "\n") !== expected) return reason(BY, "change-moved", { file, line: first });
  if (after !== "") return { file, start, before, after: withEndingsOf(text, after.replace(/\r?\n$/, "")) };
  // Deleted with the line ending behind them, or, for the last line of a text that does not end one, the one before.
  const next = last < lines.count ? lines.start(last + 1) : undefined;
  if (next !== undefined) return { file, start, before: text.slice(start, next), after: "" };
  const from = lines.end(first - 1) ?? start;
  return { file, start: from, before: text.slice(from, end), after: "" };
}

function boundsOf(lines: Lines, span: Exclude<Span, { kind: "quote" | "lines" }>): readonly [start?: number | undefined, end?: number | undefined] {
  switch (span.kind) {
    case "columns":
      return [lines.offset(span.from, span.unit, "start"), lines.offset(span.to, span.unit, "end")];
    case "characters":
      return stretch(lines.text, lines.bom, span, span.unit);
    case "bytes":
      return stretch(lines.text, 0, span, "utf-8");
  }
}

function stretch(text: string, from: number, { offset, length }: { offset: number; length: number }, unit: ColumnUnit): [number?, number?] {
  const start = advance(text, from, offset, unit);
  const end = start === undefined ? undefined : advance(text, start, length, unit);
  return start === undefined || end === undefined ? [] : [start, end];
}

function lineOf(span: Span): number {
  return span.kind === "columns" ? span.from.line : 0;
}

/** `CRLF` where every line of the file ends so, `LF` where none does; a mixed file says nothing. */
function withEndingsOf(text: string, written: string): string {
  if (!written.includes("\n") || !text.includes("\n")) return written;
  const bare = /(?<!\r)\n/.test(text);
  if (!bare) return written.replace(/\r?\n/g, "\r\n");
  return text.includes("\r\n") ? written : written.replaceAll("\r\n", "\n");
}

function clashOf(edits: readonly Edit[], texts: KnownTexts): Reason | undefined {
  for (const [file, own] of Map.groupBy(edits, (edit) => edit.file)) {
    const applied = applyEdits(texts.get(file)?.text ?? null, own);
    if (applied.ok) continue;
    const { fault } = applied;
    const other = fault.code === "overlap" ? fault.other.start : fault.edit.start;
    return reason(BY, "overlap", { file, start: fault.edit.start, other });
  }
  return undefined;
}
