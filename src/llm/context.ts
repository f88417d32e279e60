/**
 * How much a model can attend to at once, where somebody has said so. stet has no table of its own: the windows of providers'
 * current models are far above all that is decided by them here, and those of local ones follow from how they are served.
 */
import type { Environment } from "./access.ts";

/** Tokens by full model name. */
export type ContextWindows = Readonly<Record<string, number>>;

/** The smaller of what is stated and what ollama's own variable says; undefined where nobody says. */
export function contextWindow(model: string, stated: ContextWindows, { OLLAMA_CONTEXT_LENGTH: served }: Environment): number | undefined {
  const said = [...(Object.hasOwn(stated, model) ? [stated[model]] : []), ...(model.startsWith("ollama:") ? [Number(served)] : [])];
  const windows = said.filter((one): one is number => one !== undefined && Number.isSafeInteger(one) && one > 0);
  return windows.length > 0 ? Math.min(...windows) : undefined;
}
