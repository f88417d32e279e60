/**
 * Has one chunk done: execute, look at the difference through gates and narrow checks, let it be mended twice, have it looked
 * at once more, and offer what came of it as one proposal. Words count for nothing: what an engine did is what differs in the
 * worktree. Decides nothing; the trial does.
 */
import type { Edit } from "../../domain/edit.ts";
import type { Finding } from "../../domain/finding.ts";
import type { Asking, Declined, Proposer, Rehearsal } from "../../domain/plugin.ts";
import { proposal, TOOLS_RUNG, type Cost, type Proposal } from "../../domain/proposal.ts";
import { reason, type Reason } from "../../domain/reason.ts";
import type { Chunk, Spec } from "../../domain/task.ts";
import type { Workspace } from "../../domain/workspace.ts";
import type { Bench } from "./bench.ts";
import { addedCost } from "./cost.ts";
import type { Engines } from "./engines.ts";
import { fixPrompt, objectionsIn, reasonsTold, reviewPrompt, taskPrompt, toldOf } from "./prompts.ts";

/** Attempts to mend what gates and checks have against the work (capability B4). */
export const MAX_FIXES = 2;

export interface BuilderOptions {
  readonly spec: Spec;
  readonly chunk: Chunk;
  readonly engines: Engines;
  readonly bench: Bench;
  /** For all that is done for the chunk. */
  readonly deadlineMs: number;
  readonly now: () => number;
  /** What was done for it in an earlier part; its fixes count. */
  readonly before?: Work | undefined;
}

/** Who did a chunk, and what they say of it. Nobody's evidence. */
export interface Work {
  readonly engine: string;
  readonly said: string;
  readonly fixes: number;
  /** What the second look had against it, that was mended or not. */
  readonly objections: number;
}

type Rehearse = NonNullable<Asking["rehearse"]>;
type Attempt = { readonly edits: readonly Edit[]; readonly told: readonly string[] };

export class Builder implements Proposer {
  readonly name = "build";
  readonly summary = "";
  readonly rung = TOOLS_RUNG + 1;
  readonly attempts = 1 + MAX_FIXES;
  readonly #options: BuilderOptions;
  readonly #endsMs: number;
  #fixes: number;
  #cost: Cost = {};
  #work: Work;
  #isReviewed = false;

  constructor(options: BuilderOptions) {
    this.#options = options;
    this.#endsMs = options.now() + options.deadlineMs;
    this.#work = options.before ?? { engine: "", said: "", fixes: 0, objections: 0 };
    this.#fixes = this.#work.fixes;
  }

  get work(): Work {
    return { ...this.#work, fixes: this.#fixes };
  }

  async *propose(findings: readonly Finding[], { tree }: Pick<Workspace, "tree">, { rehearse, signal, tried = [] }: Asking = {}): AsyncGenerator<Proposal | Declined> {
    if (!rehearse) return;
    const last = tried.findLast(({ by, findings: keys }) => by === this.name && findings.some(({ key }) => keys.includes(key)));
    if (last && this.#fixes++ >= MAX_FIXES) return;
    const { spec, chunk } = this.#options;
    const prompt = last ? fixPrompt(spec, chunk, { told: reasonsTold(last.reasons), attempt: this.#fixes }) : taskPrompt(spec, chunk);
    const made = await this.#make({ tree, rehearse, signal }, prompt, this.own(last?.edits ?? []));
    if ("code" in made) yield { declined: true, findings, by: this.name, rung: this.rung, reason: made, cost: this.#spent(), again: made.code === "engine-changed-nothing" };
    else yield { ...proposal({ by: this.name, rung: this.rung, base: tree, title: chunk.title, safety: "unsafe", edits: made, findings }), cost: this.#spent() };
  }

  /** Each offer and refusal carries what it cost, so what was told is not told again. */
  #spent(): Cost {
    const cost = this.#cost;
    this.#cost = {};
    return cost;
  }

  /** The edits to be tried, ticks included; or why there are none. */
  async #make(at: At, first: string, before: readonly Edit[]): Promise<readonly Edit[] | Reason> {
    let attempt = await this.#attempt(at, first, before);
    while (!("code" in attempt) && attempt.told.length > 0 && this.#fixes < MAX_FIXES) {
      this.#fixes++;
      attempt = await this.#attempt(at, fixPrompt(this.#options.spec, this.#options.chunk, { told: attempt.told, attempt: this.#fixes }), attempt.edits);
    }
    if ("code" in attempt) return attempt;
    const { edits } = attempt.told.length > 0 ? attempt : await this.#reviewed(at, attempt);
    return this.ticked(at.tree, edits);
  }

  async #attempt(at: At, prompt: string, before: readonly Edit[]): Promise<Attempt | Reason> {
    const { engines, bench } = this.#options;
    const timeoutMs = this.#left();
    if (timeoutMs <= 0) return reason(this.name, "chunk-deadline", { title: this.#options.chunk.title });
    const did = await engines.run(() => bench.open(at.tree, before), prompt, { timeoutMs, ...(at.signal && { signal: at.signal }) });
    if (!did) return reason(this.name, "no-engine-left", {});
    this.#cost = addedCost(this.#cost, did.usage);
    this.#work = { ...this.#work, engine: did.engine, said: did.said };
    const changed = await bench.changed(at.tree);
    const obstacles = changed.flatMap(({ file, obstacle }) => (obstacle ? [reason("try", obstacle, { file })] : []));
    const edits = this.own(changed.flatMap((one) => one.edits));
    if (edits.length === 0 && obstacles.length === 0) return did.reason ?? reason(this.name, "engine-changed-nothing", { engine: did.engine });
    const faults = [...obstacles, ...(did.reason ? [did.reason] : [])];
    return { edits, told: faults.length > 0 ? reasonsTold(faults) : await this.#against(at, edits) };
  }

  /** The plan's own files are not the engine's to change; stet ticks the box itself. */
  own(edits: readonly Edit[]): Edit[] {
    return edits.filter(({ file }) => file !== this.#options.spec.file);
  }

  /** With what the plan has to say of it in that tree. */
  async ticked(tree: string, edits: readonly Edit[]): Promise<readonly Edit[]> {
    return [...edits, ...(await this.#options.bench.ticks(tree, this.#options.chunk))];
  }

  async #against({ tree, rehearse }: At, edits: readonly Edit[]): Promise<readonly string[]> {
    const rehearsal: Rehearsal = await rehearse(await this.ticked(tree, edits));
    return rehearsal.kind === "better" || rehearsal.kind === "same" ? [] : toldOf(rehearsal);
  }

  /** One second look; what it objects to is mended once, if that is green as well. */
  async #reviewed(at: At, green: Attempt): Promise<Attempt> {
    const { spec, chunk, engines, bench } = this.#options;
    const timeoutMs = this.#left();
    if (this.#isReviewed || timeoutMs <= 0) return green;
    this.#isReviewed = true;
    const { engine, said } = this.#work;
    const looked = await engines.run(() => bench.open(at.tree, green.edits), reviewPrompt(spec, chunk, green.edits), { timeoutMs, ...(at.signal && { signal: at.signal }) });
    // Whatever it wrote all the same is gone with the worktree's next tree.
    if (!looked) return green;
    this.#cost = addedCost(this.#cost, looked.usage);
    const objections = looked.ended === "done" ? objectionsIn(looked.said) : [];
    this.#work = { ...this.#work, objections: objections.length };
    if (objections.length === 0) return green;
    const mended = await this.#attempt(at, fixPrompt(spec, chunk, { told: objections, attempt: this.#fixes + 1 }), green.edits);
    if (!("code" in mended) && mended.told.length === 0) return mended;
    this.#work = { ...this.#work, engine, said };
    return green;
  }

  #left(): number {
    return this.#endsMs - this.#options.now();
  }
}

interface At {
  readonly tree: string;
  readonly rehearse: Rehearse;
  readonly signal: AbortSignal | undefined;
}
