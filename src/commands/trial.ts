/** Puts worktree, dependencies, containment and checks together for one base. */
import { join } from "node:path";
import type { Listener } from "../domain/event.ts";
import type { Check } from "../domain/plugin.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import type { Repository } from "../system/repository.ts";
import type { Capabilities } from "../system/sandbox.ts";
import { packageRoot } from "../system/version.ts";
import { findDependencies, identity } from "../trial/dependencies.ts";
import { Measure } from "../trial/measure.ts";
import type { Shadow } from "../trial/shadow.ts";
import { Worktree } from "../trial/worktree.ts";
import { validators } from "../validators/index.ts";
import type { Base } from "./base.ts";
import { packageFolders } from "./project.ts";

export interface TrialParts {
  readonly repository: Repository;
  readonly base: Base;
  readonly shadow: Shadow;
  readonly capabilities: Capabilities;
  readonly listen: Listener;
  readonly signal: AbortSignal;
}

export async function openTrial(parts: TrialParts): Promise<{ worktree: Worktree; measure: Measure }> {
  const { repository, base, shadow, capabilities, listen, signal } = parts;
  const dependencies = await findDependencies(repository.checkout, packageFolders(base.project.files));
  const worktree = new Worktree(
    {
      shadow,
      capabilities,
      dependencies,
      head: base.commit,
      checkout: repository.checkout,
      readOnlyPaths: [packageRoot()],
      passEnv: [],
    },
    0,
  );
  const surroundings = [identity(dependencies), process.version, capabilities.containment].join(" ");
  const checks = base.checks.map((definition): Check => {
    const validator = validators.find(({ name }) => name === definition.use);
    if (!validator) throw new Problem("unknown-validator", { name: definition.use }, EXIT.config);
    return validator.create(definition);
  });
  const folder = join(shadow.folder, "readings");
  return { worktree, measure: new Measure({ worktree, checks, folder, surroundings, listen, signal }) };
}
