/**
 * Reads coverage reports, line by line: lcov (https://github.com/linux-test-project/lcov, geninfo(1)), Istanbul's JSON in
 * both forms, and Cobertura's XML. Which it is, the text itself tells. Never takes half a report for a whole one.
 */
import { z } from "zod";
import type { Covered } from "../../domain/coverage.ts";
import { LineHits, type Found, type ToFile } from "./line-hits.ts";
import { isOutside, repositoryPath } from "./paths.ts";

/** In UTF-16 code units: a report of about 20,000 files. */
const MAX_REPORT_LENGTH = 64 * 1024 * 1024;

export type CoveredFiles = Readonly<Record<string, Covered>>;

/** What is covered of each file of the repository; undefined where the text is no whole report, or one of nothing. */
export async function parseCoverage(text: string, root: string, cwd: string): Promise<CoveredFiles | undefined> {
  if (text.length > MAX_REPORT_LENGTH) return undefined;
  const found = await filesIn(text.trim(), (path) => repositoryPath(root, cwd, path));
  const files = [...(found ?? [])].filter(([file]) => !isOutside(file));
  return files.length === 0 ? undefined : Object.fromEntries(files);
}

async function filesIn(text: string, toFile: ToFile): Promise<Found | undefined> {
  if (text.startsWith("{")) return parseIstanbul(text, toFile);
  if (!text.startsWith("<")) return parseLcov(text, toFile);
  const { parseCobertura } = await import("./cobertura.ts"); // brings an XML parser that most runs can do without
  return parseCobertura(text, toFile);
}

/** One record for each file and test; records of the same file are one. `LF` and `LH` count where no lines are listed. */
function parseLcov(text: string, toFile: ToFile): Found | undefined {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) !== "end_of_record") return undefined;
  const hits = new LineHits(toFile);
  const summed = new Map<string, Covered>();
  let [file, total] = ["", 0];
  for (const line of lines) {
    const [key, value] = parted(line);
    if (key === "SF") file = value;
    else if (key === "DA") hits.add(file, ...numbers(value));
    else if (key === "LF") total = Number(value);
    else if (key === "LH") summed.set(toFile(file), { lines: total, covered: Number(value) });
  }
  const all = [...new Map([...summed, ...hits.found()])];
  return new Map(all.filter(([path, one]) => path !== toFile("") && one.covered <= one.lines));
}

function parted(line: string): [key: string, value: string] {
  const at = line.indexOf(":");
  return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
}

/** `12,3` or `12,3,checksum`. */
function numbers(value: string): [line: number, count: number] {
  const [line = "", count = ""] = value.split(",");
  return [Number.parseInt(line, 10), Number.parseInt(count, 10)];
}

const summary = z.looseObject({ lines: z.looseObject({ total: z.int().min(0), covered: z.int().min(0) }) });
const place = z.looseObject({ start: z.looseObject({ line: z.number().nullable() }) });
const detailed = z.looseObject({ statementMap: z.record(z.string(), place), s: z.record(z.string(), z.number()) });

/** `coverage-final.json` lists statements; `coverage-summary.json` has sums, and an entry `total` for all of them. */
function parseIstanbul(text: string, toFile: ToFile): Found | undefined {
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
