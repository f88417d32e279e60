/** The record of one spec: where its file is, what it says with the ledger behind it, and when it was asked to forget. */
import { join } from "node:path";
import { foldRuns } from "../ledger/fold.ts";
import { emptySpecState, foldSpec, readSpecState, writeSpecState, type SpecState } from "../ledger/spec-state.ts";
import { isoTime, systemClock } from "../system/clock.ts";
import { nameFor } from "../system/files.ts";
import type { Repository } from "../system/repository.ts";
import type { State } from "./state.ts";

export interface SpecRecord {
  /** What branches and commits call the spec: its slug, with more where another spec has that. */
  readonly name: string;
  readonly state: SpecState;
  /** With all that has landed since it was opened. */
  now(): Promise<SpecState>;
  save(): Promise<void>;
  /** How the spec is cut, from now on and in every run. */
  keep(how: Pick<SpecState, "chunkTokens" | "cut">): void;
}

export interface RecordOptions {
  readonly file: string;
  readonly slug: string;
  /** From now on the ledger's earlier runs of this spec do not count. */
  readonly forget: boolean;
}

export async function openSpecRecord({ repository, ledger }: Pick<State, "repository" | "ledger">, { file, slug, forget }: RecordOptions): Promise<SpecRecord> {
  const { name, known } = await recordedOf(repository, file, slug);
  let begun = known && !forget ? known : emptySpecState(file, forget ? isoTime(systemClock.now()) : "");
  const now = async (): Promise<SpecState> => foldSpec(begun, await foldRuns(ledger.read()));
  return {
    name,
    state: await now(),
    now,
    save: async () => writeSpecState(pathOf(repository, name), await now()),
    keep: (how) => void (begun = { ...begun, ...how }),
  };
}

/** What the file of the spec's record says, and what it is called. Takes no lock. */
export async function recordedOf(repository: Repository, file: string, slug: string): Promise<{ readonly name: string; readonly known: SpecState | undefined }> {
  const plain = await readSpecState(pathOf(repository, slug));
  const name = plain && plain.file !== file ? `${slug}-${nameFor(file).slice(0, 6)}` : slug;
  const known = name === slug ? plain : await readSpecState(pathOf(repository, name));
  return { name, known: known?.file === file ? known : undefined };
}

function pathOf({ stateDir }: Repository, name: string): string {
  return join(stateDir, "specs", `${name}.json`);
}
