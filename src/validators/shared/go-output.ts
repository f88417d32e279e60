/**
 * Reads what `go build` and `go vet -json` print: a header for each package, then its compiler's lines, or one JSON object
 * with what the analyzers found. A line that fits neither is not forgiven: go that broke down half way must not pass for go
 * that found less.
 */
import { z } from "zod";

export interface GoDiagnostic {
  /** The package's import path. */
  readonly area: string;
  /** As go writes it: relative to where it ran, or absolute. */
  readonly file: string;
  readonly line: number;
  /** In bytes, from 1. */
  readonly column: number;
  /** The analyzer; undefined for the compiler. */
  readonly analyzer?: string;
  readonly message: string;
  readonly fixes: readonly GoFix[];
}

export interface GoFix {
  readonly message: string;
  readonly edits: readonly { readonly filename: string; readonly start: number; readonly end: number; readonly new: string }[];
}

export interface GoOutput {
  readonly diagnostics: readonly GoDiagnostic[];
  /** The packages that the analyzers went through. */
  readonly analyzed: readonly string[];
}

const edit = z.object({ filename: z.string(), start: z.number().int(), end: z.number().int(), new: z.string().default("") });
const found = z.object({
  posn: z.string(),
  message: z.string(),
  suggested_fixes: z.array(z.object({ message: z.string().default(""), edits: z.array(edit).default([]) })).optional(),
});
const failed = z.object({ error: z.string() });
const report = z.record(z.string(), z.record(z.string(), z.union([z.array(found), failed])));

/** Before a package's lines: `# path`, `# path [path.test]`, and since Go 1.22 `# [path]`. */
const HEADER = /^# \[?([^\s[\]]+)\]?(?: \[[^\]]*\])?$/;
const LINE = /^(?:vet: )?((?:[A-Za-z]:)?[^:\n]+\.go):(\d+)(?::(\d+))?: (.*)$/;
/** What go says of itself. */
const ASIDE = /^go: (?:warning: |downloading )|^no packages to |^too many errors$|^note: |^$/;

/** What go says before it comes to any package: imports that lead nowhere. */
export const LOADING = "";

/** Undefined where it is not go's output, or not whole. */
export function parseGoOutput(text: string): GoOutput | undefined {
  const diagnostics: GoDiagnostic[] = [];
  const analyzed: string[] = [];
  const lines = text.split(/\r?\n/);
  let area = LOADING;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const [, header] = HEADER.exec(line) ?? [];
    if (header !== undefined) area = header;
    else if (line.startsWith("{") && area !== LOADING) {
      const end = line === "{}" ? at : lines.indexOf("}", at);
      const read = end < 0 ? undefined : parseReport(lines.slice(at, end + 1).join("\n"));
      if (!read) return undefined;
      analyzed.push(area);
      diagnostics.push(...read);
      at = end;
    } else if (!addLine(line, area, diagnostics)) return undefined;
  }
  return { diagnostics, analyzed };
}

/** Whether it is a line of the compiler's. One that is indented belongs to the one before. */
function addLine(line: string, area: string, diagnostics: GoDiagnostic[]): boolean {
  const [told, file = "", row, column = "1", message = ""] = LINE.exec(line) ?? [];
  const last = diagnostics.at(-1);
  if (told !== undefined) diagnostics.push({ area, file, line: Number(row), column: Number(column), message, fixes: [] });
  else if (/^\s/.test(line) && last) diagnostics.splice(-1, 1, { ...last, message: `${last.message} ${line.trim()}` });
  else return ASIDE.test(line);
  return true;
}

function parseReport(text: string): GoDiagnostic[] | undefined {
  const read = report.safeParse(parse(text));
  if (!read.success) return undefined;
  const all = Object.entries(read.data).flatMap(([area, analyzers]) => Object.entries(analyzers).map(([analyzer, results]) => ({ area, analyzer, results })));
  if (all.some(({ results }) => !Array.isArray(results))) return undefined;
  return all.flatMap(({ area, analyzer, results }) => (Array.isArray(results) ? results.flatMap((one) => toDiagnostic(area, analyzer, one)) : []));
}

/** A package's test variants are told under names of their own: `path [path.test]`. */
function toDiagnostic(area: string, analyzer: string, { posn, message, suggested_fixes: fixes = [] }: z.infer<typeof found>): GoDiagnostic[] {
  const [, file, line = "1", column = "1"] = /^(.*?\.go):(\d+)(?::(\d+))?$/.exec(posn) ?? [];
  return file === undefined ? [] : [{ area: area.split(" ")[0] ?? area, file, line: Number(line), column: Number(column), analyzer, message, fixes }];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
