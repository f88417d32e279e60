/**
 * Reads what `astro check` prints for people, since it prints nothing else: a head for each diagnostic, the source below
 * it, and counts at the end. Never forgives counts that are not those of the diagnostics that it read.
 */
import type { ComponentDiagnostic } from "./component-check.ts";

const COLOUR = /\u001B\[\d*(?:;\d+)*m/g;
/** The source below a head, with its line number or a mark under it. */
const FRAME = "\u001B[7m";
const HEAD = /^(.+?):(\d+):(\d+) - (error|warning|message|suggestion) ([\w@/-]+)\((.+?)\): (.*)$/;
const RESULT = /^Result \(\d+ files?\): *$/;
const COUNT = /^- (\d+) (errors?|warnings?)$/;

/** Undefined where it is not the program's whole output. */
export function parseAstroOutput(output: string): readonly ComponentDiagnostic[] | undefined {
  const diagnostics: ComponentDiagnostic[] = [];
  const counted = new Map<string, number>();
  let isMessage = false;
  let isResult = false;
  for (const raw of output.split(/\r?\n/)) {
    if (raw.startsWith(FRAME)) continue;
    const line = raw.replace(COLOUR, "");
    const head = HEAD.exec(line);
    const count = isResult ? COUNT.exec(line) : null;
    if (head) diagnostics.push(diagnostic(head));
    else if (isMessage && line !== "") addTo(diagnostics, line);
    else if (count) counted.set((count[2] ?? "").replace(/s$/, ""), Number(count[1]));
    isMessage = head !== null || (isMessage && line !== "");
    isResult ||= RESULT.test(line);
  }
  const errors = diagnostics.filter(({ isError }) => isError).length;
  return counted.get("error") === errors && counted.get("warning") === diagnostics.length - errors ? diagnostics : undefined;
}

function diagnostic([, file = "", line, column, severity, source = "", code = "", message = ""]: RegExpExecArray): ComponentDiagnostic {
  const name = source === "ts" ? `TS${code}` : `${source}-${code}`;
  return { isError: severity === "error", file, line: Number(line), column: Number(column), code: name, message };
}

/** A message may have several lines; the source follows behind an empty one. */
function addTo(diagnostics: ComponentDiagnostic[], line: string): void {
  const last = diagnostics.pop();
  if (last) diagnostics.push({ ...last, message: `${last.message} ${line.trim()}` });
}
