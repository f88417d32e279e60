/**
 * Reads coverage reports: lcov, Istanbul's JSON in both forms, and Cobertura's XML. Which it is, the text itself tells.
 * Never takes half a report for a whole one.
 */
import type { Covered } from "../../domain/coverage.ts";
import { parseIstanbul } from "./istanbul.ts";
import { parseLcov } from "./lcov.ts";
import type { Found, ToFile } from "./line-hits.ts";
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
