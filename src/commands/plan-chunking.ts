/** How specs are cut that are only looked at: by the record where there is one, which stays as it is. */
import type { Listener } from "../domain/event.ts";
import { slugOf } from "../specs/shared/slug.ts";
import type { Repository } from "../system/repository.ts";
import type { Base } from "./base.ts";
import { engineChoice } from "./build-engines.ts";
import type { BuildOptions } from "./build-options.ts";
import { chunkBudget, DEFAULT_CHUNK_TOKENS, windowsOf } from "./chunk-budget.ts";
import { chunkerOf, startsAnew, type Chunking, type CutTasks } from "./chunking.ts";
import { cutter, listRefused } from "./cut-spec.ts";
import { nameOf } from "./find-specs.ts";
import { openLadderFor } from "./ladder.ts";
import { recordedOf } from "./spec-record.ts";

export interface Looked {
  readonly repository: Repository;
  readonly base: Base;
}

export type ChunkingOf = (file: string) => Promise<Chunking>;

/** For `--plan`: as a build would do it. A model may be asked, and its answer is kept like any other. */
export function planned(options: BuildOptions, { listen, signal }: { readonly listen: Listener; readonly signal: AbortSignal }): (looked: Looked) => ChunkingOf {
  return ({ repository, base }) => {
    const { resume: _own, ...common } = options;
    const ladder = openLadderFor({ command: "build", common }, base, { listen, onCall: () => undefined });
    const windows = (): number[] => windowsOf(engineChoice({ ladder, base, repository }, options), base.config.contextTokens ?? {});
    return async (file) => {
      const recorded = await recordFor(repository, file, options);
      const maxTokens = chunkBudget({ asked: options.chunkTokens, recorded: recorded?.chunkTokens, windows });
      const { optional = false } = options;
      if (chunkerOf(options, recorded) === "deterministic") return { maxTokens, optional };
      return { maxTokens, optional, cut: cutter({ client: ladder.client, signal, recorded, spent: () => undefined, keep: () => Promise.resolve() }) };
    };
  };
}

/** For a build that has yet to begin: whether there is anything to cut. Asks nobody. */
export function found(options: BuildOptions): (looked: Looked) => ChunkingOf {
  return ({ repository }) =>
    async (file) => {
      const recorded = await recordFor(repository, file, options);
      const { optional = false, chunkTokens: maxTokens = recorded?.chunkTokens ?? DEFAULT_CHUNK_TOKENS } = options;
      const isModel = chunkerOf(options, recorded) === "model";
      return { maxTokens, optional, ...(isModel && { cut: notYet }) };
    };
}

const notYet: CutTasks = (spec) => Promise.resolve(listRefused(spec) ?? { ok: true, tasks: [], model: "" });

async function recordFor(repository: Repository, file: string, options: BuildOptions): Promise<Awaited<ReturnType<typeof recordedOf>>["known"]> {
  return startsAnew(options) ? undefined : (await recordedOf(repository, file, slugOf(nameOf(file)))).known;
}
