/**
 * Reads what `astro check` prints for people, since it prints nothing else: a head for each diagnostic, the source below
 * it, and counts at the end. Never forgives counts that are not those of the diagnostics that it read.
 */
import type { ComponentDiagnostic } from "./component-check.ts";

const COLOUR = /\u001B\[\d*(?:;\d+)*m/g;
/** The source below a head, with its line number or a mark under it. */
const FRAME = "\u001B[7m";
const HEAD = /^(.+?):(\d+):(\d+) - (error|warning|message|suggestion) ([\w@/-]+)(?:\((.+?)\))?: (.*)$/;
const RESULT = /^Result \(\d+ files?\): *$/;
const COUNT = /^- (\d+) (error|warning)s?$/;

/** Undefined where it is not the program's whole output. */
export function parseAstroOutput(output: string): readonly ComponentDiagnostic[] | undefined {
  const lines = output.split(/\r?\n/).filter((raw) => !raw.startsWith(FRAME)).map((raw) => raw.replace(COLOUR, ""));
  const end = lines.findLastIndex((line) => RESULT.test(line));
  const diagnostics = diagnosticsIn(lines.slice(0, Math.max(0, end)));
  const counted = new Map(lines.slice(end + 1).flatMap((line) => countIn(line)));
  const errors = diagnostics.filter(({ isError }) => isError).length;
  return counted.get("error") === errors && counted.get("warning") === diagnostics.length - errors ? diagnostics : undefined;
}

function countIn(line: string): [kind: string, count: number][] {
  const [, count, kind] = COUNT.exec(line) ?? [];
  return count === undefined ? [] : [[kind ?? "", Number(count)]];
}

/** A message may have several lines; the source follows behind an empty one. */
function diagnosticsIn(lines: readonly string[]): ComponentDiagnostic[] {
  const diagnostics: ComponentDiagnostic[] = [];
  let isMessage = false;
  for (const line of lines) {
    const head = HEAD.exec(line);
    const last = diagnostics.at(-1);
    if (head) diagnostics.push(diagnostic(head));
    else if (isMessage && last && line !== "") diagnostics.splice(-1, 1, { ...last, message: `${last.message} ${line.trim()}` });
    isMessage = head !== null || (isMessage && line !== "");
  }
  return diagnostics;
}

function diagnostic([, file = "", line, column, severity, source = "", code, message = ""]: RegExpExecArray): ComponentDiagnostic {
  return { isError: severity === "error", file, line: Number(line), column: Number(column), code: codeFrom(source, code), message };
}

/** Astro's compiler has codes for its warnings, and none for what it cannot parse. */
function codeFrom(source: string, code: string | undefined): string {
  if (code === undefined) return "parse";
  return source === "ts" ? `TS${code}` : `${source}-${code}`;
}
