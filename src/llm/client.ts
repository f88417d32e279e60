/**
 * Asks models, in the configured order, within a budget. The one place with a policy of retries:
 * a fault that time may heal is waited for, as long as the provider says or with backoff, and never more than 120 s;
 * whoever cannot answer in this run is left out of it, and the next one takes over for the rest of it.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { backoffMs, MAX_WAIT_MS } from "../domain/patience.ts";
import { Budget, NOTHING, sum, type Reservation, type Spent } from "./budget.ts";
import type { Connection } from "./connection.ts";
import { isFinal, isPassing, type ModelFault } from "./fault.ts";
import type { Price } from "./prices.ts";
import type { Answer, Question } from "./question.ts";

/** Calls to one model for one question, at most. */
const MAX_ATTEMPTS = 4;

/** What became of one call, for the record. */
export interface CallRecord {
  readonly model: string;
  readonly connection: Pick<Connection, "name" | "url">;
  readonly question: Question;
  /** Absent where it failed, or was broken off by the signal: then there is no fault either. */
  readonly answer?: Answer;
  readonly fault?: ModelFault;
  /** Milliseconds since 1970. */
  readonly startedMs: number;
  readonly durationMs: number;
  readonly spent: Spent;
}

export interface ClientOptions {
  /** In order of preference. */
  readonly connections: readonly Connection[];
  readonly budget: Budget;
  priceOf(connection: Connection): Price | undefined;
  now(): number;
  /** 0 to 1. */
  random(): number;
  /** Hears of every call as it ends, and of every wait before it begins. */
  onCall?(call: CallRecord): void;
  onWait?(wait: { readonly model: string; readonly ms: number; readonly fault: ModelFault }): void;
  /** A model is left out from here on. */
  onLeft?(fault: ModelFault): void;
}

export type Asked =
  | { readonly ok: true; readonly answer: Answer; readonly spent: Spent }
  /** `spent`: of all calls that the question took, those that failed included. */
  | { readonly ok: false; readonly fault: ModelFault; readonly spent: Spent };

export interface ModelClient {
  /** The models that may still answer, the one that is asked next first. */
  readonly standing: readonly string[];
  /** Throws only what `signal` was aborted with, within 100 ms. */
  ask(question: Question, signal?: AbortSignal): Promise<Asked>;
}

export function openClient(options: ClientOptions): ModelClient {
  const standing = [...options.connections];
  let last: ModelFault = { kind: "missing-key", model: "", detail: "" };
  return {
    get standing() {
      return standing.map(({ name }) => name.text);
    },
    async ask(question, signal) {
      let spent = NOTHING;
      for (let connection = standing[0]; connection; connection = standing[0]) {
        const asked = await askOne(connection, question, options, signal);
        spent = sum(spent, asked.spent);
        if (asked.ok || !leaves(asked.fault)) return { ...asked, spent };
        last = asked.fault;
        // Of several questions that failed at once only the first finds it still there.
        const index = standing.indexOf(connection);
        if (index < 0) continue;
        standing.splice(index, 1);
        options.onLeft?.(last);
      }
      return { ok: false, fault: last, spent };
    },
  };
}

/** Whether a model that ended with this fault is left out of the rest of the run. */
function leaves(fault: ModelFault): boolean {
  return isFinal(fault) || isPassing(fault);
}

async function askOne(connection: Connection, question: Question, options: ClientOptions, signal?: AbortSignal): Promise<Asked> {
  let spent = NOTHING;
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    const made = await call(connection, question, options, signal);
    spent = sum(spent, made.spent);
    const asked = { ...made, spent };
    if (asked.ok || !isPassing(asked.fault) || attempt + 1 >= MAX_ATTEMPTS) return asked;
    const ms = asked.fault.hint?.ms ?? backoffMs(attempt, options.random());
    if (ms > MAX_WAIT_MS) return asked;
    options.onWait?.({ model: connection.name.text, ms, fault: asked.fault });
    await pause(ms, signal);
  }
}

/** Throws what `signal` was aborted with; a bare `sleep` would throw an error of its own. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, { ...(signal && { signal }) }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
}

async function call(connection: Connection, question: Question, options: ClientOptions, signal?: AbortSignal): Promise<Asked> {
  const model = connection.name.text;
  const reserved = options.budget.reserve(question, options.priceOf(connection));
  if ("limit" in reserved) return { ok: false, spent: NOTHING, fault: { kind: "budget", model, detail: `${reserved.limit} ${reserved.max}` } };
  const startedMs = options.now();
  const record = (spent: Spent, end: Pick<CallRecord, "answer" | "fault">): void =>
    options.onCall?.({ model, connection, question, startedMs, durationMs: options.now() - startedMs, spent, ...end });
  const outcome = await connection.ask(question, signal).catch((error: unknown) => {
    record(reserved.fail(true), {});
    throw error;
  });
  const spent = settle(reserved, outcome);
  const asked: Asked = "kind" in outcome ? { ok: false, fault: outcome, spent } : { ok: true, answer: outcome, spent };
  record(spent, asked.ok ? { answer: asked.answer } : { fault: asked.fault });
  return asked;
}

/** What never left, or was turned away at the door, is not billed. */
const UNBILLED: ReadonlySet<ModelFault["kind"]> = new Set([
  "missing-package",
  "missing-key",
  "unauthorized",
  "redirected",
  "rate-limited",
  "overloaded",
  "rejected",
  "not-recorded",
]);

function settle(reserved: Reservation, outcome: Answer | ModelFault): Spent {
  if ("kind" in outcome) return reserved.fail(!UNBILLED.has(outcome.kind));
  return reserved.settle(outcome.usage, JSON.stringify([outcome.text, outcome.calls]));
}
