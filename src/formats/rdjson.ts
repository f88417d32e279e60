/**
 * Reviewdog's diagnostic format (its `reviewdog.proto`): a `DiagnosticResult` as one document, or a `Diagnostic` a line.
 * Columns are bytes of UTF-8 by that file; a tool that is known to count otherwise is read as it counts. Pure.
 */
import { z } from "zod";
import { pathBelow } from "../domain/paths.ts";
import type { Place } from "../domain/finding.ts";
import type { ColumnUnit, Offer, Span } from "../domain/suggestion.ts";

const position = z.object({ line: z.number().int().min(1), column: z.number().int().min(1).nullish() });
const range = z.object({ start: position, end: position.nullish() });
const suggestion = z.object({ range, text: z.string().nullish() });
const named = z.object({ name: z.string().nullish() }).nullish().catch(undefined);
const diagnostic = z.object({
  message: z.string().min(1),
  location: z.object({ path: z.string().min(1), range: range.nullish().catch(undefined) }),
  source: named,
  code: z.object({ value: z.string().nullish() }).nullish().catch(undefined),
  suggestions: z.array(z.unknown()).nullish(),
});
const result = z.object({ diagnostics: z.array(z.unknown()), source: named });

/** Biome 2.6 counts code points, whatever the format says (seen on a line with an emoji). */
const COUNTS_OTHERWISE: Readonly<Record<string, ColumnUnit>> = { biome: "code-points" };

export interface Diagnostic {
  /** In lower case. */
  readonly tool: string;
  readonly rule: string;
  readonly message: string;
  readonly at: Place;
  readonly unit: ColumnUnit;
  readonly offers: readonly Offer[];
  readonly brokenFixes: number;
}

export type DiagnosticItem =
  | { readonly kind: "result"; readonly result: Diagnostic }
  | { readonly kind: "broken" | "outside"; readonly detail: string };

/** Undefined where it is no such document. */
export function readRdjson(value: unknown, roots: readonly string[]): Iterable<DiagnosticItem> | undefined {
  const parsed = result.safeParse(value);
  if (!parsed.success) return undefined;
  const { diagnostics, source } = parsed.data;
  return diagnostics.map((one) => readDiagnostic(one, roots, source?.name ?? undefined));
}

export function readDiagnostic(value: unknown, roots: readonly string[], source = "rdjson"): DiagnosticItem {
  const parsed = diagnostic.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { kind: "broken", detail: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}` };
  }
  const { message, location, code, suggestions } = parsed.data;
  const file = pathBelow(location.path, roots);
  if (file === undefined) return { kind: "outside", detail: location.path };
  const tool = (parsed.data.source?.name ?? source).toLowerCase();
  const unit = Object.hasOwn(COUNTS_OTHERWISE, tool) ? (COUNTS_OTHERWISE[tool] ?? "utf-8") : "utf-8";
  const { line = 1, column = 1 } = location.range?.start ?? {};
  const changes = (suggestions ?? []).map((one) => changeOf(one, file, unit));
  return {
    kind: "result",
    result: {
      tool,
      rule: code?.value ?? "unnamed",
      message,
      at: { file, line, column: column ?? 1 },
      unit,
      offers: offersOf(changes.filter((change) => change !== undefined), message),
      brokenFixes: changes.filter((change) => change === undefined).length,
    },
  };
}

type Wanted = Offer["changes"][number];

/** Several suggestions may be the parts of one change or ways to choose from, and the format does not say: all, then each. */
function offersOf(changes: readonly Wanted[], title: string): Offer[] {
  const each = changes.map((change): Offer => ({ title, safety: "unsafe", changes: [change] }));
  return changes.length > 1 ? [{ title, safety: "unsafe", changes }, ...each] : each;
}

function changeOf(value: unknown, file: string, unit: ColumnUnit): Wanted | undefined {
  const parsed = suggestion.safeParse(value);
  return parsed.success ? { file, span: spanOf(parsed.data.range, unit), after: parsed.data.text ?? "" } : undefined;
}

/** Lines alone are whole lines, the last one included; a start with a column and no end is a place between characters. */
function spanOf({ start, end }: z.infer<typeof range>, unit: ColumnUnit): Span {
  if (!start.column && !end?.column) return { kind: "lines", first: start.line, last: end?.line ?? start.line };
  const from = { line: start.line, column: start.column ?? 1 };
  return { kind: "columns", from, to: end ? { line: end.line, ...(end.column && { column: end.column }) } : from, unit };
}
