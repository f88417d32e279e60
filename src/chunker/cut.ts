/**
 * Cuts a plan into tasks by asking a model, window after window. An answer that is not usable is asked for once more with what
 * is wrong with it; if the second is not usable either, there is no plan: never half of one. Writes nothing, decides nothing.
 */
import type { Cost } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { ModelClient } from "../llm/client.ts";
import type { Answer } from "../llm/question.ts";
import { Talk } from "../llm/talk.ts";
import { readAnswer } from "./answer.ts";
import { joined, type Joined, type Plan } from "./join.ts";
import type { Piece } from "./piece.ts";
import { faultsTold, unusable, windowQuestion, type Place } from "./question.ts";
import { MAX_TEXT_LENGTH, windowsOf, type Window } from "./windows.ts";

export interface CutOptions extends Plan {
  readonly client: ModelClient;
  readonly text: string;
  /** Other files of the plan, by name. */
  readonly context: readonly string[];
  /** Tasks that are built already: they stay in the plan as they are. */
  readonly built: readonly Piece[];
  readonly signal: AbortSignal | undefined;
  /** Hears what each window has cost, whatever came of it. */
  readonly spent: (cost: Cost) => void;
}

export type Cut = { readonly ok: true; readonly pieces: readonly Piece[]; readonly model: string } | { readonly ok: false; readonly reasons: readonly Reason[] };

/** Answers for one window: the first, and one more. */
const MAX_ANSWERS = 2;

/** Throws only what the signal was aborted with. */
export async function cutPlan(options: CutOptions): Promise<Cut> {
  const { file, text, context, built } = options;
  const windows = windowsOf(text);
  if (!windows) return { ok: false, reasons: [reason("chunker", "cut-too-long", { file, length: text.length, max: MAX_TEXT_LENGTH })] };
  let pieces = built;
  let model = "";
  for (const [index, window] of windows.entries()) {
    const next = await cutWindow(options, window, pieces, { file, context, number: index + 1, windows: windows.length });
    if (!next.ok) return next;
    ({ pieces, model } = next);
  }
  if (pieces.length === 0) return { ok: false, reasons: [reason("spec", "spec-without-tasks", { file })] };
  return { ok: true, pieces, model };
}

async function cutWindow({ client, signal, spent, ...plan }: CutOptions, window: Window, before: readonly Piece[], place: Place): Promise<Cut> {
  const talk = new Talk({ client, name: "chunker", signal }, windowQuestion(window, before, place));
  try {
    let faults: readonly Reason[] = [];
    for (let number = 1; number <= MAX_ANSWERS; number++) {
      const answer = await talk.ask();
      if ("code" in answer) return { ok: false, reasons: [answer] };
      const made = taken(answer, before, window, plan);
      if (made.ok) return { ok: true, pieces: made.pieces, model: talk.model };
      ({ faults } = made);
      const told = faultsTold(faults);
      talk.reply(answer, answer.calls.length === 0 ? told : answer.calls.map(({ id, name }) => ({ id, name, text: told })));
    }
    return { ok: false, reasons: [unusable(place, talk.model), ...faults] };
  } finally {
    spent(talk.cost);
  }
}

function taken(answer: Answer, before: readonly Piece[], window: Window, plan: Plan): Joined {
  const read = readAnswer(answer);
  return "code" in read ? { ok: false, faults: [read] } : joined(before, read, window, plan);
}
