/**
 * Reads ruff's JSON report (`--output-format json`) and turns its fixes into edits. ruff counts code points, without a
 * BOM, and lines as Python does. Never makes an edit of a place that is not in the text, and none in a notebook, whose
 * positions are those of a cell and not of the file.
 */
import { z } from "zod";
import { categoryOf } from "../../domain/categories.ts";
import type { Edit } from "../../domain/edit.ts";
import { finding, type Finding, type Fix } from "../../domain/finding.ts";
import { jsonIn } from "./json-output.ts";
import { Lines } from "./lines.ts";
import { withoutRoot } from "./paths.ts";

const place = z.object({ row: z.number().int(), column: z.number().int() });
const fix = z.object({
  applicability: z.enum(["safe", "unsafe", "display"]),
  message: z.string().nullish(),
  edits: z.array(z.object({ content: z.string().nullable(), location: place, end_location: place })),
});
const violation = z.object({
  /** Null for what does not parse, before ruff 0.12. */
  code: z.string().nullable(),
  message: z.string(),
  filename: z.string(),
  location: place,
  fix: fix.nullish(),
});
const report = z.array(violation);

export type RuffViolation = z.infer<typeof violation>;
type RuffFix = z.infer<typeof fix>;

/** Undefined where the output is no whole report. */
export function parseRuffReport(output: string): readonly RuffViolation[] | undefined {
  return report.safeParse(jsonIn(output)).data;
}

export const NOTEBOOK = ".ipynb";
const SYNTAX = "invalid-syntax";

/** Where a violation comes from. */
export interface Linted {
  readonly check: string;
  readonly root: string;
  readonly file: string;
  /** Absent where the file cannot be read as text: then columns are ruff's own, and there are no fixes. */
  readonly text: Lined | undefined;
}

export interface Lined {
  readonly text: string;
  readonly lines: Lines;
}

export function lined(text: string): Lined {
  return { text, lines: new Lines(text) };
}

export function ruffFinding({ code, message, location, fix: offered }: RuffViolation, { check, root, file, text }: Linted): Finding {
  const rule = code ?? SYNTAX;
  const { row: line, column } = location;
  const made = offered && text ? toFix(file, text, offered, message) : undefined;
  return finding({
    by: check,
    tool: "ruff",
    rule,
    category: categoryOf("ruff", rule),
    message: withoutRoot(root, message),
    at: { file, line: Math.max(1, line), column: text?.lines.column(line, column - 1, "code-point") ?? column },
    ...(made && { fixes: [made] }),
  });
}

/** All edits or none: a half of a fix is another change. */
function toFix(file: string, text: Lined, { applicability, edits, message }: RuffFix, otherwise: string): Fix | undefined {
  const made = edits.map(({ content, location, end_location: end }) => toEdit(file, text, { after: content ?? "", location, end }));
  const whole = made.filter((edit) => edit !== undefined);
  if (whole.length === 0 || whole.length < made.length) return undefined;
  return { title: message ?? otherwise, safety: applicability, edits: whole };
}

interface Replacement {
  readonly after: string;
  readonly location: z.infer<typeof place>;
  readonly end: z.infer<typeof place>;
}

function toEdit(file: string, { text, lines }: Lined, { after, location, end }: Replacement): Edit | undefined {
  const start = lines.offset(location.row, location.column - 1, "code-point");
  const stop = lines.offset(end.row, end.column - 1, "code-point");
  if (start === undefined || stop === undefined || stop < start) return undefined;
  return { file, start, before: text.slice(start, stop), after };
}
