/**
 * Holds a reviewer's findings against the file. What quotes code that is not there is dropped and counted: a reviewer that makes
 * up code makes up defects. Lines are put right by the quote; an edit whose text does not stand there once is no edit.
 */
import type { Place } from "../domain/finding.ts";
import type { RawFinding } from "./answer.ts";
import type { Subject } from "./subject.ts";

export interface HeldFinding extends Pick<RawFinding, "rule" | "message" | "confidence" | "rationale"> {
  readonly at: Place;
  /** The edits with which it is settled; empty where the reviewer has none that fit. */
  readonly edits: NonNullable<RawFinding["edits"]>;
}

/** How many were left out, by why. `edits`: the finding stays, its edits do not. */
export interface Dropped {
  readonly unquotable: number;
  readonly outside: number;
  readonly repeated: number;
  readonly edits: number;
  readonly broken: number;
}

export function holdAgainst({ file, text, change }: Pick<Subject, "file" | "text" | "change">, raw: readonly RawFinding[], broken = 0): { readonly findings: readonly HeldFinding[]; readonly dropped: Dropped } {
  const plain = text.replace(/^\uFEFF/, "").replace(/\r\n/g, "\n");
  const dropped = { unquotable: 0, outside: 0, repeated: 0, edits: 0, broken };
  const findings = new Map<string, HeldFinding>();
  for (const { line, quote, edits = [], rule, message, confidence, rationale } of raw) {
    const span = quoted(plain, quote, line);
    if (!span) {
      dropped.unquotable++;
      continue;
    }
    if (change && !touches(span, change.lines)) {
      dropped.outside++;
      continue;
    }
    const name = JSON.stringify([span.line, rule, message]);
    if (findings.has(name)) dropped.repeated++;
    const fits = edits.every(({ old_string, new_string }) => old_string !== new_string && standsOnce(plain, old_string.replace(/\r\n/g, "\n")));
    if (!fits) dropped.edits++;
    findings.set(name, { at: { file, line: span.line, column: span.column }, rule, message, confidence, ...(rationale !== undefined && { rationale }), edits: fits ? edits : [] });
  }
  return { findings: [...findings.values()], dropped };
}

interface Span {
  readonly line: number;
  readonly column: number;
  readonly lines: number;
}

/** Where the quote stands, nearest to the line that was named; indentation and trailing space need not be the file's. */
function quoted(text: string, quote: string, near: number): Span | undefined {
  const wanted = quote.replace(/\r\n/g, "\n").trim().split("\n").map((line) => line.trim());
  const lines = text.split("\n");
  const places = lines.flatMap((line, index): Span[] => {
    const isThere = wanted.length === 1 ? line.includes(wanted[0] ?? "") : wanted.every((part, more) => lines[index + more]?.trim() === part);
    return isThere ? [{ line: index + 1, column: Math.max(0, line.indexOf(wanted[0] ?? "")) + 1, lines: wanted.length }] : [];
  });
  return places.sort((one, other) => Math.abs(one.line - near) - Math.abs(other.line - near))[0];
}

function touches({ line, lines }: Span, changed: ReadonlySet<number>): boolean {
  return Array.from({ length: lines }, (_, index) => line + index).some((one) => changed.has(one));
}

function standsOnce(text: string, part: string): boolean {
  const at = text.indexOf(part);
  return at >= 0 && !text.includes(part, at + 1);
}
