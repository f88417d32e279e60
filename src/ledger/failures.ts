/**
 * What keeps failing: verdicts that did not land and questions that came to nothing, of some runs, by file and by reason;
 * and models of which every call ended in a fault. One bad run says little, what comes again and again has a cause.
 */
import type { DeclinedEntry, Entry, LeftEntry, VerdictEntry } from "../domain/entry.ts";
import type { Reason } from "../domain/reason.ts";

/** One failure, for people to look at. */
export interface FailureExample {
  readonly run: string;
  readonly by: string;
  /** What was tried; empty where nothing was offered. */
  readonly title: string;
  readonly files: readonly string[];
  readonly reason: Reason;
}

export interface FailureCluster {
  readonly kind: "file" | "reason";
  /** The file, or `who/code`. */
  readonly what: string;
  readonly times: number;
  readonly runs: number;
  /** The latest last. */
  readonly examples: readonly FailureExample[];
}

/** A model that never answered. */
export interface DeadModel {
  readonly model: string;
  readonly times: number;
  readonly runs: number;
  /** As `model-unauthorized`, with what the provider said. */
  readonly last: Reason;
}

export interface Failures {
  /** The largest first. */
  readonly clusters: readonly FailureCluster[];
  readonly dead: readonly DeadModel[];
}

/** Runs that are looked back on, and failures that make a cluster, where nobody says otherwise. */
export const LAST_RUNS = 20;
export const THRESHOLD = 3;
/** Evidence that is kept of one cluster. */
const MAX_EXAMPLES = 3;

interface Group {
  readonly kind: FailureCluster["kind"];
  readonly what: string;
  times: number;
  readonly runs: Set<string>;
  readonly examples: FailureExample[];
}

/** `entries`: of the runs that count, oldest first. */
export async function readFailures(entries: AsyncIterable<Entry>, threshold: number): Promise<Failures> {
  const groups = new Map<string, Group>();
  const paths = new ProviderPaths();
  for await (const entry of entries) {
    paths.add(entry);
    const failure = failureOf(entry);
    if (!failure) continue;
    const { by, code } = failure.reason;
    meet(groups, "reason", `${by}/${code}`, failure);
    for (const file of failure.files) meet(groups, "file", file, failure);
  }
  const large = [...groups.values()].filter(({ times }) => times >= threshold);
  const clusters = large.map((group): FailureCluster => ({ ...group, runs: group.runs.size }));
  return { clusters: clusters.sort((one, other) => other.times - one.times), dead: paths.dead(threshold) };
}

function failureOf(entry: Entry): FailureExample | undefined {
  if (entry.kind === "declined") return { ...told(entry, entry.findings, []), title: "", reason: entry.reason };
  if (entry.kind !== "verdict" || entry.verdict === "better" || entry.verdict === "same") return undefined;
  const { proposal, reasons: [first] } = entry;
  return first && { ...told({ run: entry.run, by: proposal.by }, proposal.findings, proposal.edits), title: proposal.title, reason: first };
}

function told({ run, by }: Pick<DeclinedEntry, "run" | "by">, findings: VerdictEntry["proposal"]["findings"], edits: readonly { readonly file: string }[]): Omit<FailureExample, "title" | "reason"> {
  return { run, by, files: [...new Set([...findings.flatMap(({ at }) => at?.file ?? []), ...edits.map(({ file }) => file)])] };
}

function meet(groups: Map<string, Group>, kind: Group["kind"], what: string, failure: FailureExample): void {
  const key = `${kind} ${what}`;
  const group = groups.get(key) ?? { kind, what, times: 0, runs: new Set(), examples: [] };
  groups.set(key, group);
  group.times++;
  group.runs.add(failure.run);
  group.examples.push(failure);
  if (group.examples.length > MAX_EXAMPLES) group.examples.shift();
}

/** Not the provider's: the run's own limit, and a tape's. */
const NO_FAULT: ReadonlySet<string> = new Set(["model-budget", "model-not-recorded", "model-waits", "model-left"]);

/** A call that failed costs as well: only an offer, or words that came to none, are an answer. */
function whoAnswered(entry: Entry): string | undefined {
  if (entry.kind === "declined" && entry.reason.code.startsWith("model-")) return undefined;
  const cost = entry.kind === "verdict" ? entry.proposal.cost : entry.kind === "declined" ? entry.cost : undefined;
  return cost?.requests === 0 ? undefined : cost?.model;
}

/** What became of the calls of each model. A model that is left out fails once; every question that it leaves open names it too. */
class ProviderPaths {
  readonly #answered = new Set<string>();
  readonly #failed = new Map<string, { readonly left: Map<string, number>; readonly declined: Map<string, number>; last: Reason }>();

  add(entry: Entry): void {
    const answered = whoAnswered(entry);
    if (answered !== undefined) this.#answered.add(answered);
    if (entry.kind === "left") this.#fail("left", entry, entry.model, { by: "model", code: `model-${entry.fault}`, args: { model: entry.model, detail: entry.detail } });
    if (entry.kind !== "declined") return;
    const { model } = entry.reason.args;
    if (typeof model === "string" && entry.reason.code.startsWith("model-") && !NO_FAULT.has(entry.reason.code)) this.#fail("declined", entry, model, entry.reason);
  }

  #fail(how: "left" | "declined", { run }: Pick<LeftEntry, "run">, model: string, last: Reason): void {
    const failed = this.#failed.get(model) ?? { left: new Map<string, number>(), declined: new Map<string, number>(), last };
    this.#failed.set(model, failed);
    failed[how].set(run, (failed[how].get(run) ?? 0) + 1);
    failed.last = last;
  }

  dead(threshold: number): DeadModel[] {
    const silent = [...this.#failed].filter(([model]) => !this.#answered.has(model)).map(([model, { left, declined, last }]): DeadModel => {
      const runs = [...new Set([...left.keys(), ...declined.keys()])];
      const times = runs.reduce((sum, run) => sum + Math.max(left.get(run) ?? 0, declined.get(run) ?? 0), 0);
      return { model, times, runs: runs.length, last };
    });
    return silent.filter(({ times }) => times >= threshold);
  }
}
