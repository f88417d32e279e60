/**
 * Has a model cut a spec, once: what it made of the same words before is taken from the record. Where the words have changed since,
 * what is built stays in the plan as it is, and the model is asked for the rest.
 */
import { cutPlan } from "../chunker/cut.ts";
import type { Piece } from "../chunker/piece.ts";
import { planKey, unticked } from "../chunker/plan-text.ts";
import { isBox, standing, tasksOf } from "../chunker/tasks.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import type { Cost } from "../domain/proposal.ts";
import { reason } from "../domain/reason.ts";
import type { Spec, Task } from "../domain/task.ts";
import type { SpecCut, SpecState } from "../ledger/spec-state.ts";
import type { ModelClient } from "../llm/client.ts";
import type { CutTasks } from "./chunking.ts";

export interface Cutting {
  readonly client: ModelClient | undefined;
  readonly signal: AbortSignal | undefined;
  readonly recorded: Pick<SpecState, "cut" | "chunks"> | undefined;
  readonly spent: (cost: Cost) => void;
  /** Writes down what was cut, before anything of it is built. */
  readonly keep: (cut: SpecCut) => Promise<void>;
}

/** The same tasks each time, as the spec now says that they stand. Throws `Problem` (64) where a model would be asked, and none was named. */
export function cutter(cutting: Cutting): CutTasks {
  let made: Extract<Awaited<ReturnType<CutTasks>>, { ok: true }> | undefined;
  return async (spec, text) => {
    if (!made) {
      const cut = await tasksFor(cutting, spec, text);
      if (!cut.ok) return cut;
      made = cut;
    }
    return { ...made, tasks: standing(made.tasks, spec) };
  };
}

/** Formats that are lists of tasks, and nothing else, are cut already. Undefined where there is something to cut. */
export function listRefused({ file }: Pick<Spec, "file">): Extract<Awaited<ReturnType<CutTasks>>, { ok: false }> | undefined {
  return /\.(?:md|markdown)$/i.test(file) ? undefined : { ok: false, reasons: [reason("chunker", "cut-list", { file })] };
}

async function tasksFor({ client, signal, recorded, spent, keep }: Cutting, spec: Spec, text: string): ReturnType<CutTasks> {
  const { file, context, tasks: own } = spec;
  const plan = planKey(text);
  const known = recorded?.cut;
  if (known?.plan === plan) return { ok: true, tasks: known.tasks.map(recalled), model: known.model };
  const list = listRefused(spec);
  if (list) return list;
  if (!client) throw new Problem("no-chunker", {}, EXIT.usage);
  const boxes = own.filter(isBox).map(({ at }) => at.line);
  const made = await cutPlan({ client, file, context, text: unticked(text), boxes, built: builtOf(recorded, own), signal, spent });
  if (!made.ok) return made;
  const tasks = tasksOf(made.pieces, spec, text);
  await keep({ plan, model: made.model, tasks: tasks.map(({ id, title, instructions, dependencies, files, acceptance, section, does = [], at }) => ({ id, title, instructions, dependencies: [...dependencies], files: [...files], acceptance: [...acceptance], section: [...section], does: [...does], at })) });
  return { ok: true, tasks, model: made.model };
}

function recalled(task: SpecCut["tasks"][number]): Task {
  return { ...task, isDone: false, isOptional: false, isParallel: false };
}

/** The tasks of the earlier cut that have landed, whatever the spec says of them now. */
function builtOf(recorded: Cutting["recorded"], own: readonly Task[]): Piece[] {
  const all = recorded?.cut?.tasks ?? [];
  const landed = all.filter(({ id }) => Object.hasOwn(recorded?.chunks ?? {}, id));
  const titles = new Map(landed.map(({ id, title }) => [id, title]));
  const lines = new Map(own.map(({ id, at }) => [id, at.line]));
  return landed.map(({ title, instructions, files, acceptance, dependencies, does, section, at }) => ({
    ...{ title, instructions, files, acceptance, section, line: at.line },
    after: dependencies.flatMap((id) => titles.get(id) ?? []),
    boxes: does.flatMap((id) => lines.get(id) ?? []),
  }));
}
