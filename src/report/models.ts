/** What was asked of models in a run, and what came of it: a row for each rung, from the record of every decision. */
import type { AskedOnce } from "./asked.ts";

export interface ModelRow {
  readonly by: string;
  readonly rung: number;
  /** The models that answered, where they are not the one that the rung is named after: they stood in for it. */
  readonly answeredBy: readonly string[];
  readonly asked: number;
  readonly landed: number;
  readonly struck: number;
  readonly declined: number;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Calls whose tokens are an estimate. */
  readonly estimated: number;
  /** Absent where some of it has no known price. */
  readonly usd?: number;
}

/** Lowest rung first. */
export function modelRows(asked: readonly AskedOnce[]): ModelRow[] {
  const groups = Map.groupBy(asked.filter(({ cost }) => cost !== undefined), ({ by }) => by);
  return [...groups.values()].map(rowOf).sort((one, other) => one.rung - other.rung);
}

function standIns(by: string, group: readonly AskedOnce[]): string[] {
  const models = new Set(group.flatMap(({ cost }) => cost?.model ?? []));
  return [...models].filter((model) => !by.endsWith(` ${model}`));
}

function rowOf(group: readonly AskedOnce[]): ModelRow {
  const ended = (outcome: AskedOnce["outcome"]): number => group.filter((one) => one.outcome === outcome).length;
  const sum = (part: "requests" | "inputTokens" | "outputTokens" | "estimated"): number => group.reduce((total, { cost }) => total + (cost?.[part] ?? 0), 0);
  // An answer that was kept from before costs nothing, which says nothing of what the others cost.
  const paid = group.filter(({ cost }) => (cost?.requests ?? 0) > 0);
  const priced = paid.flatMap(({ cost }) => (cost?.usd === undefined ? [] : [cost.usd]));
  const { by = "", rung = 0 } = group[0] ?? {};
  return {
    ...{ by, rung, answeredBy: standIns(by, group), asked: group.length },
    ...{ landed: ended("landed"), struck: ended("struck"), declined: ended("declined") },
    ...{ requests: sum("requests"), inputTokens: sum("inputTokens"), outputTokens: sum("outputTokens"), estimated: sum("estimated") },
    ...(priced.length === paid.length && { usd: priced.reduce((total, usd) => total + usd, 0) }),
  };
}
