/** `stet build --plan`: what would be built, in which order and how large. Runs nothing and writes nothing; asks a model where that cuts. */
import { EXIT } from "../domain/problem.ts";
import type { Chunk } from "../domain/task.ts";
import { planJson, planText, refusedJson, refusedText } from "../report/plan.ts";
import { safeJson } from "../report/plain.ts";
import { absenceOf, findRepository } from "../system/repository.ts";
import { lookAt } from "./base.ts";
import type { BuildOptions } from "./build-options.ts";
import { refusalExit } from "./chunking.ts";
import { surroundings, type Console } from "./console.ts";
import { findSpecs, type Found } from "./find-specs.ts";
import { planned, type ChunkingOf, type Looked } from "./plan-chunking.ts";
import { noRepository } from "./state.ts";

export async function showPlan(names: readonly string[], options: BuildOptions, terminal: Console): Promise<void> {
  const { resume: _own, ...common } = options;
  const found = await specsOf(names, options, planned(options, await surroundings(terminal, common)));
  const texts = found.map((one) => (options.json ? safeJson(jsonOf(one)) : textOf(one, terminal)));
  terminal.print(texts.join(options.json ? "\n" : "\n\n"));
  terminal.exit(exitCodeOf(found));
}

/** The specs that are meant, as the commit has them that is asked for. Throws `Problem`. */
export async function specsOf(names: readonly string[], options: BuildOptions, chunking: (looked: Looked) => ChunkingOf): Promise<Found[]> {
  const repository = await findRepository(options.cwd);
  if (!repository) throw noRepository(await absenceOf(options.cwd), options.cwd);
  const { resume: _own, ...common } = options;
  const base = await lookAt(repository, common);
  return findSpecs(base.project, { names, cwd: options.cwd, checkout: repository.checkout, chunking: chunking({ repository, base }) });
}

function textOf(found: Found, { paint }: Console): string {
  return "planned" in found ? planText({ ...found.planned, done: tickedIn(found.planned.chunks) }, paint) : refusedText(found.file, found.reasons, paint);
}

function jsonOf(found: Found): Record<string, unknown> {
  return "planned" in found ? planJson({ ...found.planned, done: tickedIn(found.planned.chunks) }) : refusedJson(found.file, found.reasons);
}

/** Chunks of which the spec itself says that all is done. */
export function tickedIn(chunks: readonly Chunk[]): ReadonlySet<string> {
  return new Set(chunks.filter(({ tasks }) => tasks.every(({ isDone }) => isDone)).map(({ id }) => id));
}

/** Why a spec cannot be read or cut, the worst of it first; one that calls itself closed is well. */
export function exitCodeOf(found: readonly Found[]): number {
  const reasons = found.flatMap((one) => ("reasons" in one ? one.reasons : [])).filter(({ code }) => code !== "spec-closed");
  return Math.max(EXIT.settled, ...reasons.map(refusalExit));
}
