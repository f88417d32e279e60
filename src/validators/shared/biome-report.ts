/**
 * Reads Biome's JSON report, which Biome itself calls experimental: the one since 2.4, with lines and columns in code
 * points, and the one before (1.9 to 2.3), with spans of bytes. Takes what it says of fixes from neither: the first has
 * none, and both are behind what its language server offers.
 */
import { z } from "zod";
import { categoryOf } from "../../domain/categories.ts";
import { finding, type Finding } from "../../domain/finding.ts";
import type { Columns, Spot } from "./columns.ts";
import { jsonIn } from "./json-output.ts";
import { repositoryPath, withoutRoot } from "./paths.ts";

const count = z.number().int().nonnegative();
const spot = z.object({ line: count, column: count });
const severity = z.string();

const today = z.object({
  category: z.string(),
  severity,
  message: z.string(),
  location: z.object({ path: z.string().nullish(), start: spot }),
});
const before = z.object({
  category: z.string().nullable(),
  severity,
  description: z.string(),
  location: z.object({
    path: z.object({ file: z.string() }).or(z.string()).nullable(),
    span: z.tuple([count, count]).nullable(),
  }),
});
const report = z.object({
  summary: z.object({ errors: count, warnings: count, diagnosticsNotPrinted: count }),
  diagnostics: z.array(today.or(before)),
});

export interface BiomeDiagnostic {
  /** Biome's category: `lint/style/useConst`, `parse`, `format`, `assist/source/organizeImports`, `internalError/fs`. */
  readonly category: string;
  readonly isError: boolean;
  readonly message: string;
  /** As Biome names it; absent where it is about no file. */
  readonly path?: string | undefined;
  /** In code points from 1 (0 where it is about the whole file), or a byte of the file. */
  readonly start: Spot | number;
}

/** Everything that Biome found; undefined where the text is no report, or one from which something was left out. */
export function parseBiomeReport(text: string): readonly BiomeDiagnostic[] | undefined {
  const parsed = report.safeParse(jsonIn(text)).data;
  if (!parsed || parsed.summary.diagnosticsNotPrinted > 0) return undefined;
  const { summary, diagnostics } = parsed;
  return diagnostics.length < summary.errors + summary.warnings ? undefined : diagnostics.map(known);
}

function known(one: z.infer<typeof report>["diagnostics"][number]): BiomeDiagnostic {
  const common = { category: one.category ?? "unknown", isError: ["error", "fatal"].includes(one.severity) };
  if ("message" in one) return { ...common, message: one.message, path: one.location.path ?? undefined, start: one.location.start };
  const { path, span } = one.location;
  const file = typeof path === "string" ? path : path?.file;
  return { ...common, message: one.description, path: file, start: span?.[0] ?? 0 };
}

/** Faults of Biome's own, or of the disk: files that it could not read, rules that broke down. */
export function isOwnFault({ category, path }: BiomeDiagnostic): boolean {
  return path === undefined || /^(?:internalError|fs)\//.test(category);
}

export interface BiomeLinted {
  readonly check: string;
  readonly root: string;
  readonly columns: (file: string) => Promise<Columns | undefined>;
}

export async function biomeFinding(one: BiomeDiagnostic, { check, root, columns }: BiomeLinted): Promise<Finding> {
  const file = repositoryPath(root, "", (one.path ?? "").replaceAll("\\", "/"));
  const rule = one.category.replace(/^lint\/\w+\//, "");
  return finding({
    by: check,
    tool: "biome",
    rule,
    category: categoryOf("biome", rule),
    message: withoutRoot(root, one.message),
    at: { file, ...place(one.start, await columns(file)) },
  });
}

function place(start: Spot | number, columns: Columns | undefined): Spot {
  if (typeof start === "number") return columns?.ofByte(start) ?? { line: 1, column: 1 };
  return columns?.spot(start.line, start.column, "point") ?? { line: Math.max(1, start.line), column: Math.max(1, start.column) };
}
