/**
 * Tells whether something in a file still asks for what looks unused there: a misspelt use leaves its declaration
 * unused, and to delete that would make the slip final. Such a deletion waits until the other error is settled.
 */
import type ts from "typescript";
import { likeness } from "./learned/names.ts";
import type { RawEdit } from "./protocol.ts";
import type { Spot } from "./spot.ts";

/** "Cannot find", "has no exported member", "does not exist on": each names what it did not find. */
const NOT_FOUND: ReadonlySet<number> = new Set([2304, 2305, 2339, 2503, 2551, 2552, 2561, 2353, 2614, 2663, 2724, 18004]);
/** "is declared but never used", and its kin. */
const UNUSED: ReadonlySet<number> = new Set([6133, 6138, 6192, 6196, 6198, 6199, 6205]);
const MIN_LIKENESS = 0.5;
const MAX_SOUGHT = 200;

/** `others` are the edits of this file that are offered for its other findings. Made once per file. */
export function wantedIn(source: ts.SourceFile, diagnostics: readonly ts.Diagnostic[], others: readonly RawEdit[]): (spot: Spot) => boolean {
  const written = new Set(others.flatMap((edit) => (edit.before === null ? [] : wordsOf(resultOf(source.text, edit)))));
  const sought = diagnostics.filter(({ code }) => NOT_FOUND.has(code)).slice(0, MAX_SOUGHT).map(({ start = 0, length = 0 }) => {
    return { start, end: start + length, words: wordsOf(source.text.slice(start, start + length)) };
  });
  const quoted = new Set(diagnostics.filter(({ code }) => !UNUSED.has(code)).slice(0, MAX_SOUGHT).flatMap(quotedIn));
  return (spot) => {
    // Of a whole declaration, not the module that it takes from.
    const names = wordsOf(source.text.slice(spot.start, spot.end).replaceAll(/(["'])[^"'\n]*\1/g, ""));
    if (names.some((name) => written.has(name) || quoted.has(name))) return true;
    const elsewhere = sought.filter(({ start, end }) => end <= spot.start || start >= spot.end).flatMap(({ words }) => words);
    return names.some((name) => elsewhere.some((word) => likeness(name, word) >= MIN_LIKENESS));
  };
}

/** The names that an error's text puts in quotes, as in "property 'x' is missing" and "argument for 'x' was not provided". */
function quotedIn({ messageText, relatedInformation = [] }: ts.Diagnostic): string[] {
  const texts: string[] = [];
  const add = (message: string | ts.DiagnosticMessageChain): void => {
    if (typeof message === "string") texts.push(message);
    else [message.messageText, ...(message.next ?? [])].forEach(add);
  };
  for (const one of [messageText, ...relatedInformation.map((it) => it.messageText)]) add(one);
  return texts.flatMap((text) => [...text.matchAll(/'([\p{ID_Start}$_][\p{ID_Continue}$]*)'/gu)].map(([, name = ""]) => name));
}

/** Takes an unused name away, or marks it as unused for good. */
export function isFarewell(kind: string): boolean {
  return kind.startsWith("unusedIdentifier");
}

const KEYWORDS: ReadonlySet<string> = new Set(["import", "from", "type", "const", "let", "var", "function", "class", "as"]);

function wordsOf(text: string): string[] {
  return (text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []).filter((word) => !KEYWORDS.has(word));
}

/** What an edit inserts, with the rest of the words that it cuts into: edits are as small as they can be. */
function resultOf(text: string, { start, before, after }: RawEdit): string {
  const head = /[\p{ID_Continue}$]*$/u.exec(text.slice(Math.max(start - 200, 0), start))?.[0] ?? "";
  const end = start + (before?.length ?? 0);
  const tail = /^[\p{ID_Continue}$]*/u.exec(text.slice(end, end + 200))?.[0] ?? "";
  return `${head}${after}${tail}`;
}
