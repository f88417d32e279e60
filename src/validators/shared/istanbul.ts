/** Reads Istanbul's JSON (https://istanbul.js.org), which Jest, Vitest, nyc and c8 can write. */
import { z } from "zod";
import { LineHits, type Found, type ToFile } from "./line-hits.ts";

const summary = z.looseObject({ lines: z.looseObject({ total: z.int().min(0), covered: z.int().min(0) }) });
const place = z.looseObject({ start: z.looseObject({ line: z.number().nullable() }) });
const detailed = z.looseObject({ statementMap: z.record(z.string(), place), s: z.record(z.string(), z.number()) });

/** `coverage-final.json` lists statements; `coverage-summary.json` has sums, and an entry `total` for all of them. */
export function parseIstanbul(text: string, toFile: ToFile): Found | undefined {
  const report = json(text);
  const [sums, statements] = [z.record(z.string(), summary).safeParse(report).data, z.record(z.string(), detailed).safeParse(report).data];
  if (statements) return byStatements(statements, toFile);
  if (!sums) return undefined;
  const files = Object.entries(sums).filter(([path]) => path !== "total");
  return new Map(files.map(([path, { lines }]) => [toFile(path), { lines: lines.total, covered: Math.min(lines.covered, lines.total) }]));
}

/** As Istanbul itself counts: a line is one on which a statement begins. */
function byStatements(report: Readonly<Record<string, z.infer<typeof detailed>>>, toFile: ToFile): Found {
  const hits = new LineHits(toFile);
  for (const [path, { statementMap, s }] of Object.entries(report)) {
    for (const [id, { start }] of Object.entries(statementMap)) hits.add(path, start.line ?? Number.NaN, s[id] ?? 0);
  }
  return hits.found();
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
