/**
 * Answers kept by what was asked: the same question to the same models is paid for once, also in the next run. What came
 * of an answer is judged anew each time, so an old one can cost a trial and nothing else.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { readMaybe, writeWhole } from "../system/files.ts";
import { NOTHING } from "./budget.ts";
import type { Asked, ModelClient } from "./client.ts";
import type { Answer } from "./question.ts";

export function keptAnswers(client: ModelClient, folder: string): ModelClient {
  return {
    get standing() {
      return client.standing;
    },
    async ask(question, signal): Promise<Asked> {
      const [first] = client.standing;
      if (first === undefined) return client.ask(question, signal);
      const hash = createHash("sha256").update(JSON.stringify([first, question])).digest("hex");
      const path = join(folder, `${hash}.json`);
      const known = parsed(await readMaybe(path));
      if (known) return { ok: true, answer: known, spent: NOTHING };
      const asked = await client.ask(question, signal);
      if (asked.ok) await writeWhole(path, JSON.stringify(asked.answer));
      return asked;
    },
  };
}

function parsed(text: string | undefined): Answer | undefined {
  try {
    const value: unknown = text === undefined ? undefined : JSON.parse(text);
    return isAnswer(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value read from a file is an answer as it was written there. */
function isAnswer(value: unknown): value is Answer {
  if (typeof value !== "object" || value === null) return false;
  const { model, text, calls, finish, usage } = value as Partial<Record<keyof Answer, unknown>>;
  return typeof model === "string" && typeof text === "string" && Array.isArray(calls) && typeof finish === "string" && typeof usage === "object";
}
