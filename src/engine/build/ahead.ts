/**
 * The chunks in work, at most as many as there are benches. Where there are several, each has its first offer made at once, on the
 * tree of the moment in which it was begun, beside the others. Their turns to land come in the order in which they were begun,
 * and only then is the next one begun: so what each engine finds follows from the answers, never from who was quickest.
 */
import type { Finding } from "../../domain/finding.ts";
import type { Proposer } from "../../domain/plugin.ts";
import { reason } from "../../domain/reason.ts";
import type { Chunk } from "../../domain/task.ts";
import type { Base } from "../../trial/measure.ts";
import type { Kit } from "../kit.ts";
import { rehearse } from "../rehearse.ts";
import type { Bench } from "./bench.ts";
import { Builder } from "./builder.ts";
import { offeringEarly, type Carried, type Early } from "./early.ts";
import { findingOf } from "./finding-of.ts";
import type { BuildOptions } from "./options.ts";
import { Stopwatch } from "./stopwatch.ts";

/** A chunk in work. */
export interface Job {
  readonly chunk: Chunk;
  readonly finding: Finding;
  readonly builder: Builder;
  /** The builder, with what was made before the turn in front. */
  readonly proposer: Proposer;
}

interface Begun extends Job {
  readonly bench: Bench;
  readonly early: Promise<Early> | undefined;
  isOffered: boolean;
}

export class Ahead {
  readonly #kit: Kit;
  readonly #options: BuildOptions;
  readonly #free: Bench[];
  readonly #jobs: Begun[] = [];
  readonly #stop = new AbortController();

  constructor(kit: Kit, options: BuildOptions) {
    this.#kit = kit;
    this.#options = options;
    this.#free = [...options.benches];
  }

  /** Whose turn it is. */
  get first(): Job | undefined {
    return this.#jobs[0];
  }

  has(id: string): boolean {
    return this.#jobs.some(({ chunk }) => chunk.id === id);
  }

  /** As many of them as there are free benches for. */
  begin(ready: readonly Chunk[], base: Base): void {
    for (const chunk of ready) {
      const bench = this.#free.shift();
      if (!bench) return;
      this.#jobs.push(this.#begun(chunk, bench, base));
    }
  }

  /** The fate of the first is known. */
  leave(): void {
    const job = this.#jobs.shift();
    if (job) this.#free.push(job.bench);
  }

  /** What is in work and has had no turn, to be gone on with in another part, once it is made. */
  async rest(): Promise<Carried[]> {
    const carried: Carried[] = [];
    for (const { chunk, builder, early, isOffered } of this.#jobs) {
      const made = await early?.catch(() => undefined);
      if (!made || isOffered || "declined" in made.offer) continue;
      carried.push({ chunk: chunk.id, proposal: made.offer, work: builder.work, since: made.since() });
    }
    if (!this.#kit.isTimeUp?.()) this.#kit.signal?.throwIfAborted();
    return carried;
  }

  /** Ends whoever is still at work, and tells what was made for nothing but its cost. */
  async end(carried: readonly Carried[]): Promise<void> {
    this.#stop.abort();
    for (const { chunk, early, isOffered } of this.#jobs.splice(0)) {
      const made = await early?.catch(() => undefined);
      if (!made || isOffered || carried.some((one) => one.chunk === chunk.id)) continue;
      const { findings, by, rung, cost } = made.offer;
      const why = "declined" in made.offer ? made.offer.reason : reason("build", "turn-never-came", { title: chunk.title });
      this.#kit.run.decline({ declined: true, findings, by, rung, reason: why, ...(cost && { cost }) });
    }
  }

  #begun(chunk: Chunk, bench: Bench, base: Base): Begun {
    const { spec, chunks, engines, chunkDeadlineMs: deadlineMs, now, benches } = this.#options;
    const { listen } = this.#kit;
    listen({ type: "notice", reason: reason("build", "chunk-begun", { title: chunk.title, number: chunks.indexOf(chunk) + 1, chunks: chunks.length }) });
    const carried = this.#options.carried.find((one) => one.chunk === chunk.id);
    const watch = new Stopwatch(now);
    const builder = new Builder({ spec, chunk, engines, bench, deadlineMs, now: () => watch.now(), before: carried?.work });
    const finding = findingOf(spec, chunk);
    const early = carried ? Promise.resolve(this.#handedOn(carried)) : benches.length > 1 ? this.#made({ builder, finding, watch }, base) : undefined;
    // What becomes of it is heard at its turn.
    early?.catch(() => undefined);
    if (carried) watch.stop();
    const offered = (): void => {
      job.isOffered = true;
      watch.go();
      if (benches.length > 1) listen({ type: "notice", reason: reason("build", "chunk-turn", { title: chunk.title }) });
    };
    const job: Begun = { chunk, finding, builder, bench, early, isOffered: false, proposer: early ? offeringEarly(early, builder, offered) : builder };
    return job;
  }

  #handedOn({ proposal, since }: Carried): Early {
    return { offer: proposal, since: () => [...since, ...this.#kit.run.landed] };
  }

  async #made({ builder, finding, watch }: Pick<Job, "builder" | "finding"> & { readonly watch: Stopwatch }, base: Base): Promise<Early> {
    const { signal: outer, run } = this.#kit;
    const landedBefore = run.landed.length;
    const signal = outer ? AbortSignal.any([outer, this.#stop.signal]) : this.#stop.signal;
    const begins = (): void => {
      signal.throwIfAborted();
      watch.go();
    };
    const rehearsed: Parameters<Builder["propose"]>[2] = {
      signal,
      rehearse: async (edits) => {
        watch.stop();
        const seen = await rehearse(this.#kit, base, { rung: builder.rung, edits }, begins);
        watch.go();
        return seen;
      },
    };
    for await (const offer of builder.propose([finding], base, rehearsed)) {
      watch.stop();
      return { offer, since: () => run.landed.slice(landedBefore) };
    }
    throw new Error(`nothing came of ${finding.rule}`);
  }
}
