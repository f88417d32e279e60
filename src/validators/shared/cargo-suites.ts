/**
 * What cargo's tests have to say where something does not compile: a finding for each target that does not, at the file
 * that the target is made from, whichever of its files has the error. What the errors are is for `cargo` to tell; they stand
 * behind the finding, since cargo comes to a target only when those that it needs are built, and then they say whether a
 * change can have broken it.
 */
import { finding, type Finding } from "../../domain/finding.ts";
import type { Change } from "../../domain/plugin.ts";
import { isApart } from "./apart.ts";
import { areaOf, cargoFindings, RUST } from "./cargo-findings.ts";
import type { CargoOutput } from "./cargo-output.ts";
import type { CargoGround } from "./cargo-sources.ts";
import { repositoryPath } from "./paths.ts";

/** With more errors than this nobody is asked whether they come from the change. */
const MAX_STOOD_FOR = 50;

export interface Suites {
  readonly findings: readonly Finding[];
  /** The targets that cargo came to. */
  readonly reached: Readonly<Record<string, number>>;
}

export async function suitesIn(output: CargoOutput, ground: CargoGround): Promise<Suites> {
  const errors = output.messages.filter(({ message }) => message.level === "error");
  const { findings, reached } = await cargoFindings({ ...output, messages: errors }, ground);
  const files = new Map(errors.map(({ manifest_path: manifest, target }) => [areaOf(ground, manifest, target), target.src_path]));
  const broken = Map.groupBy(findings, ({ depth }) => depth?.area ?? "");
  return {
    findings: [...broken].map(([area, own]) => suite(ground, area, files.get(area), own)),
    reached: Object.fromEntries(Object.keys(reached).map((area) => [area, 0])),
  };
}

function suite({ check, workspace, folder }: CargoGround, area: string, source: string | undefined, own: readonly Finding[]): Finding {
  return finding({
    by: check,
    rule: "suite",
    category: "other",
    message: area,
    depth: { area, stage: 0 },
    ...(source !== undefined && { at: { file: repositoryPath(workspace.root, folder, source), line: 1, column: 1 } }),
    ...(own.length <= MAX_STOOD_FOR && { standsFor: own.map(({ fixes, ...one }) => one) }),
  });
}

/** A target that does not compile has nothing to do with a change where none of its errors has. */
export async function areSuitesApart({ standsFor = [] }: Finding, change: Change): Promise<boolean> {
  for (const one of standsFor) if (!(await isApart(one, change, RUST))) return false;
  return standsFor.length > 0;
}
