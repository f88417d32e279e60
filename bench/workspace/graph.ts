/**
 * Which module imports which: layers, mostly neighbours, and a few hubs that much of the code stands on, as in projects
 * that have grown. Never a circle: a module imports only modules of a lower index.
 */
import type { Chance } from "../support/random.ts";
import { nameOf, type ModuleName } from "./names.ts";

export interface ModuleSpec {
  readonly name: ModuleName;
  readonly imports: readonly ModuleSpec[];
  /** What its functions reckon with; small whole numbers. */
  readonly factor: number;
  readonly offset: number;
  readonly share: number;
  readonly size: ModuleSize;
}

/** About 90 lines, or about 35: so that 5,000 of them can still be checked cold within a bench run. */
export type ModuleSize = "full" | "small";

const MAX_IMPORTS = 4;
/** Every fourth import leads to a hub; one module in fifty is one. */
const HUB_CHANCE = 4;
const HUB_SHARE = 50;
/** How far down its other imports reach. */
const REACH = 60;

export function makeGraph(count: number, size: ModuleSize, chance: Chance): ModuleSpec[] {
  const modules: ModuleSpec[] = [];
  for (let index = 0; index < count; index++) {
    const wanted = Math.min(index, 1 + chance.below(MAX_IMPORTS));
    const chosen = new Set(Array.from({ length: wanted }, () => importOf(index, count, chance)));
    const imports = [...chosen].sort((one, other) => one - other).flatMap((at) => modules[at] ?? []);
    const [factor, offset, share] = [2 + chance.below(7), 1 + chance.below(9), 2 + chance.below(5)];
    modules.push({ name: nameOf(index, count), imports, factor, offset, share, size });
  }
  return modules;
}

function importOf(index: number, count: number, chance: Chance): number {
  const hubs = Math.min(index, Math.ceil(count / HUB_SHARE));
  return chance.below(HUB_CHANCE) === 0 ? chance.below(hubs) : index - 1 - chance.below(Math.min(index, REACH));
}

/** Modules that at least one other imports. */
export function imported(modules: readonly ModuleSpec[]): Set<ModuleSpec> {
  return new Set(modules.flatMap(({ imports }) => imports));
}

/** What `weigh…` of a module gives: its own share and the rates of what it imports. */
export function weight({ imports, share }: ModuleSpec, quantity: number): number {
  return imports.reduce((sum, { factor, offset }) => sum + quantity * factor + offset, quantity * share);
}
