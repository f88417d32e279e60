/** The checks of a base: configured or found, with what the base and the command line add to them, ready to be read. */
import type { Check, CheckDefinition, Project, Validator } from "../domain/plugin.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import { categorized } from "../trial/categorized.ts";
import { validators } from "../validators/index.ts";
import type { Config } from "./config.ts";
import type { CommonOptions } from "./options.ts";
import { detectChecks } from "./project.ts";

/** Throws `Problem` (78) where what a check names is not in the base, or no check is there for what was asked. */
export async function checksOf(project: Project, config: Config, { coverageFloor }: Pick<CommonOptions, "coverageFloor">): Promise<CheckDefinition[]> {
  const found = config.checks ?? (await detectChecks(project, validators));
  const held = coverageFloor === undefined ? found : withFloor(found, coverageFloor);
  return Promise.all(held.map(async (one) => (await validatorOf(one).resolve?.(one, project)) ?? one));
}

/** The command line goes before configuration. */
function withFloor(definitions: readonly CheckDefinition[], floor: number): CheckDefinition[] {
  if (!definitions.some(({ use }) => use === COVERAGE)) throw new Problem("no-coverage-check", {}, EXIT.config);
  return definitions.map((one) => (one.use === COVERAGE ? { ...one, floor } : one));
}

const COVERAGE = "coverage";

/** Throws `Problem` (78) where there is no such kind of check. */
export function makeCheck(definition: CheckDefinition, { categories }: Pick<Config, "categories">): Check {
  const rows = categories && categories.length > 0 ? { categories } : {};
  return categorized(validatorOf(definition).create({ ...definition, ...rows }), rows);
}

export function validatorOf({ use }: CheckDefinition): Validator {
  const validator = validators.find(({ name }) => name === use);
  if (!validator) throw new Problem("unknown-validator", { name: use }, EXIT.config);
  return validator;
}
