/**
 * What programs that check components tell, as findings: TypeScript's codes as `tsc` would have them, and their own.
 * Here because `svelte-check` and `astro check` must agree on them with `tsc`, so that fixes for its codes apply.
 */
import { categoryOf } from "../../domain/categories.ts";
import { finding, type Finding } from "../../domain/finding.ts";
import type { Reading } from "../../domain/reading.ts";
import { fault } from "./outcome.ts";
import { repositoryPath, withoutRoot } from "./paths.ts";
import { unreadable, type Ran } from "./run-tool.ts";
import { isFatal } from "./tsc-output.ts";

export interface ComponentDiagnostic {
  readonly isError: boolean;
  readonly file: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  /** `TS2322`, or the program's own code. */
  readonly code: string;
  readonly message: string;
}

export interface Checked {
  readonly check: string;
  readonly root: string;
  /** The folder that the program ran in, relative to the root. */
  readonly folder: string;
}

const TYPESCRIPT = /^TS\d+$/;

function componentFinding(one: ComponentDiagnostic, tool: string, { check, root, folder }: Checked): Finding {
  const { line, column, code, message } = one;
  const category = categoryOf(TYPESCRIPT.test(code) ? "tsc" : tool, code);
  const file = repositoryPath(root, folder, one.file.replaceAll("\\", "/"));
  return finding({ by: check, rule: code, category, message: withoutRoot(root, message), at: { file, line, column } });
}

/** The reading of a program that has run: of its diagnostics, where it printed them and they are about the code. */
export function componentReading(ran: Ran, diagnostics: readonly ComponentDiagnostic[] | undefined, tool: string, checked: Checked): Reading {
  const { check } = checked;
  if (ran.fault) return ran.fault;
  const { outcome, hasFound } = ran;
  if (!diagnostics || (hasFound && diagnostics.length === 0)) return unreadable(check, outcome);
  const { durationMs } = outcome;
  const fatal = diagnostics.find(hidesCode);
  if (fatal) return fault("unreadable", check, `${fatal.file} ${fatal.code}: ${fatal.message}`, durationMs);
  return { kind: "read", check, findings: diagnostics.map((one) => componentFinding(one, tool, checked)), durationMs };
}

/** Where the configuration is wrong, what is wrong with the code does not show. */
function hidesCode({ file, code, line, column, message }: ComponentDiagnostic): boolean {
  return TYPESCRIPT.test(code) && isFatal({ file, code, line, column, message });
}
