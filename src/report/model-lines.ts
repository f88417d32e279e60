/** What was asked of models in a run, in lines. */
import { count, list, table } from "./layout.ts";
import type { ModelRow } from "./models.ts";
import type { Paint } from "./paint.ts";
import { oneLine } from "./plain.ts";

export function modelLines(rows: readonly ModelRow[], paint: Paint): string[] {
  if (rows.length === 0) return [];
  return [paint("bold", "Models"), ...table(rows.map((row) => [nameOf(row), outcomes(row), spent(row)]))];
}

function nameOf({ by, answeredBy }: ModelRow): string {
  const standIns = answeredBy.length === 0 ? "" : ` (${list(answeredBy.map((model) => oneLine(model, 60)), 3)} stood in)`;
  return `${oneLine(by.replace(/^model /, ""), 80)}${standIns}`;
}

/** `3 landed, 1 struck of 5 asked`. */
function outcomes({ asked, landed, struck, declined }: ModelRow): string {
  const parts = [`${landed} landed`, ...(struck > 0 ? [`${struck} struck`] : []), ...(declined > 0 ? [`${declined} declined`] : [])];
  return `${parts.join(", ")} of ${asked} asked`;
}

function spent({ requests, inputTokens, outputTokens, estimated, usd }: ModelRow): string {
  const money = usd === undefined ? "price unknown" : `$${usd.toFixed(usd < 1 ? 4 : 2)}`;
  const guess = estimated > 0 ? ` (of ${count(estimated, "call")} estimated)` : "";
  return `${count(requests, "call")}, ${inputTokens + outputTokens} tokens${guess}, ${money}`;
}

/** What a model would add, said where none was named and something remains. */
export function hintLines(models: readonly string[], remaining: number): string[] {
  if (models.length > 0 || remaining === 0) return [];
  return ["A model may settle some of them: stet repair --model <provider:model>"];
}
