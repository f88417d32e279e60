/**
 * A run as spans: the run, its rounds, what is measured in them, each check and look, and whom proposers were asked, made
 * from the events that progress and NDJSON are made from. Verdicts are notes of their round.
 */
import type { Event } from "../domain/event.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import type { Attributes, Span, Tracer } from "../domain/span.ts";

type Of<T extends Event["type"]> = Extract<Event, { type: T }>;

/** What goes on at a time, each within the one before. */
const STAGES = ["run", "round", "measurement", "proposing"] as const;
type Stage = (typeof STAGES)[number];

export class RunSpans {
  readonly #tracer: Tracer;
  readonly #now: () => number;
  readonly #command: string;
  readonly #open = new Map<Stage, Span>();
  readonly #checks = new Map<string, Span>();
  /** Attributes that the run has at its end. */
  #total: Attributes = {};

  constructor(tracer: Tracer, command: string, now: () => number) {
    this.#tracer = tracer;
    this.#command = command;
    this.#now = now;
  }

  /** The innermost span that is open: what a model is asked just now belongs to it. */
  get current(): Span | undefined {
    return STAGES.map((stage) => this.#open.get(stage)).findLast((span) => span !== undefined);
  }

  take(event: Event): void {
    this.#takeStage(event);
    this.#takeCheck(event);
    this.#takeDecision(event);
  }

  /** Ends whatever is open, of a run that was broken off. */
  close(): void {
    this.#endFrom("run", {}, "broken-off");
  }

  #takeStage(event: Event): void {
    if (event.type === "run-started") this.#begin("run", `stet ${this.#command}`, { "stet.run": event.run, "stet.base": event.base, "stet.checks": event.checks });
    if (event.type === "round") this.#begin("round", "round", { "stet.round": event.number, "stet.findings": event.findings, "stet.proposals": event.proposals });
    if (event.type === "trying") this.#begin("measurement", "measurement", { "stet.proposals": event.proposals, "stet.measurement": event.measurement });
    if (event.type === "proposing") this.#propose(event);
    if (event.type === "remaining") this.#total = { ...this.#total, "stet.findings.remaining": event.findings.length };
    if (event.type === "run-ended") this.#end(event);
  }

  /** Proposers are asked between rounds, where nothing is measured; an agent measures in the middle of its work. */
  #propose({ by, findings }: Of<"proposing">): void {
    this.#endFrom("round");
    this.#begin("proposing", "propose", { "stet.proposer": by, "stet.findings": findings });
  }

  #end({ status, exitCode, reasons }: Of<"run-ended">): void {
    const attributes = { ...this.#total, "stet.status": status, "stet.exit_code": exitCode, "stet.reasons": reasons.map(({ code }) => code) };
    this.#endFrom("run", attributes, status === "finished" ? undefined : (reasons[0]?.code ?? status));
  }

  #begin(stage: Stage, name: string, attributes: Attributes): void {
    this.#endFrom(stage);
    this.#open.set(stage, this.#tracer.start({ name, kind: "internal", startMs: this.#now(), attributes }, this.current));
  }

  /** Ends this stage and all within it, the innermost first. */
  #endFrom(stage: Stage, attributes?: Attributes, error?: string): void {
    for (const one of STAGES.slice(STAGES.indexOf(stage)).toReversed()) {
      const isIt = one === stage;
      // Not before: a check may be read for a chunk that is in work beside what ends here.
      if (isIt && stage === "run") this.#endChecks();
      this.#open.get(one)?.end(this.#now(), isIt ? attributes : undefined, isIt ? error : undefined);
      this.#open.delete(one);
    }
  }

  /** A check that was broken off. */
  #endChecks(): void {
    for (const span of this.#checks.values()) span.end(this.#now(), {}, "broken-off");
    this.#checks.clear();
  }

  #takeCheck(event: Event): void {
    if (event.type === "check-started") {
      const parts = { name: "check", kind: "internal", startMs: this.#now(), attributes: { "stet.check": event.check, "stet.purpose": event.purpose } } as const;
      this.#checks.set(event.check, this.#tracer.start(parts, this.current));
    }
    if (event.type === "check-ended") this.#endCheck(event);
    if (event.type === "looked") this.#whole("look", event.reading, {});
  }

  #endCheck({ reading, cached }: Of<"check-ended">): void {
    const span = this.#checks.get(reading.check);
    this.#checks.delete(reading.check);
    if (cached || !span) this.#whole("check", { ...reading, durationMs: 0 }, { "stet.cached": cached });
    else span.end(this.#now(), { ...seen(reading), "stet.cached": false }, faultOf(reading));
  }

  /** Something that is told when it is over. */
  #whole(name: string, reading: Reading, attributes: Attributes): void {
    const endMs = this.#now();
    const parts = { name, kind: "internal", startMs: endMs - reading.durationMs, attributes: { "stet.check": reading.check, ...attributes } } as const;
    this.#tracer.start(parts, this.current).end(endMs, seen(reading), faultOf(reading));
  }

  #takeDecision(event: Event): void {
    const told = decisionOf(event);
    // Whatever is being measured: a decision belongs to its round.
    const span = this.#open.get("round") ?? this.#open.get("run");
    if (told) span?.note(told.name, told.attributes, this.#now());
  }
}

function seen(reading: Reading): Attributes {
  return { "stet.reading": reading.kind, ...(isRead(reading) && { "stet.findings": reading.findings.length }) };
}

/** A check that could not tell has failed; one that found something has not. */
function faultOf({ kind }: Reading): string | undefined {
  return kind === "read" ? undefined : kind;
}

interface Decision {
  readonly name: string;
  readonly attributes: Attributes;
}

function decisionOf(event: Event): Decision | undefined {
  if (event.type === "verdict") {
    const { kind, proposal, reasons } = event.verdict;
    const by = { "stet.proposer": proposal.by, "stet.rung": proposal.rung, "stet.proposal": proposal.id };
    return { name: "stet.verdict", attributes: { "stet.verdict": kind, "stet.landed": event.landed, ...by, "stet.reasons": reasons.map(({ code }) => code) } };
  }
  if (event.type === "declined") {
    const { by, rung, findings, reason } = event.declined;
    return { name: "stet.declined", attributes: { "stet.proposer": by, "stet.rung": rung, "stet.findings": findings.length, "stet.reasons": [reason.code] } };
  }
  if (event.type === "landed") return { name: "stet.landed", attributes: { "stet.branch": event.ref, "stet.commits": event.commits.map(({ commit }) => commit) } };
  return event.type === "notice" ? { name: "stet.notice", attributes: { "stet.reasons": [event.reason.code] } } : undefined;
}
