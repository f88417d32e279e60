/**
 * The bench: stet beside the reference loop, the project's own bare checks, bare tools and ts-fix, on workspaces that it
 * generates and on packages that it installs, all in one temporary folder.
 *
 *   npm run bench                       everything, within 30 minutes on two cores; writes bench/RESULTS.md
 *   npm run bench -- --quick            the small scenarios, a few minutes; prints the results and writes nothing
 *   npm run bench -- rxjs idle-types-500   these scenarios; prints the results and writes nothing
 *   npm run bench -- --list             the scenarios' names
 *
 *   --out FILE     writes the results there in any case
 *   --minutes N    nothing is begun after so many (26: what has begun ends within the 30)
 *   --reference    runs the reference loop to its end everywhere, instead of a sample: hours
 *   --source       runs stet from src/ instead of building dist/ first
 *
 * `STET_BENCH_TS_FIX` names a built checkout of microsoft/ts-fix, which is on no registry.
 *
 * Where to read on: `scenarios.ts` says what is run, `bars.ts` what it is held against, `workspace/` how the code is made
 * that is worked on, `reference/` how the design works that stet is measured against. It ends with 1 where a landed
 * change is worse by the project's own checks, or a scenario failed; a bar that does not hold is a result, not a failure.
 * Never touches anything outside of its folder, `dist/` and the results.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bars, worseOf } from "./bars.ts";
import { resultsText } from "./results.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";
import { Bench } from "./support/bench.ts";
import { makeModules, stetRoot } from "./support/modules.ts";
import { succeeded } from "./support/process.ts";
import { git } from "./support/repository.ts";

const options = {
  quick: { type: "boolean", default: false },
  list: { type: "boolean", default: false },
  source: { type: "boolean", default: false },
  out: { type: "string" },
  reference: { type: "boolean", default: false },
  minutes: { type: "string", default: "26" },
} as const;

const { values, positionals } = parseArgs({ options, allowPositionals: true });
const started = performance.now();

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function chosen(): Scenario[] {
  const unknown = positionals.filter((name) => !SCENARIOS.some((one) => one.name === name));
  if (unknown.length > 0) throw new Error(`no such scenario: ${unknown.join(", ")}; --list names them`);
  if (positionals.length > 0) return SCENARIOS.filter(({ name }) => positionals.includes(name));
  return SCENARIOS.filter(({ quick }) => quick || !values.quick);
}

/** What a user starts: the built program. */
async function cli(): Promise<string[]> {
  if (values.source) return [process.execPath, join(stetRoot, "src/cli.ts")];
  await succeeded({ argv: ["npm", "run", "--silent", "build"], cwd: stetRoot, timeoutMs: 120_000 });
  return [process.execPath, join(stetRoot, "dist/cli.js")];
}

/** Runs one scenario; what goes wrong in it is a note, and the others still run. */
async function runOne(bench: Bench, { name, run }: Scenario): Promise<boolean> {
  if (bench.isTimeUp()) {
    bench.note(`${name} was not run: the time was up.`);
    return true;
  }
  say(`${name} (${Math.round((performance.now() - started) / 1_000)} s)`);
  try {
    await run(bench);
    return true;
  } catch (error) {
    const cut = bench.isTimeUp();
    bench.note(`${name} ${cut ? "was cut short, the time was up" : "failed"}: ${error instanceof Error ? error.message : String(error)}`);
    return cut;
  }
}

async function surroundings(load: number): Promise<Parameters<typeof resultsText>[2]> {
  const typescript = await succeeded({ argv: [process.execPath, "node_modules/typescript/bin/tsc", "--version"], cwd: stetRoot, timeoutMs: 20_000 });
  const dirty = (await git(stetRoot, "status", "--porcelain", "--", "src")) === "" ? "" : " with uncommitted changes";
  return {
    command: ["npm run bench", ...(process.argv.length > 2 ? ["--", ...process.argv.slice(2)] : [])].join(" "),
    date: new Date().toISOString().slice(0, 10),
    commit: `${await git(stetRoot, "rev-parse", "--short", "HEAD")}${dirty}`,
    cores: cpus().length,
    processor: cpus()[0]?.model ?? "unknown",
    memoryBytes: totalmem(),
    node: process.version,
    typescript: typescript.stdout.trim().replace(/^Version /, ""),
    minutes: (performance.now() - started) / 60_000,
    load,
  };
}

async function main(folder: string): Promise<number> {
  const [, , load = Number.NaN] = loadavg();
  const scenarios = chosen();
  const endAtMs = started + Number(values.minutes) * 60_000;
  const modules = makeModules(join(folder, "modules"));
  const { quick, reference: wholeReference } = values;
  const bench = new Bench({ folder, modules, cli: await cli(), endAtMs, repeats: quick ? 1 : 3, wholeReference, tell: say });
  let failed = 0;
  for (const scenario of scenarios) if (!(await runOne(bench, scenario))) failed++;
  const text = resultsText(bench.lines, bench.notes, await surroundings(load));
  const isWhole = positionals.length === 0 && !values.quick;
  const out = values.out ?? (isWhole ? join(stetRoot, "bench/RESULTS.md") : undefined);
  if (out !== undefined) writeFileSync(out, text);
  say(`\n${text}`);
  const held = bars(bench.lines).filter(({ holds }) => holds !== undefined);
  say(`${held.filter(({ holds }) => holds).length} of ${held.length} bars that were measured hold.`);
  return failed > 0 || worseOf(bench.lines) > 0 ? 1 : 0;
}

if (values.list) {
  for (const { name, quick } of SCENARIOS) say(quick ? `${name} (quick)` : name);
} else {
  const folder = mkdtempSync(join(tmpdir(), "stet-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  process.once("SIGINT", () => process.exit(130));
  process.once("SIGTERM", () => process.exit(143));
  process.exitCode = await main(folder);
}
