/**
 * Reads oxlint's JSON report, whose columns count bytes. Its fixes are not in it: its language server has them.
 */
import { z } from "zod";
import { categoryOf } from "../../domain/categories.ts";
import { finding, type Finding } from "../../domain/finding.ts";
import type { Columns } from "./columns.ts";
import { jsonIn } from "./json-output.ts";
import { repositoryPath, withoutRoot } from "./paths.ts";

const count = z.number().int().nonnegative();
const diagnostic = z.object({
  message: z.string(),
  code: z.string().optional(),
  filename: z.string(),
  labels: z.array(z.object({ span: z.object({ line: count, column: count }) })),
});
const report = z.object({ diagnostics: z.array(diagnostic), number_of_files: count });

export type OxlintReport = z.infer<typeof report>;
export type OxlintDiagnostic = z.infer<typeof diagnostic>;

/** Undefined where the text is no report. */
export function parseOxlintReport(text: string): OxlintReport | undefined {
  return report.safeParse(jsonIn(text)).data;
}

/** `eslint(no-var)`, `typescript(no-explicit-any)`, `eslint-plugin-unicorn(no-null)`. */
const CODE = /^(?:eslint-plugin-)?([\w@/-]+)\((.+)\)$/;

/** The rule as oxlint's configuration names it; what does not parse has none, nor has a directive that is not needed. */
function ruleOf({ code, message }: OxlintDiagnostic): string {
  if (code === undefined) return /^Unused \S+ directive/.test(message) ? "unused-directive" : "parse";
  const [, plugin = "", rule = code] = CODE.exec(code) ?? [];
  return plugin === "" || plugin === "eslint" ? rule : `${plugin}/${rule}`;
}

export interface OxlintLinted {
  readonly check: string;
  readonly root: string;
  readonly columns: (file: string) => Promise<Columns | undefined>;
}

export async function oxlintFinding(one: OxlintDiagnostic, { check, root, columns }: OxlintLinted): Promise<Finding> {
  const file = repositoryPath(root, "", one.filename.replaceAll("\\", "/"));
  const { line, column } = one.labels[0]?.span ?? { line: 1, column: 1 };
  const rule = ruleOf(one);
  const spot = (await columns(file))?.spot(line, column, "byte") ?? { line: Math.max(1, line), column: Math.max(1, column) };
  const message = withoutRoot(root, one.message);
  return finding({ by: check, tool: "oxlint", rule, category: categoryOf("oxlint", rule), message, at: { file, ...spot } });
}
