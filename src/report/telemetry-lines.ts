/** A run's figures in lines, for people: what the repairs came to, what they cost, and what survived them. */
import { count, list } from "./layout.ts";
import { plain } from "./plain.ts";
import type { ReportedRun } from "./run.ts";
import { telemetryOf, type Telemetry } from "./telemetry.ts";

/** Empty for a run that tried nothing. */
export function telemetryLines(run: ReportedRun): string[] {
  const figures = telemetryOf(run);
  if (figures.attempts === 0) return [];
  return [success(figures), ...effort(figures), ...cost(figures), ...survivors(figures)];
}

function success({ landed, attempts, successRate }: Telemetry): string {
  return `${landed} of ${count(attempts, "attempt")} landed (${Math.round((successRate ?? 0) * 100)} %)`;
}

function effort({ checks, checksPerLandedFix }: Telemetry): string[] {
  if (checks === null || checksPerLandedFix === null) return [];
  return [`${count(checks, "check")} run, ${checksPerLandedFix.toFixed(3)} per landed fix`];
}

function cost({ modelCalls, inputTokens, outputTokens, usd, usdPerLandedFix, usdOfModels }: Telemetry): string[] {
  if (modelCalls === 0) return [];
  const money = usd === null ? "price unknown" : `$${usd.toFixed(4)}${usdPerLandedFix === null ? "" : `, $${usdPerLandedFix.toFixed(4)} per landed fix`}`;
  const own = usdOfModels === null ? "" : `, $${usdOfModels.toFixed(4)} per fix that a model landed`;
  return [`${count(modelCalls, "model call")}, ${inputTokens} tokens in, ${outputTokens} out, ${money}${own}`];
}

function survivors({ survivedRung, after }: Telemetry): string[] {
  const rungs = Object.entries(survivedRung).map(([rung, number]) => `${number} ${rung === "none" ? "with nothing on offer" : `after rung ${plain(rung)}`}`);
  const categories = Object.entries(after).map(([category, number]) => `${number} ${plain(category.replaceAll("_", " "))}`);
  return rungs.length === 0 ? [] : [`Surviving: ${list(categories, 10)}; ${list(rungs, 10)}`];
}
