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

/** Undefined where it is not go's output, or not whole. */
export function parseGoOutput(text: string): GoOutput | undefined {
  const diagnostics: GoDiagnostic[] = [];
  const analyzed: string[] = [];
  const lines = text.split(/\r?\n/);
  let area = LOADING;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const [, header] = HEADER.exec(line) ?? [];
    const told = LINE.exec(line);
    if (header !== undefined) area = header;
    else if (line.startsWith("{")) {
      const end = line === "{}" ? at : lines.indexOf("}", at);
      const read = end < 0 || area === LOADING ? undefined : parseReport(lines.slice(at, end + 1).join("\n"));
      if (!read) return undefined;
      analyzed.push(area);
      diagnostics.push(...read);
      at = end;
    } else if (told) diagnostics.push({ area, file: told[1] ?? "", line: Number(told[2]), column: Number(told[3] ?? 1), message: told[4] ?? "", fixes: [] });
    else if (/^\s/.test(line)) {
      const last = diagnostics.pop();
      if (!last) return undefined;
      diagnostics.push({ ...last, message: `${last.message} ${line.trim()}` });
    } else if (!ASIDE.test(line)) return undefined;
  }
  return { diagnostics, analyzed };
}

/** What go says before it comes to any package: imports that lead nowhere. */
export const LOADING = "";

function parseReport(text: string): GoDiagnostic[] | undefined {
  const read = report.safeParse(parse(text));
  if (!read.success) return undefined;
  const diagnostics: GoDiagnostic[] = [];
  for (const [area, analyzers] of Object.entries(read.data)) {
    for (const [analyzer, results] of Object.entries(analyzers)) {
      if (!Array.isArray(results)) return undefined;
      for (const { posn, message, suggested_fixes: fixes = [] } of results) {
        const [, file, line = "1", column = "1"] = /^(.*?\.go):(\d+)(?::(\d+))?$/.exec(posn) ?? [];
        // A package's test variants are told under names of their own: `path [path.test]`.
        if (file !== undefined) diagnostics.push({ area: area.split(" ")[0] ?? area, file, line: Number(line), column: Number(column), analyzer, message, fixes });
      }
    }
  }
  return diagnostics;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The compiler gives no codes; these words stand in their place. */
const RULES: readonly (readonly [rule: string, words: RegExp])[] = [
  ["syntax", /^syntax error|^expected |^invalid character|^illegal |not terminated$/],
  ["import", /^imported and not used|^"[^"]+" imported (?:and|but) not used|could not import|^no required module|^package \S+ is not in|cannot find package|import cycle/],
  ["undefined", /^undefined|undefined \(type|has no field or method|^undeclared name|not exported by package|not declared by package/],
  ["implements", /does not implement|missing method|missing return|impossible type (?:assertion|switch)/],
  ["type", /^cannot use|mismatched types|^cannot convert|^invalid operation|(?:too many|not enough) (?:arguments|return values)|assignment mismatch|^non-boolean|^cannot assign/],
  ["unused", /declared (?:and|but) not used|is not used$|defined and not used/],
];

export function goRule({ analyzer, message }: GoDiagnostic): string {
  return analyzer ?? RULES.find(([, words]) => words.test(message))?.[0] ?? "compile";
}

/** What go says where a module is not there. */
export const MODULE_MISSING = /module lookup disabled by GOPROXY=off|missing go\.sum entry|updates to go\.(?:mod|sum) needed|go: cannot find GOROOT|requires go >= /;
