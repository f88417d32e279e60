/**
 * Reads ESLint's JSON report (https://eslint.org/docs/latest/use/formatters/#json) and turns its fixes into edits.
 * Never makes an edit of a range that does not lie in the text.
 */
import { z } from "zod";
import { categoryOf } from "../../domain/categories.ts";
import { finding, type Finding, type Fix } from "../../domain/finding.ts";
import type { Edit, Safety } from "../../domain/proposal.ts";
import { jsonIn } from "./json-output.ts";
import { withoutRoot } from "./paths.ts";

const change = z.object({ range: z.tuple([z.number().int(), z.number().int()]), text: z.string() });
const message = z.object({
  ruleId: z.string().nullable(),
  message: z.string(),
  fatal: z.boolean().optional(),
  line: z.number().nullish(),
  column: z.number().nullish(),
  fix: change.optional(),
  suggestions: z.array(z.object({ desc: z.string(), fix: change })).optional(),
});
const report = z.array(z.object({ filePath: z.string(), messages: z.array(message) }));

type Change = z.infer<typeof change>;
type Message = z.infer<typeof message>;
export type LintedFile = z.infer<typeof report>[number];

/** One entry for each file that was linted; undefined where the text is no report. */
export function parseEslintReport(text: string): readonly LintedFile[] | undefined {
  return report.safeParse(jsonIn(text)).data;
}

/** Notes on a file as a whole ("File ignored because …") say nothing of its code. */
export function isAboutCode({ ruleId, fatal, line }: Message): boolean {
  return ruleId !== null || fatal === true || typeof line === "number";
}

/** Where a message comes from. */
export interface Linted {
  readonly check: string;
  readonly root: string;
  readonly file: string;
  /** The file's text with its BOM; absent where it cannot be read, and then there are no fixes. */
  readonly text: string | undefined;
}

export function lintFinding(one: Message, { check, root, file, text }: Linted): Finding {
  const rule = one.ruleId ?? (one.fatal === true ? "fatal" : "unused-directive");
  const toFix = (title: string, safety: Safety, fix: Change | undefined): Fix[] => {
    const edit = fix && text !== undefined ? toEdit(file, text, fix) : undefined;
    return edit ? [{ title, safety, edits: [edit] }] : [];
  };
  const fixes = [
    ...toFix(one.message, "safe", one.fix),
    ...(one.suggestions ?? []).flatMap(({ desc, fix }) => toFix(desc, "unsafe", fix)),
  ];
  return finding({
    by: check,
    tool: "eslint",
    rule,
    category: categoryOf("eslint", rule),
    message: withoutRoot(root, one.message),
    at: { file, line: Math.max(1, one.line ?? 1), column: Math.max(1, one.column ?? 1) },
    ...(fixes.length > 0 && { fixes }),
  });
}

const BOM = "\uFEFF";

/**
 * ESLint counts UTF-16 code units without the BOM; -1 stands for the BOM itself, which is also replaced by a text that
 * brings its own.
 */
function toEdit(file: string, text: string, { range: [from, to], text: after }: Change): Edit | undefined {
  const bom = text.startsWith(BOM) ? 1 : 0;
  const start = from < 0 || (from === 0 && after.startsWith(BOM)) ? 0 : from + bom;
  const end = to + bom;
  const before = text.slice(start, end);
  const isInside = start <= end && end <= text.length;
  return isInside && before !== after ? { file, start, before, after } : undefined;
}
