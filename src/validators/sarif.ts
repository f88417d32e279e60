/**
 * Any scanner that writes SARIF (semgrep, CodeQL, flawfinder, oxlint and others): its results are findings, with the fixes
 * that it offers. A log of a scan that did not come to its end, or that has a result which cannot be read, is no reading:
 * what it does not name may be there all the same.
 */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { categoryOf } from "../domain/categories.ts";
import { finding, type Finding, type Fix } from "../domain/finding.ts";
import type { CheckDefinition, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { placeChanges, placeInText, type KnownTexts } from "../formats/edits.ts";
import { parseLoose } from "../formats/json.ts";
import { Lines } from "../formats/places.ts";
import { readSarif, type SarifResult } from "../formats/sarif/read.ts";
import type { Whereabouts } from "../formats/sarif/uris.ts";
import { CI, commonOptions, environmentOption, folderOption, runOption } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords } from "./shared/outcome.ts";
import { withoutRoot } from "./shared/paths.ts";

/** Stands for a folder that is new for each reading, so that a log found in it is this reading's own. */
const SCRATCH = "{scratch}";

const options = {
  run: runOption.describe("The scanner's words; `{scratch}` in them stands for a new folder."),
  cwd: folderOption,
  env: environmentOption,
  output: z.string().min(1).optional().describe("The log that the scanner writes: a path from the root, or one that begins with `{scratch}`. Its standard output where absent."),
  exitCodes: z.array(z.number().int().min(0).max(125)).min(1).default([0, 1]).describe("The codes with which the scanner ends when it came to its end, with findings or without."),
  fingerprints: z.boolean().default(true).describe("Whether results are told apart by the fingerprints that the scanner gives. Say no where those change when lines move."),
};

async function read(definition: CheckDefinition, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const { name } = definition;
  const { run, cwd, env, output, exitCodes, timeoutMs, network, fingerprints } = z.object({ ...commonOptions, ...options }).parse(definition);
  const scratch = `${workspace.scratch}/${randomUUID()}`;
  const inScratch = (text: string): string => text.replaceAll(SCRATCH, () => scratch);
  const common = { timeoutMs, network, ...(signal && { signal }) };
  const path = output === undefined ? undefined : inScratch(output);
  if (`${run.join("")}${output ?? ""}`.includes(SCRATCH)) await workspace.run({ argv: ["mkdir", "-p", "--", scratch], ...common });
  if (path !== undefined) await workspace.run({ argv: ["rm", "-f", "--", path], ...common });
  const outcome = await workspace.run({ argv: run.map(inScratch), cwd, env: { ...CI, ...env }, ...common });
  const failure = faultOf(name, outcome);
  if (failure) return failure;
  const { durationMs } = outcome;
  if (!exitCodes.includes(codeOf(outcome))) return fault("crashed", name, lastWords(outcome), durationMs);
  const text = path === undefined ? (outcome.truncated ? undefined : outcome.stdout) : await workspace.readText(path);
  if (text === undefined) return fault(path === undefined ? "unreadable" : "crashed", name, lastWords(outcome), durationMs);
  const results = resultsOf(text, { roots: [workspace.root], folder: cwd });
  if (typeof results === "string") return fault("unreadable", name, results, durationMs);
  const findings = await findingsOf(results, { check: name, workspace, fingerprints });
  return { kind: "read", check: name, findings, durationMs };
}

/** What is wrong, where it is no log of a whole scan. Results about files outside of the tree are not this tree's. */
function resultsOf(text: string, where: Whereabouts): readonly SarifResult[] | string {
  const parsed = parseLoose(text.replace(/^\uFEFF/, ""));
  const log = parsed.ok ? readSarif(parsed.value, where) : undefined;
  if (!log) return text.slice(-500);
  const results: SarifResult[] = [];
  for (const item of log) {
    if (item.kind === "broken") return `result ${item.number}: ${item.detail}`;
    if (item.kind === "failed") return `the scan failed ${item.detail}`;
    if (item.kind === "result") results.push(item.result);
  }
  return results;
}

interface Scan {
  readonly check: string;
  readonly workspace: Workspace;
  readonly fingerprints: boolean;
}

async function findingsOf(results: readonly SarifResult[], scan: Scan): Promise<Finding[]> {
  const edited = results.flatMap(({ at, offers }) => [...(offers.length > 0 ? [at.file] : []), ...offers.flatMap(({ changes }) => changes.map(({ file }) => file))]);
  const texts = new Map<string, Lines>();
  for (const file of new Set(edited)) {
    const text = await scan.workspace.readText(file);
    if (text !== undefined) texts.set(file, new Lines(text));
  }
  return results.map((result) => findingOf(result, texts, scan));
}

function findingOf(result: SarifResult, texts: KnownTexts, { check, workspace, fingerprints }: Scan): Finding {
  const { tool, rule, at, unit, fingerprint } = result;
  const message = withoutRoot(workspace.root, result.message);
  const fixes = result.offers.flatMap(({ title, safety, changes }): Fix[] => {
    const placed = placeChanges(changes, texts);
    return placed.ok ? [{ title, safety, edits: placed.edits }] : [];
  });
  const parts = { by: check, tool, rule, category: categoryOf(tool, rule), message, at: placeInText(at, unit, texts) };
  return finding({ ...parts, ...(fixes.length > 0 && { fixes }) }, fingerprints ? fingerprint : undefined);
}

export const validator: Validator = {
  name: "sarif",
  summary: "Runs any scanner that writes SARIF 2.1.0, and reads its results with the fixes that it offers.",
  protects: [],
  options,
  // Whether a scanner is there says nothing of whether the project is held to it, nor with which rules.
  detect: () => Promise.resolve([]),
  create: (definition) => ({
    definition,
    expense: 5,
    deterministic: false,
    read: (workspace, signal) => read(definition, workspace, signal),
  }),
};
