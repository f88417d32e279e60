/** How a build's spec is cut, written into its record: the same in every run, whoever its engines are by then. */
import type { BuildOptions } from "./build-options.ts";
import { engineChoice } from "./build-engines.ts";
import { chunkBudget, windowsOf } from "./chunk-budget.ts";
import { chunkerOf, type Chunking } from "./chunking.ts";
import { cutter } from "./cut-spec.ts";
import type { Session } from "./session.ts";
import type { SpecRecord } from "./spec-record.ts";

export async function chunkingFor(session: Session, record: SpecRecord, options: BuildOptions): Promise<Chunking> {
  const { ladder, base, run, kit } = session;
  const { state: recorded } = record;
  const { optional = false, chunkTokens: asked } = options;
  const windows = (): number[] => windowsOf(engineChoice(session, options), base.config.contextTokens ?? {});
  const maxTokens = chunkBudget({ asked, recorded: recorded.chunkTokens, windows });
  const isModel = chunkerOf(options, recorded) === "model";
  record.keep({ chunkTokens: maxTokens, ...(!isModel && { cut: undefined }) });
  await record.save();
  if (!isModel) return { maxTokens, optional };
  const cut = cutter({
    client: ladder.client,
    signal: kit.signal,
    recorded,
    spent: (cost) => run.asked(`chunker ${cost.model ?? ""}`.trim(), recorded.file, cost),
    keep: async (made) => {
      record.keep({ cut: made });
      await record.save();
    },
  });
  return { maxTokens, optional, cut };
}
