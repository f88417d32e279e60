/** What `stet doctor` says of each thing that it looked at, and what to do where something is wrong. */
import type { Problem } from "../domain/problem.ts";
import { reason } from "../domain/reason.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import type { Diagnosis } from "./doctor.ts";
import { problemText } from "./errors.ts";
import { coverageOf } from "./evidence.ts";
import { count, list } from "./layout.ts";
import { sentence } from "./sentences.ts";
import { unenforcedList } from "./wording/runs.ts";

/** A program that stet itself needs. */
export function tool(name: string, found: string, ok: boolean, oldest: string): Diagnosis {
  const shown = { area: "tools", name, detail: found === "" ? "not found" : found };
  return ok ? { ...shown, ok: "ok" } : { ...shown, ok: "fail", advice: `install ${name} ${oldest} or newer` };
}

/** One thing that was tried of containment. */
export function probe(name: string, ok: boolean, detail: string): Diagnosis {
  return { area: "sandbox", name, ok: ok ? "ok" : "warn", detail };
}

/** How programs are contained, and a line for each thing that cannot be enforced here, given as codes. */
export function containment(kind: string, unenforced: readonly string[]): Diagnosis[] {
  const area = "sandbox";
  const gaps = unenforced.map((code): Diagnosis => ({ area, name: code, ok: "warn", detail: unenforcedList([code]) }));
  return [{ area, name: "containment", ok: kind === "bwrap" ? "ok" : "warn", detail: kind }, ...gaps];
}

/** `pid` is the holder's, 0 where it has not said who it is. */
export function lockHeld(pid: number | undefined): Diagnosis {
  const base = { area: "state", name: "lock" };
  if (pid === undefined) return { ...base, ok: "ok", detail: "free" };
  return { ...base, ok: "warn", detail: pid === 0 ? "held by another run" : `held by process ${pid}`, advice: "wait for it, or end it" };
}

/** Runs that ended without a word. */
export function leftovers(runs: readonly string[]): Diagnosis {
  const base = { area: "state", name: "leftovers" };
  if (runs.length === 0) return { ...base, ok: "ok", detail: "none" };
  return { ...base, ok: "warn", detail: `died: ${list(runs)}`, advice: "the next run recovers them by itself" };
}

export function keptReadings(number: number, folder: string): Diagnosis {
  return { area: "state", name: "readings", ok: "ok", detail: `${number} kept in ${folder}` };
}

/** The project's dependencies: `install` is the command that installs them. */
export function dependencies(installed: boolean, install: string): Diagnosis {
  const base = { area: "checks", name: "dependencies" };
  if (installed) return { ...base, ok: "ok", detail: "installed" };
  return { ...base, ok: "warn", detail: "not installed", advice: `run ${install}` };
}

export function noChecks(): Diagnosis {
  const advice = 'add checks to stet.config.json, e.g. { "name": "test", "run": ["npm", "test"] }';
  return { area: "checks", name: "any", ok: "fail", detail: "none found", advice };
}

/** A problem that would end a run before its checks are read. */
export function obstacle(problem: Pick<Problem, "code" | "args">): Diagnosis {
  const [line = ""] = problemText(problem).replace(/^stet: /, "").split("\n");
  return { area: "checks", name: "configuration", ok: "fail", detail: line };
}

export function notRead(check: string): Diagnosis {
  return { area: "checks", name: check, ok: "warn", detail: "not read, since another run holds the lock" };
}

/** How a check reads the base; `install` where its dependencies are not there. */
export function baseReading(reading: Reading, how: { use: string; detected: boolean }, install: string | undefined): Diagnosis {
  const base = { area: "checks", name: reading.check };
  if (isRead(reading)) {
    const tests = reading.inventory ? `, ${count(Object.keys(reading.inventory).length, "test")}` : "";
    const source = how.detected ? "found" : "configured";
    const detail = `${how.use} (${source}): ${count(reading.findings.length, "finding")}${tests}${coverageOf(reading)}, ${reading.durationMs} ms`;
    return { ...base, ok: "ok", detail };
  }
  const said = sentence(reason(reading.check, reading.kind, { detail: reading.detail }));
  return { ...base, ok: "fail", detail: said, advice: remedy(reading.kind, install) };
}

function remedy(kind: Reading["kind"], install: string | undefined): string {
  if (install !== undefined) return `run ${install}, then look again`;
  if (kind === "timeout") return "give it more time with timeoutMs";
  return 'mend it, or leave it out of "checks"';
}
