/**
 * How long to wait before a provider of models or a forge is asked again: what it says itself, read from headers and
 * sentences, or else backoff with jitter. Pure functions; who waits is `llm/client.ts` and `land/forge/request.ts`.
 */

export interface WaitHint {
  readonly ms: number;
  /** `retry-after`: it named the time itself. `reset`: when its window begins anew. */
  readonly from: "retry-after" | "reset";
}

/** Longest single wait (promise 9). A provider that wants more is left for the next one. */
export const MAX_WAIT_MS = 120_000;
/** What a reset of a window is taken for at least and at most (capability M2). */
const RESET_MIN_MS = 10_000;
const RESET_MAX_MS = 3_600_000;

const FIRST_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 60_000;

/** Doubles each time; times 0.5 to 1.5, so that many clients do not come back at once. `random`: 0 to 1. */
export function backoffMs(attempt: number, random: number): number {
  return Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt) * (0.5 + random);
}

/** What a refusal says of when to come back; undefined where that is nothing, past or no time at all (`soon`, `-1`). */
export function hintIn(headers: Readonly<Record<string, string>>, body: string, nowMs: number): WaitHint | undefined {
  const retryMs = positive(Number(headers["retry-after-ms"])) ?? retryAfterMs(headers["retry-after"], nowMs);
  if (retryMs !== undefined) return { ms: retryMs, from: "retry-after" };
  const resetMs = resetInHeaders(headers, nowMs) ?? resetInWords(body);
  return resetMs === undefined ? undefined : { ms: Math.min(RESET_MAX_MS, Math.max(RESET_MIN_MS, resetMs)), from: "reset" };
}

/** Seconds or an HTTP date (RFC 9110, section 10.2.3). */
function retryAfterMs(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return positive(Number(value) * 1_000);
  return /[a-z]{3},?\s/i.test(value) ? positive(Date.parse(value) - nowMs) : undefined;
}

/**
 * `anthropic-ratelimit-tokens-reset`, `x-ratelimit-reset-requests`, `ratelimit-reset`: of several windows the longest
 * among those that are used up, or among all where none says so.
 */
function resetInHeaders(headers: Readonly<Record<string, string>>, nowMs: number): number | undefined {
  const windows = Object.entries(headers).flatMap(([name, value]) => {
    if (!/ratelimit/.test(name) || !/reset/.test(name)) return [];
    const ms = timeIn(value.trim(), nowMs);
    const isUsedUp = Number(headers[name.replace("reset", "remaining")] ?? Number.NaN) <= 0;
    return ms === undefined ? [] : [{ ms, isUsedUp }];
  });
  const usedUp = windows.filter(({ isUsedUp }) => isUsedUp);
  const times = (usedUp.length > 0 ? usedUp : windows).map(({ ms }) => ms);
  return times.length > 0 ? Math.max(...times) : undefined;
}

/** "Resets in 30 seconds", "try again in 5m", "Please retry after 1m20.5s". */
function resetInWords(body: string): number | undefined {
  const [, words = ""] = /(?:try again|retry|resets?)\s+(?:in|after)\s+((?:\d+(?:\.\d+)?\s*[a-z]+\s*)+)/i.exec(body.slice(0, 10_000)) ?? [];
  return durationMs(words);
}

/** Digits of seconds since 1970 until the year 5138, and of milliseconds from 1973 on. */
const EPOCH_SECONDS = 1e9;
const EPOCH_MS = 1e11;

/** `6m0s`, `20ms`, RFC 3339, seconds or milliseconds since 1970, or seconds from now. */
function timeIn(value: string, nowMs: number): number | undefined {
  if (/^\d+(\.\d+)?$/.test(value)) {
    const number = Number(value);
    if (number >= EPOCH_MS) return positive(number - nowMs);
    return positive(number >= EPOCH_SECONDS ? number * 1_000 - nowMs : number * 1_000);
  }
  if (/^\d{4}-\d\d-\d\dT/i.test(value)) return positive(Date.parse(value) - nowMs);
  return durationMs(value);
}

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const UNIT = /(\d+(?:\.\d+)?)\s*(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h)(?![a-z])/gi;

/** A sum of units; undefined where there is none, or anything between them but spaces. */
function durationMs(text: string): number | undefined {
  const spaced = text.replace(/(\d)([a-z]+)(?=\d)/gi, "$1$2 ");
  const parts = [...spaced.matchAll(UNIT)];
  const [first] = parts;
  if (!first || spaced.slice(0, first.index).trim() !== "") return undefined;
  return positive(parts.reduce((sum, [, number, unit = ""]) => sum + Number(number) * unitMs(unit), 0));
}

function unitMs(unit: string): number {
  const name = unit.toLowerCase();
  return /^(ms|mil)/.test(name) ? 1 : (UNITS_MS[name.slice(0, 1)] ?? 0);
}

function positive(ms: number): number | undefined {
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}
