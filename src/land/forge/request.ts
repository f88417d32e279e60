/**
 * How a forge is asked: one origin, no redirects (they would carry the token along), an end to every answer and every
 * wait. Faults that time may heal are tried again here, so the clients' own retries are off. Never throws for what a
 * forge does.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { ForgeFault, ForgeFaultKind, Forged } from "../../domain/forge.ts";
import { backoffMs, hintIn, MAX_WAIT_MS } from "../../domain/patience.ts";
import { guardedFetch, HttpFault, type Fetch } from "../../system/guarded-fetch.ts";
import type { Clock } from "../../system/clock.ts";

/** A page of a hundred pull requests with long bodies is a few megabytes. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
const CALL_TIMEOUT_MS = 60_000;
/** Calls for one question, at most. */
const MAX_ATTEMPTS = 4;
const MAX_DETAIL_LENGTH = 500;

export interface Asking {
  readonly clock: Pick<Clock, "now" | "chance">;
  readonly signal?: AbortSignal | undefined;
}

/** For the clients: `fetch` within bounds. */
export function forgeFetch(url: URL, signal: AbortSignal | undefined, inner?: Fetch): Fetch {
  const guarded = guardedFetch({ origin: url.origin, maxBytes: MAX_ANSWER_BYTES }, inner);
  return (input, init) => {
    const timeout = AbortSignal.timeout(CALL_TIMEOUT_MS);
    return guarded(input, { ...init, signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
  };
}

/** What a client throws for an answer that it does not like, whichever client it is. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly detail: string;
}

/**
 * Asks, and asks again where time may heal. A question that changes something is not asked again after a fault in the
 * middle of it, when nobody knows whether it was done: whoever asked looks first.
 */
export async function ask<T>(work: () => Promise<T>, { clock, signal }: Asking, options: { refusalIn: (error: unknown) => Refusal | undefined; changes: boolean }): Promise<Forged<T>> {
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      signal?.throwIfAborted();
      const { fault, waitMs } = faultOf(error, options.refusalIn(error), clock.now());
      const again = fault.kind === "rate-limited" || (fault.kind === "transient" && !options.changes);
      const ms = waitMs ?? backoffMs(attempt, clock.chance());
      if (!again || attempt + 1 >= MAX_ATTEMPTS || ms > MAX_WAIT_MS) return { ok: false, fault };
      await sleep(ms, undefined, { ...(signal && { signal }) }).catch(() => signal?.throwIfAborted());
    }
  }
}

function faultOf(error: unknown, refusal: Refusal | undefined, nowMs: number): { fault: ForgeFault; waitMs?: number | undefined } {
  if (refusal) {
    const kind = kindOf(refusal);
    const hint = kind === "rate-limited" || kind === "transient" ? hintIn(refusal.headers, refusal.detail, nowMs) : undefined;
    return { fault: { kind, detail: cut(refusal.detail) }, waitMs: hint?.ms };
  }
  const guard = causes(error).find((one) => one instanceof HttpFault);
  if (guard) return { fault: { kind: "refused-endpoint", detail: `${guard.kind} ${guard.message}` } };
  return { fault: { kind: "transient", detail: cut(causes(error).map(({ message }) => message).join(": ")) } };
}

/** By status; what is not here is the forge's own fault from 500 on, and below it a no. */
const KINDS: Readonly<Record<number, ForgeFaultKind>> = {
  ...{ 401: "auth", 403: "auth", 404: "missing", 408: "transient", 409: "conflict", 410: "missing", 429: "rate-limited" },
};

/** GitHub says 403 for a limit as well as for a lack of rights, and 422 for what is there already. */
function kindOf({ status, headers, detail }: Refusal): ForgeFaultKind {
  const isLimit = headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== undefined || /rate limit/i.test(detail);
  if (status === 403 && isLimit) return "rate-limited";
  if (status === 422 && /already exists/i.test(detail)) return "conflict";
  return KINDS[status] ?? (status >= 500 ? "transient" : "rejected");
}

/** Deep enough for every client; a chain of causes may be a circle. */
const MAX_CAUSES = 8;

function causes(error: unknown): Error[] {
  const found: Error[] = [];
  for (let one = error; one instanceof Error && found.length < MAX_CAUSES; one = one.cause) found.push(one);
  return found;
}

function cut(text: string): string {
  return text.slice(0, MAX_DETAIL_LENGTH);
}
