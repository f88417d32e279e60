/**
 * The reference design's loop: the latest row of each file, the gate, the patch by exact text, one whole cold check, and
 * then commit or revert, file by file, one after the other. A faithful small copy of its behaviour, with its obvious bugs
 * mended: it works in a worktree of its own, never in the person's checkout; it replaces literally and only where the
 * text stands once; it compares with a baseline that was measured once, where the original called every red project red;
 * and it stops at the first check that is red.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newFindings, runCheck, wholeCheck, type CheckName, type CheckReading } from "../support/checks.ts";
import { git } from "../support/repository.ts";
import { changedMaybe } from "../workspace/change.ts";
import { latestRows, passesGate, type Row } from "./rows.ts";

export interface LoopOptions {
  /** A worktree of its own. */
  readonly root: string;
  readonly jsonl: string;
  readonly checks: readonly CheckName[];
  /** So many rows are tried; the rest is left for the caller to reckon with. */
  readonly maxRows: number;
  /** No row is begun after this, in milliseconds of `performance.now()`. */
  readonly endAtMs: number;
}

export interface LoopResult {
  /** Rows that passed the gate, tried or not. */
  readonly rows: number;
  readonly tried: number;
  readonly landed: readonly string[];
  readonly reverted: readonly string[];
  readonly refused: readonly string[];
  readonly baselineSeconds: number;
  /** For all rows that were tried, without the baseline. */
  readonly loopSeconds: number;
  readonly peakBytes: number;
}

export async function referenceLoop(options: LoopOptions): Promise<LoopResult> {
  const { root, jsonl, checks, maxRows, endAtMs } = options;
  const started = performance.now();
  const baseline = await wholeCheck(checks, root);
  const begun = performance.now();
  const latest = latestRows(jsonl);
  const rows = latest.filter(passesGate);
  const refused = latest.filter((row) => !passesGate(row)).map(({ file }) => file);
  const outcomes: Outcome[] = [];
  for (const row of rows.slice(0, maxRows)) {
    if (performance.now() > endAtMs) break;
    outcomes.push(await tryRow(row, options, baseline));
  }
  const files = (kind: Outcome["kind"]): string[] => outcomes.filter((one) => one.kind === kind).map(({ file }) => file);
  return {
    rows: rows.length,
    tried: outcomes.length,
    landed: files("landed"),
    reverted: files("reverted"),
    refused: [...refused, ...files("refused")],
    baselineSeconds: (begun - started) / 1_000,
    loopSeconds: (performance.now() - begun) / 1_000,
    peakBytes: Math.max(...[...baseline, ...outcomes].map((one) => one.peakBytes)),
  };
}

interface Outcome {
  readonly file: string;
  readonly kind: "landed" | "reverted" | "refused";
  readonly peakBytes: number;
}

async function tryRow(row: Row, { root, checks }: LoopOptions, baseline: readonly CheckReading[]): Promise<Outcome> {
  const { file, patch } = row;
  const path = join(root, file);
  const before = readFileSync(path, "utf8");
  const after = changedMaybe(before, { before: patch.old_string, after: patch.new_string });
  if (after === undefined) return { file, kind: "refused", peakBytes: 0 };
  writeFileSync(path, after);
  const { isGreen, peakBytes } = await checkAll(checks, root, baseline);
  if (isGreen) await git(root, "commit", "--quiet", "--all", `--message=Apply review of ${file}`);
  else writeFileSync(path, before);
  return { file, kind: isGreen ? "landed" : "reverted", peakBytes };
}

interface Colour {
  readonly isGreen: boolean;
  readonly peakBytes: number;
}

async function checkAll(checks: readonly CheckName[], root: string, baseline: readonly CheckReading[]): Promise<Colour> {
  let peakBytes = 0;
  for (const [index, name] of checks.entries()) {
    const reading = await runCheck(name, root);
    peakBytes = Math.max(peakBytes, reading.peakBytes);
    const before = baseline[index];
    if (!before || newFindings(before, reading).length > 0) return { isGreen: false, peakBytes };
  }
  return { isGreen: true, peakBytes };
}
