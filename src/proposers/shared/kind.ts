/** A proposer that needs a model: opened once for each model of the ladder, on the rung where that stands. */
import type { Proposer } from "../../domain/plugin.ts";
import type { ModelClient } from "../../llm/client.ts";

export interface Rung {
  readonly client: ModelClient;
  /** Its height on the ladder. */
  readonly rung: number;
  /** How it is called in the record: its kind and its model. */
  readonly name: string;
}

export interface ProposerKind {
  readonly name: string;
  readonly summary: string;
  /** The lowest that it can stand on. */
  readonly rung: number;
  open(rung: Rung): Proposer;
}

/** What a file in `proposers/` is: one that can be asked at once, or one that needs a model. */
export type ProposerPlugin = Proposer | ProposerKind;

export function isReady(plugin: ProposerPlugin): plugin is Proposer {
  return "propose" in plugin;
}
