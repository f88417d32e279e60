/**
 * Asks oracles about trees: opens each when it is first needed, tells it what differs, restarts one that broke once, and
 * gives it up after that or when the check itself has contradicted it. What an oracle says is used for searching only.
 */
import { reason } from "../domain/reason.ts";
import type { Listener } from "../domain/event.ts";
import type { Glimpse, Oracle, Texts } from "../domain/oracle.ts";
import type { Check, Workspace } from "../domain/plugin.ts";
import type { Read } from "../domain/reading.ts";
import type { Git } from "../system/git.ts";
import { textsBetween, type Difference } from "./texts.ts";
import type { Worktree } from "./worktree.ts";

export interface OraclesOptions {
  readonly git: Git;
  /** A worktree of its own for each oracle, by number. */
  worktree(number: number): Worktree;
  readonly listen: Listener;
  readonly signal?: AbortSignal;
}

/** One broken oracle may be bad luck; two are not. */
const MAX_FAILURES = 2;

/** A tree beside another one whose reading is known. */
export interface Asked {
  readonly from: string;
  readonly baseline: Read;
  readonly to: string;
  /** Where these files alone matter. */
  readonly only?: readonly string[];
  /** `to` on disk. */
  readonly workspace: () => Promise<Workspace>;
}

interface Open {
  readonly oracle: Oracle;
  /** The tree that stands in the oracle's own worktree. */
  readonly anchor: string;
}

export class Oracles {
  readonly #options: OraclesOptions;
  readonly #open = new Map<string, Open>();
  readonly #failures = new Map<string, number>();
  readonly #numbers = new Map<string, number>();
  readonly #differences = new Map<string, Promise<Difference | undefined>>();

  constructor(options: OraclesOptions) {
    this.#options = options;
  }

  /** Whether the check has an oracle that still stands. */
  has({ openOracle, definition }: Check): boolean {
    return openOracle !== undefined && (this.#failures.get(definition.name) ?? 0) < MAX_FAILURES;
  }

  /** What the check would see of one tree beside another; undefined where that has to be asked of the check itself. */
  async glimpse(check: Check, asked: Asked): Promise<Glimpse | undefined> {
    while (this.has(check)) {
      try {
        return await this.#look(check, asked);
      } catch (error) {
        this.#options.signal?.throwIfAborted();
        await this.#fail(check, error);
      }
    }
    return undefined;
  }

  /** The check has contradicted its oracle: it is not asked again in this run. */
  async drop({ definition: { name } }: Check): Promise<void> {
    this.#failures.set(name, MAX_FAILURES);
    await this.#close(name);
  }

  async close(): Promise<void> {
    for (const name of [...this.#open.keys()]) await this.#close(name);
  }

  async #look(check: Check, { from, baseline, to, workspace, only }: Asked): Promise<Glimpse | undefined> {
    const { signal } = this.#options;
    const { oracle, anchor } = this.#opened(check, from);
    const [ground, step] = [await this.#difference(anchor, from), await this.#difference(from, to)];
    if (!ground || !step) return undefined;
    const look = { from: ground.after, to: over(ground.after, step.after), changed: step.before, baseline, workspace };
    return oracle.look({ ...look, ...(only && { only }), ...(signal && { signal }) });
  }

  #opened(check: Check, tree: string): Open {
    const { name } = check.definition;
    const known = this.#open.get(name);
    if (known) return known;
    if (!check.openOracle) throw new Error(`no oracle: ${name}`);
    const number = this.#numbers.get(name) ?? this.#numbers.size + 1;
    this.#numbers.set(name, number);
    const opened = { oracle: check.openOracle(() => this.#options.worktree(number).open(tree)), anchor: tree };
    this.#open.set(name, opened);
    return opened;
  }

  async #fail(check: Check, error: unknown): Promise<void> {
    const { name } = check.definition;
    this.#failures.set(name, (this.#failures.get(name) ?? 0) + 1);
    await this.#close(name);
    const detail = error instanceof Error ? error.message : String(error);
    if (!this.has(check)) this.#options.listen({ type: "notice", reason: reason("trial", "oracle-lost", { check: name, detail }) });
  }

  async #close(name: string): Promise<void> {
    const open = this.#open.get(name);
    this.#open.delete(name);
    await open?.oracle.close();
  }

  #difference(from: string, to: string): Promise<Difference | undefined> {
    const key = `${from} ${to}`;
    const known = this.#differences.get(key) ?? textsBetween(this.#options.git, from, to);
    // Only the last few matter: one step is asked by several oracles, and the ground stays for a whole search.
    if (this.#differences.size > 8) this.#differences.clear();
    this.#differences.set(key, known);
    return known;
  }
}

function over(ground: Texts, step: Texts): Texts {
  return new Map([...ground, ...step]);
}
