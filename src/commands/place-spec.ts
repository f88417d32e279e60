/** Opens a spec's record and finds its branch, once the lock is held and what a killed run left is settled. */
import type { SpecReader } from "../domain/plugin.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import { remoteBranches } from "../land/push.ts";
import { GitFault } from "../system/git.ts";
import { idOf } from "../system/objects.ts";
import { readers } from "../specs/index.ts";
import { slugOf } from "../specs/shared/slug.ts";
import type { BuildOptions } from "./build-options.ts";
import { startsAnew } from "./chunking.ts";
import { placeOf, type PartPlace } from "./build-place.ts";
import { nameOf, readerOf } from "./find-specs.ts";
import { openSpecRecord, type SpecRecord } from "./spec-record.ts";
import type { State } from "./state.ts";

export interface Placed {
  readonly place: PartPlace;
  readonly record: SpecRecord;
  readonly reader: SpecReader;
}

export interface PlacingOptions {
  readonly file: string;
  readonly options: BuildOptions;
  readonly isFull: boolean;
  /** Only the first part of a command forgets, or begins anew. */
  readonly isFirst: boolean;
}

export async function placeSpec(state: State, { file, options, isFull, isFirst }: PlacingOptions): Promise<Placed> {
  const { git } = state.repository;
  const reader = readerOf(file, readers);
  const revision = options.base ?? "HEAD";
  const start = await idOf(git, `${revision}^{commit}`);
  if (start === undefined) throw new Problem("unknown-revision", { revision }, EXIT.noInput);
  const isAnew = isFirst && startsAnew(options);
  const record = await openSpecRecord(state, { file, slug: slugOf(nameOf(file)), forget: isAnew });
  const remote = options.pr ? await branchesOf(git, options.remote ?? "origin") : [];
  const place = await placeOf({ git, state: record.state, slug: record.name, start, remote, isFull, resumes: !isAnew && options.dryRun !== true });
  return { place, record, reader };
}

/** A remote that cannot be asked has no say in names; the push will tell what is wrong with it. */
async function branchesOf(git: Parameters<typeof remoteBranches>[0], remote: string): Promise<string[]> {
  return remoteBranches(git, remote).catch((error: unknown) => {
    if (error instanceof GitFault) return [];
    throw error;
  });
}
