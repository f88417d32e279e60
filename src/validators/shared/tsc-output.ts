/**
 * Reads what `tsc --pretty false` prints, the same in TypeScript 5, 6 and 7. Never forgives a line it does not know: a
 * compiler that broke down half way must not pass for one that found less.
 */

/** One diagnostic. Without a file it is about the options or the program as a whole. */
export interface Diagnostic {
  readonly file?: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
}

const HEAD = /^(?:(.+?)\((\d+),(\d+)\): )?(?:error|warning) (TS\d+): (.*)$/;

/** The diagnostics of an output, lines that are indented belonging to the one before; undefined where it is not one. */
export function parseDiagnostics(output: string): Diagnostic[] | undefined {
  const diagnostics: Diagnostic[] = [];
  for (const line of output.split(/\r?\n/)) {
    const head = HEAD.exec(line);
    const last = diagnostics.at(-1);
    if (head) diagnostics.push(diagnostic(head));
    else if (/^\s/.test(line) && last) diagnostics.splice(-1, 1, { ...last, message: `${last.message} ${line.trim()}` });
    else if (line !== "") return undefined;
  }
  return diagnostics;
}

function diagnostic([, file, line, column, code = "", message = ""]: RegExpExecArray): Diagnostic {
  return { ...(file !== undefined && { file }), line: Number(line ?? 1), column: Number(column ?? 1), code, message };
}

/**
 * Codes about the program as a whole that may stand in a source file; the compiler reports them in place of all type
 * errors (`getOptionsDiagnostics` before `getSemanticDiagnostics` in TypeScript's `emitFilesAndReportErrors`).
 */
const PROGRAM_CODES: readonly string[] = [
  ...["TS1149", "TS1261", "TS2688", "TS6053", "TS6054", "TS6059"],
  ...["TS6304", "TS6305", "TS6306", "TS6307", "TS6310", "TS18002", "TS18003"],
];

/** Whether a diagnostic is about the configuration: it hides what is wrong with the code. */
export function isFatal({ file, code }: Diagnostic): boolean {
  return file === undefined || /(^|\/)[tj]sconfig[^/]*\.json$/.test(file) || PROGRAM_CODES.includes(code);
}
