/** `stet doctor`: what stet finds here, whether it can run, and what to do where it cannot. Changes nothing. */
import { join } from "node:path";
import { Command } from "commander";
import { EXIT } from "../domain/problem.ts";
import { isRead } from "../domain/reading.ts";
import { foldRuns } from "../ledger/fold.ts";
import { doctorText, type Diagnosis } from "../report/doctor.ts";
import { listFolder } from "../system/files.ts";
import { Git } from "../system/git.ts";
import { lock } from "../system/lock.ts";
import { probeCapabilities } from "../system/sandbox.ts";
import { openShadow } from "../trial/shadow.ts";
import { lookAt, type Base } from "./base.ts";
import { safeJson } from "../report/plain.ts";
import type { Console } from "./console.ts";
import { withCommonOptions, type CommonOptions } from "./options.ts";
import { openState, type State } from "./state.ts";
import { openTrial } from "./trial.ts";

const EXAMPLES = `
Examples:
  $ stet doctor
  $ stet doctor --json | jq 'select(.ok != "ok")'

Exit code 0: stet can run here. 78: it cannot, and the lines marked "fail" say why.`;

/** git added \`update-ref\` with \`--no-deref\` and \`worktree list --porcelain\` long before; 2.30 is what is tested. */
const OLDEST_GIT = [2, 30] as const;
const OLDEST_NODE = [22, 18] as const;

export function doctorCommand(terminal: Console): Command {
  const command = new Command("doctor")
    .summary("see what stet finds here and whether it can run")
    .description("Looks at git, Node, the sandbox, the checks and the base, locks and leftovers. Changes nothing.")
    .option("--base <rev>", "look at this commit instead of HEAD")
    .addHelpText("after", EXAMPLES);
  return withCommonOptions(command).action(async () => {
    const options = command.opts<CommonOptions>();
    await using state = await openState(options.cwd, { lock: false });
    const diagnoses = [await git(), node(), ...(await sandbox()), ...(await locks(state)), ...(await checks(state, options, terminal))];
    if (options.json) for (const one of diagnoses) terminal.print(safeJson(one));
    else terminal.print(doctorText(diagnoses, terminal.paint));
    terminal.exit(diagnoses.some(({ ok }) => ok === "fail") ? EXIT.config : EXIT.settled);
  });
}

async function git(): Promise<Diagnosis> {
  const answer = (await new Git().maybe(["--version"])) ?? "";
  const ok = isAtLeast(answer, OLDEST_GIT) ? "ok" : "fail";
  return { area: "tools", name: "git", ok, detail: answer, ...(ok === "fail" ? { advice: "install git 2.30 or newer" } : {}) };
}

function node(): Diagnosis {
  const ok = isAtLeast(process.version, OLDEST_NODE) ? "ok" : "fail";
  const advice = ok === "fail" ? { advice: "install Node 22.18 or newer" } : {};
  return { area: "tools", name: "node", ok, detail: process.version, ...advice };
}

function isAtLeast(text: string, [major, minor]: readonly [number, number]): boolean {
  const [, a = "0", b = "0"] = /(\d+)\.(\d+)/.exec(text) ?? [];
  return Number(a) > major || (Number(a) === major && Number(b) >= minor);
}

async function sandbox(): Promise<Diagnosis[]> {
  const { probes } = await probeCapabilities();
  return probes.map(({ name, ok, detail }) => ({ area: "sandbox", name, ok: ok ? "ok" : "warn", detail }));
}

async function locks({ repository, ledger }: State): Promise<Diagnosis[]> {
  const held = await lock(repository.stateDir);
  if (held.ok) held.release();
  const detail = held.ok ? "free" : `held by process ${held.pid}`;
  const runs = [...(await foldRuns(ledger.read())).values()];
  const dead = held.ok ? runs.filter(({ ended }) => ended === undefined) : [];
  const left = dead.map(({ start }) => start.run).join(", ");
  return [
    { area: "state", name: "lock", ok: held.ok ? "ok" : "warn", detail },
    dead.length === 0
      ? { area: "state", name: "leftovers", ok: "ok", detail: "none" }
      : { area: "state", name: "leftovers", ok: "warn", detail: `died: ${left}`, advice: "the next run recovers them by itself" },
  ];
}

async function checks(state: State, options: CommonOptions, terminal: Console): Promise<Diagnosis[]> {
  const base = await lookAt(state.repository, options);
  if (base.checks.length === 0) {
    const advice = "add checks to stet.config.json, e.g. { \"name\": \"test\", \"run\": [\"npm\", \"test\"] }";
    return [{ area: "checks", name: "any", ok: "fail", detail: "none found", advice }];
  }
  const held = await lock(state.repository.stateDir);
  if (!held.ok) return base.checks.map((check) => ({ area: "checks", name: check.name, ok: "warn", detail: "not read: locked" }));
  try {
    return await readAll(state, base, options, terminal);
  } finally {
    held.release();
  }
}

async function readAll(state: State, base: Base, options: CommonOptions, terminal: Console): Promise<Diagnosis[]> {
  const shadow = await openShadow(state.repository);
  const capabilities = await probeCapabilities();
  const listen = terminal.listener({ ...options, json: false });
  const parts = { repository: state.repository, base, shadow, capabilities, listen, signal: terminal.signal, run: "doctor" };
  const { measure } = openTrial(parts);
  const readings = await measure.baseline(base.tree);
  const folder = join(shadow.folder, "readings");
  const kept = (await listFolder(folder)).length;
  return [
    ...readings.map((reading): Diagnosis => {
      const how = base.checks.find(({ name }) => name === reading.check);
      const source = base.detected ? "found" : "configured";
      if (!isRead(reading)) return { area: "checks", name: reading.check, ok: "fail", detail: `${reading.kind}: ${reading.detail}` };
      const tests = reading.inventory ? `, ${Object.keys(reading.inventory).length} tests` : "";
      const detail = `${how?.use ?? ""} (${source}): ${reading.findings.length} findings${tests}, ${reading.durationMs} ms`;
      return { area: "checks", name: reading.check, ok: "ok", detail };
    }),
    { area: "state", name: "readings", ok: "ok", detail: `${kept} kept in ${folder}` },
  ];
}

