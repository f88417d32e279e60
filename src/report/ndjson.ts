/**
 * Events as NDJSON, one object a line, for programs. Reasons are there as data and in words. Findings are counted where
 * a reading has them, since every measurement would repeat them all; `remaining` lists them at the end.
 */
import { percentOf, totalOf } from "../domain/coverage.ts";
import type { Event, Listener } from "../domain/event.ts";
import type { Declined } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import type { Verdict } from "../domain/verdict.ts";
import { findingJson, worded } from "./json.ts";
import { safeJson } from "./plain.ts";

export interface NdjsonOptions {
  /** Milliseconds since 1970; with it, every line has its time as `at`. */
  readonly now?: () => number;
  /** Takes out of a line's data what nobody is to see. */
  readonly clean?: (data: Record<string, unknown>) => Record<string, unknown>;
}

export function ndjson(write: (text: string) => void, { now, clean = (data) => data }: NdjsonOptions = {}): Listener {
  return (event) => {
    const { type, ...data } = dataOf(event);
    const at = now ? { at: new Date(now()).toISOString() } : {};
    write(`${safeJson({ type, ...at, ...clean(data) })}\n`);
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
    case "declined":
      return { type: event.type, ...declinedData(event.declined) };
    case "remaining":
      return { type: event.type, findings: event.findings.map(findingJson) };
    case "run-ended":
      return { ...event, reasons: event.reasons.map(worded) };
    default:
      return { ...event };
  }
}

function declinedData({ by, rung, findings, reason, cost }: Declined): Record<string, unknown> {
  return { by, rung, findings: findings.map(findingJson), reason: worded(reason), ...(cost && { cost }) };
}

function readingData(reading: Reading): Record<string, unknown> {
  const { kind, check, durationMs } = reading;
  if (reading.kind !== "read") return { check, kind, durationMs, detail: reading.detail };
  const tests = reading.inventory && tally(Object.values(reading.inventory));
  const coverage = reading.coverage && { percent: percentOf(totalOf(reading.coverage)), ...totalOf(reading.coverage) };
  return { check, kind, durationMs, findings: reading.findings.length, tests, coverage };
}

function tally(statuses: readonly string[]): Record<string, number> {
  const count = (status: string): number => statuses.filter((one) => one === status).length;
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}

function verdictData({ kind, proposal, reasons, evidence }: Verdict): Record<string, unknown> {
  const findings = proposal.findings.map(findingJson);
  return { verdict: kind, reasons: reasons.map(worded), evidence, proposal: { ...proposal, findings } };
}
