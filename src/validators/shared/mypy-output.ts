/**
 * Reads what mypy prints: a JSON document a line (`--output json`, 1.11 and later), or lines of text. Notes belong to the
 * error before them. Forgives what a launcher says in front of the first diagnostic, and no line behind it: a mypy that
 * broke down half way must not pass for one that found less.
 */
import { z } from "zod";

export interface MypyError {
  /** Empty where it is about the program as a whole. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Bytes (UTF-8) of the line that stand before it: mypy takes columns from Python's syntax tree. */
  readonly before: number;
  readonly code: string;
  readonly message: string;
}

interface Diagnostic extends MypyError {
  readonly severity: string;
}

/** Undefined where it is not mypy's output. */
export function parseMypyOutput(output: string): MypyError[] | undefined {
  const errors: MypyError[] = [];
  let begun = false;
  for (const line of output.split(/\r?\n/).filter((one) => one.trim() !== "")) {
    const found = fromJson(line) ?? fromText(line);
    if (!found && begun) return undefined;
    if (!found) continue;
    begun = true;
    const { severity, ...error } = found;
    const last = errors.at(-1);
    if (severity === "error") errors.push(error);
    else if (last && isOwn(error.message) && error.file === last.file) errors.splice(-1, 1, withNote(last, error.message));
  }
  return begun || output.trim() === "" ? errors : undefined;
}

const document = z.object({
  file: z.string(),
  line: z.number().int(),
  /** Counts from 0, unlike the text. */
  column: z.number().int(),
  message: z.string(),
  hint: z.string().nullish(),
  code: z.string().nullable(),
  severity: z.string().default("error"),
});

function fromJson(line: string): Diagnostic | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const { file, line: row, column, message, hint, code, severity } = document.parse(JSON.parse(line));
    const notes = (hint ?? "").split("\n").filter((note) => note !== "" && isOwn(note));
    return { file, line: Math.max(1, row), before: Math.max(0, column), code: code ?? MISC, message: [message, ...notes].join(NOTE), severity };
  } catch {
    return undefined;
  }
}

const MISC = "misc";
const NOTE = " – ";
const TEXT = /^(.+?):(?:(\d+):(?:(\d+):)?)? (error|warning|note): (.*?)(?: {2}\[([\w-]+)\])?$/;

function fromText(line: string): Diagnostic | undefined {
  const [, file, row, column, severity, message, code = MISC] = TEXT.exec(line) ?? [];
  if (file === undefined || severity === undefined || message === undefined) return undefined;
  const place = { file: row === undefined ? "" : file, line: Number(row ?? 1), before: Math.max(0, Number(column ?? 1) - 1) };
  return { ...place, code, message: row === undefined ? `${file}: ${message}` : message, severity };
}

/** What mypy says once in a run, at whichever error comes first, is no part of that error. */
const ONCE = [/^See https?:/, /^\(or run "mypy --install-types"/, /^Hint: /, /^Use "-X" /, /^Error code "[\w-]+" not covered by/, /^Revealed /];

function isOwn(note: string): boolean {
  return !ONCE.some((once) => once.test(note.trim()));
}

function withNote(error: MypyError, note: string): MypyError {
  return { ...error, message: `${error.message}${NOTE}${note}` };
}
