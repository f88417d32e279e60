/**
 * Reads what `svelte-check --output machine-verbose` prints: a line for each diagnostic, between one that says that it
 * has begun and one that counts them. Never forgives a line between them that it does not know, nor another count.
 */
import { z } from "zod";
import type { ComponentDiagnostic } from "./component-check.ts";

const line = z.object({
  type: z.enum(["ERROR", "WARNING"]),
  filename: z.string(),
  start: z.object({ line: z.number().int().nonnegative(), character: z.number().int().nonnegative() }),
  message: z.string(),
  code: z.union([z.number(), z.string()]).optional(),
  source: z.string().optional(),
});

const START = /^\d+ START /;
const COMPLETED = /^\d+ COMPLETED \d+ FILES (\d+) ERRORS (\d+) WARNINGS /;
const DIAGNOSTIC = /^\d+ (\{.*\})$/;

/** Undefined where it is not the program's whole output. */
export function parseSvelteOutput(output: string): readonly ComponentDiagnostic[] | undefined {
  const lines = output.split(/\r?\n/);
  const start = lines.findIndex((text) => START.test(text));
  const end = lines.findIndex((text) => COMPLETED.test(text));
  if (start < 0 || end < start) return undefined;
  const diagnostics: ComponentDiagnostic[] = [];
  for (const text of lines.slice(start + 1, end)) {
    const one = diagnosticIn(text);
    if (!one) return undefined;
    diagnostics.push(one);
  }
  const [, errors, warnings] = COMPLETED.exec(lines[end] ?? "") ?? [];
  const found = diagnostics.filter(({ isError }) => isError).length;
  return found === Number(errors) && diagnostics.length - found === Number(warnings) ? diagnostics : undefined;
}

function diagnosticIn(text: string): ComponentDiagnostic | undefined {
  const [, json] = DIAGNOSTIC.exec(text) ?? [];
  if (json === undefined) return undefined;
  try {
    const { type, filename, start, message, code, source = "svelte" } = line.parse(JSON.parse(json));
    const place = { file: filename, line: start.line + 1, column: start.character + 1 };
    return { isError: type === "ERROR", ...place, code: codeFrom(code, source), message };
  } catch {
    return undefined;
  }
}

/** -1 stands for what Svelte's own parser, and no type checker, has to say. */
function codeFrom(code: string | number | undefined, source: string): string {
  if (typeof code === "number") return code > 0 ? `TS${code}` : "parse";
  return code ?? source;
}
