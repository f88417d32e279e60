/** How large a chunk may be: what the command line says; else what the spec was cut by before; else what the weakest engine can take. */
import type { EngineDefinition } from "../agents/shared/kind.ts";
import { contextWindow, type ContextWindows } from "../llm/context.ts";
import { chooseEngines, type EnginesOptions } from "./engines.ts";

/** Tokens of one task's words and of the files that it names; more than that is no small commit, whoever can read it. */
export const DEFAULT_CHUNK_TOKENS = 20_000;

/** Of an engine's window: the rest is for what it reads besides, for its tools' answers and its own words. */
export const WINDOW_SHARE = 0.25;

export interface BudgetFacts {
  /** `--chunk-tokens`. */
  readonly asked: number | undefined;
  /** By which the spec was cut before: it is cut the same way in every run. */
  readonly recorded: number | undefined;
  /** Of the engines that a run may use, in tokens, as far as they are known. */
  readonly windows: () => readonly number[];
}

export function chunkBudget({ asked, recorded, windows }: BudgetFacts): number {
  return asked ?? recorded ?? Math.min(DEFAULT_CHUNK_TOKENS, ...windows().map((one) => Math.floor(one * WINDOW_SHARE)));
}

/** `stated`: by model, what the configuration says. */
export function windowsOf(engines: Omit<EnginesOptions, "notice">, stated: ContextWindows): number[] {
  const chosen = chooseEngines({ ...engines, notice: () => undefined });
  return chosen.flatMap((one) => [...ownWindow(one), ...(one.use === "builtin" ? modelWindows(engines.means, stated) : [])]);
}

function ownWindow({ contextTokens }: EngineDefinition): number[] {
  return typeof contextTokens === "number" ? [contextTokens] : [];
}

function modelWindows({ client, environment }: EnginesOptions["means"], stated: ContextWindows): number[] {
  return (client?.standing ?? []).flatMap((model) => contextWindow(model, stated, environment) ?? []);
}
