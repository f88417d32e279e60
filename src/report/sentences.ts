/**
 * A sentence for every reason. Codes are unique over all speakers, so that the table needs no second key; a speaker's
 * own wording, where it ever needs one, stands under `speaker/code`. A run that a problem ended has its words.
 */
import type { Reason } from "../domain/reason.ts";
import { oneLine } from "./plain.ts";
import { engineSentences } from "./wording/engines.ts";
import { forgeSentences } from "./wording/forge.ts";
import { gateSentences } from "./wording/gates.ts";
import { modelSentences } from "./wording/models.ts";
import { problemSentences } from "./wording/problems.ts";
import { landSentences, runSentences } from "./wording/runs.ts";
import { sourceSentences } from "./wording/sources.ts";
import { specSentences } from "./wording/specs.ts";
import { Told, type Sentences } from "./wording/told.ts";
import { trialSentences } from "./wording/trials.ts";

const SENTENCES: Sentences = {
  ...problemSentences,
  ...gateSentences,
  ...trialSentences,
  ...modelSentences,
  ...engineSentences,
  ...runSentences,
  ...landSentences,
  ...forgeSentences,
  ...sourceSentences,
  ...specSentences,
};

/** One clear English sentence on one line, safe to show. A code without words comes out as `code (name: value)`. */
export function sentence(reason: Reason): string {
  const { by, code, args } = reason;
  const say = own(`${by}/${code}`) ?? own(code);
  return say ? say(new Told(reason)) : fallback(code, args);
}

/** Whether the code has words of its own. */
export function isWorded(code: string): boolean {
  return own(code) !== undefined;
}

function own(key: string): Sentences[string] | undefined {
  return Object.hasOwn(SENTENCES, key) ? SENTENCES[key] : undefined;
}

function fallback(code: string, args: Reason["args"]): string {
  const parts = Object.entries(args).map(([name, value]) => `${name}: ${typeof value === "object" ? value.join(", ") : value}`);
  return oneLine(parts.length > 0 ? `${code} (${parts.join("; ")})` : code, 300);
}
