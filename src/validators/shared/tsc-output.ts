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

const LISTED = /^(?:\/|[A-Za-z]:[\\/]).*\.(?:[cm]?[jt]sx?|json|vue)$/;
const HEAD = /^(?:(.+?)\((\d+),(\d+)\): )?(?:error|warning) (TS\d+): (.*)$/;

/** What the compiler printed: what is wrong, and with `--listFiles` the absolute paths of all files that it read. */
export interface Output {
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly string[];
}

/** Lines that are indented belong to the one before. Undefined where it is not the compiler's output. */
export function parseOutput(output: string): Output | undefined {
  const diagnostics: Diagnostic[] = [];
  const files: string[] = [];
  for (const line of output.split(/\r?\n/)) {
    const head = HEAD.exec(line);
    const last = diagnostics.at(-1);
    if (head) diagnostics.push(diagnostic(head));
    else if (/^\s/.test(line) && last) diagnostics.splice(-1, 1, { ...last, message: `${last.message} ${line.trim()}` });
    else if (LISTED.test(line)) files.push(line);
    else if (line !== "") return undefined;
  }
  return { diagnostics, files };
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
