/** A whole generated workspace as texts by path: the same for the same options, byte for byte. Writes nothing. */
import { seeded } from "../support/random.ts";
import { BASE_FILES } from "./base.ts";
import { changed } from "./change.ts";
import { faultsIn, type Fault, type FaultKind } from "./faults.ts";
import { makeGraph, type ModuleSize } from "./graph.ts";
import { moduleText, testFile, testText } from "./module.ts";
import { makePatches, type Checks, type Patch, type PatchOptions } from "./patches.ts";
import { settingsFor } from "./settings.ts";

export interface WorkspaceOptions {
  readonly seed: number;
  /** TypeScript modules below `src/`, the base among them; tests come on top, one for each. */
  readonly files: number;
  readonly checks: Checks;
  readonly size?: ModuleSize;
  /** Faults to build in, for `repair`. */
  readonly faults?: { readonly count: number; readonly kind: FaultKind };
  /** Patches that `tools/apply.mjs` makes, for `try` and the reference loop. */
  readonly patches?: Omit<PatchOptions, "checks">;
}

export interface GeneratedWorkspace {
  readonly files: ReadonlyMap<string, string>;
  readonly patches: readonly Patch[];
  readonly faults: readonly Fault[];
}

export function generate(options: WorkspaceOptions): GeneratedWorkspace {
  const { seed, checks } = options;
  const modules = makeGraph(options.files - Object.keys(BASE_FILES).length, options.size ?? "full", seeded(seed));
  const patches = options.patches ? makePatches(modules, { checks, ...options.patches }, seeded(seed + 1)) : [];
  const faulty = seeded(seed + 2).shuffled(modules);
  const faults = options.faults ? faultsIn(faulty, options.faults.count, options.faults.kind) : [];
  const files = new Map(Object.entries({ ...settingsFor(checks, patches), ...BASE_FILES }));
  for (const module of modules) {
    files.set(module.name.file, moduleText(module));
    if (checks === "tests") files.set(testFile(module), testText(module));
  }
  for (const fault of faults) files.set(fault.file, changed(files.get(fault.file) ?? "", fault));
  return { files, patches, faults };
}
