/**
 * microsoft/ts-fix on the same work. It is on no registry under its owner's scope at the time of writing, so a built
 * checkout of it is used where `STET_BENCH_TS_FIX` names one. The name `ts-fix` alone belongs to nobody, and is never
 * installed.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Bench, Cold } from "../support/bench.ts";
import { newFindings, countOf, runCheck } from "../support/checks.ts";
import { measured } from "../support/process.ts";

const PACKAGE = "@microsoft/ts-fix";
const ENTRY = "dist/cli.js";
const MAX_MS = 180_000;

let found: Promise<string | undefined> | undefined;

/** The program's path; undefined where it cannot be had, which the results then say, once. */
function tsFix(bench: Bench): Promise<string | undefined> {
  found ??= locate(bench);
  return found;
}

async function locate(bench: Bench): Promise<string | undefined> {
  const given = join(process.env["STET_BENCH_TS_FIX"] ?? "/nowhere", ENTRY);
  if (existsSync(given)) return given;
  const folder = bench.newPath("ts-fix");
  const argv = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder, PACKAGE];
  const { code } = await measured({ argv, cwd: bench.options.folder, timeoutMs: 60_000 });
  const installed = join(folder, "node_modules", PACKAGE, ENTRY);
  if (code === 0 && existsSync(installed)) return installed;
  bench.note(`ts-fix could not be had: ${PACKAGE} is not on the registry, and STET_BENCH_TS_FIX names no built checkout.`);
  return undefined;
}

/** Runs it on every error code of the base, and looks with the project's own compiler at what is left and what is new. */
export async function recordTsFix(bench: Bench, scenario: string, root: string, { readings }: Cold): Promise<void> {
  const program = await tsFix(bench);
  const [before] = readings;
  if (program === undefined || before === undefined) return;
  const codes = [...new Set([...before.findings.keys()].flatMap((key) => / TS(\d+): /.exec(key)?.[1] ?? []))];
  await bench.inCheckout(root, "main", async (folder) => {
    const argv = [process.execPath, program, "-t", "tsconfig.json", "-w", "--ignoreGitStatus", ...codes.flatMap((code) => ["-e", code])];
    const timeoutMs = Math.min(MAX_MS, bench.timeoutMs());
    const { code, timedOut, seconds, peakBytes } = await measured({ argv, cwd: folder, timeoutMs });
    if (code !== 0) bench.note(`ts-fix on ${scenario}: ${timedOut ? `ended after ${timeoutMs / 1_000} s` : `exit code ${String(code)}`}`);
    const after = await runCheck("tsc", folder);
    const fresh = newFindings(before, after).length;
    const offered = countOf(before);
    const note = `${fresh} new findings`;
    bench.record({ scenario, what: "ts-fix", seconds, repeats: 1, offered, landed: offered - countOf(after), peakBytes, note });
  });
}
