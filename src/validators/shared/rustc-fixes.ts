/**
 * Turns rustc's suggestions into fixes, as rustfix reads them: each note or help with replacements is one suggestion, and
 * all of its replacements belong together. Where it lists alternatives (`consider importing one of these`), which rustc
 * flattens into one list, each is a fix of its own. Never edits what a macro wrote, nor a file outside of the repository.
 *
 * `MachineApplicable` is safe, `MaybeIncorrect` unsafe, `HasPlaceholders` for display. `Unspecified` is unsafe: rustc
 * vouches for nothing then, and a trial tells.
 */
import type { Fix } from "../../domain/finding.ts";
import type { Edit, Safety } from "../../domain/proposal.ts";
import type { Diagnostic, Span } from "./cargo-output.ts";
import type { FromBytes } from "./utf8-places.ts";

/** A file of the repository with its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly fromBytes: FromBytes;
}

export type FindFile = (fileName: string) => SourceFile | undefined;

const SAFETY: Readonly<Record<string, Safety>> = { MachineApplicable: "safe", MaybeIncorrect: "unsafe", HasPlaceholders: "display" };
const ORDER: readonly Safety[] = ["safe", "unsafe", "display"];
/** More alternatives than these help nobody. */
const MAX_ALTERNATIVES = 10;

export function fixesOf({ children }: Diagnostic, find: FindFile): Fix[] {
  return children.flatMap(({ message, spans }) => {
    const parts = spans.filter((one) => typeof one.suggested_replacement === "string");
    const suggestions = alternatives(parts).slice(0, MAX_ALTERNATIVES);
    return suggestions.flatMap((suggestion) => {
      const edits = editsOf(suggestion, find);
      const title = suggestions.length > 1 ? `${message}: ${suggestion.map(replacementOf).join(" ").trim()}` : message;
      return edits && edits.length > 0 ? [{ title, safety: safetyOf(suggestion), edits }] : [];
    });
  });
}

function replacementOf({ suggested_replacement: text }: Span): string {
  return text ?? "";
}

/** Where the same places come round again, each round is one alternative. None where they can be told neither way. */
function alternatives(parts: readonly Span[]): (readonly Span[])[] {
  if (parts.length === 0) return [];
  const places = parts.map(({ file_name: file, byte_start: from, byte_end: to }) => `${file}:${from}:${to}`);
  const size = places.indexOf(places[0] ?? "", 1);
  if (size < 0) return new Set(places).size === places.length ? [parts] : [];
  const isRound = places.length % size === 0 && places.every((place, index) => place === places[index % size]);
  return isRound ? Array.from({ length: places.length / size }, (_, round) => parts.slice(round * size, (round + 1) * size)) : [];
}

function safetyOf(parts: readonly Span[]): Safety {
  const grades = parts.map(({ suggestion_applicability: grade }) => SAFETY[grade ?? ""] ?? "unsafe");
  return ORDER.findLast((grade) => grades.includes(grade)) ?? "unsafe";
}

/** All of a suggestion's edits; undefined where one cannot be made. */
function editsOf(parts: readonly Span[], find: FindFile): Edit[] | undefined {
  const edits: Edit[] = [];
  for (const part of parts) {
    const edit = editOf(part, find);
    if (!edit) return undefined;
    // An insertion right before what is replaced, as in `&` and then another name, is one edit.
    const last = edits.at(-1);
    const isJoined = last?.file === edit.file && last.start === edit.start && last.before === "";
    if (isJoined) edits.splice(-1, 1, { ...edit, after: `${last.after ?? ""}${edit.after ?? ""}` });
    else edits.push(edit);
  }
  return edits.filter(({ before, after }) => before !== after);
}

function editOf(part: Span, find: FindFile): Edit | undefined {
  const file = part.expansion ? undefined : find(part.file_name);
  const [start, end] = [file?.fromBytes(part.byte_start), file?.fromBytes(part.byte_end)];
  if (!file || start === undefined || end === undefined || end < start) return undefined;
  return { file: file.path, start, before: file.text.slice(start, end), after: withEndsOf(file.text, replacementOf(part)) };
}

/** rustc writes \n; a file whose first line ends otherwise keeps its own way. */
function withEndsOf(text: string, replacement: string): string {
  return /^[^\n]*\r\n/.test(text) ? replacement.replace(/(?<!\r)\n/g, "\r\n") : replacement;
}
