/**
 * Events as NDJSON, one object a line, for programs. Reasons are there as data and in words. Findings are counted where
 * a reading has them, since every measurement would repeat them all; `remaining` lists them at the end.
 */
import type { Event, Listener } from "../domain/event.ts";
import type { Reading } from "../domain/reading.ts";
import type { Verdict } from "../domain/verdict.ts";
import { findingJson, worded } from "./json.ts";
import { safeJson } from "./plain.ts";

/** `now` gives milliseconds since 1970; with it, every line has its time as `at`. */
export function ndjson(write: (text: string) => void, now?: () => number): Listener {
  return (event) => {
    const { type, ...data } = dataOf(event);
    const at = now ? { at: new Date(now()).toISOString() } : {};
    write(`${safeJson({ type, ...at, ...data })}\n`);
  };
}

function dataOf(event: Event): { type: Event["type"] } & Record<string, unknown> {
  switch (event.type) {
    case "notice":
      return { type: event.type, reason: worded(event.reason) };
    case "check-ended":
      return { type: event.type, ...readingData(event.reading), cached: event.cached };
    case "looked":
      return { type: event.type, ...readingData(event.reading) };
    case "verdict":
      return { type: event.type, landed: event.landed, ...verdictData(event.verdict) };
    case "remaining":
      return { type: event.type, findings: event.findings.map(findingJson) };
    case "run-ended":
      return { ...event, reasons: event.reasons.map(worded) };
    default:
      return { ...event };
  }
}

function readingData(reading: Reading): Record<string, unknown> {
  const { kind, check, durationMs } = reading;
  if (reading.kind !== "read") return { check, kind, durationMs, detail: reading.detail };
  const tests = reading.inventory && tally(Object.values(reading.inventory));
  return { check, kind, durationMs, findings: reading.findings.length, tests };
}

function tally(statuses: readonly string[]): Record<string, number> {
  const count = (status: string): number => statuses.filter((one) => one === status).length;
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}

function verdictData({ kind, proposal, reasons, evidence }: Verdict): Record<string, unknown> {
  const findings = proposal.findings.map(findingJson);
  return { verdict: kind, reasons: reasons.map(worded), evidence, proposal: { ...proposal, findings } };
}
