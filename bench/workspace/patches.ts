/**
 * Patches as a tool or a model would hand them over, a known share of them bad: one patch in a file. 85 in 100 bad ones
 * show it in the file they change, the others only in files that import it. Among the good ones, 30 in 100 change what
 * their file declares to others (measured on real code: 29 in 100 edits do).
 */
import type { Change } from "./change.ts";
import { imported, type ModuleSpec } from "./graph.ts";
import { moduleText } from "./module.ts";
import type { Chance } from "../support/random.ts";

export interface Patch extends Change {
  readonly isBad: boolean;
  /** Where a bad one shows. */
  readonly shows: "nowhere" | "own" | "other";
}

export type Checks = "types" | "lint" | "tests";

type Maker = (module: ModuleSpec) => Omit<Change, "file">;

const LOCAL: readonly Maker[] = [
  () => ({ before: "return own + foreign;", after: "return foreign + own;" }),
  () => ({ before: '?? entry.id;', after: '?? entry.id.trim();' }),
  () => ({ before: "if (found === undefined) throw", after: "if (!found) throw" }),
];

const DECLARING: readonly Maker[] = [
  () => ({ before: "readonly tags: readonly string[];", after: "readonly tags: readonly string[];\n  readonly note?: string;" }),
  ({ name: { type } }) => ({ before: `byTag(): Map<string, ${type}[]>`, after: `byTag(): ReadonlyMap<string, ${type}[]>` }),
  ({ name: { type } }) => ({ before: `rateOf${type}(quantity: number): number`, after: `rateOf${type}(quantity: number, _scale: number = 1): number` }),
];

const WRONG_TYPES: readonly Maker[] = [
  () => ({ before: "return own + foreign;", after: "return `${own + foreign}`;" }),
  ({ name: { type } }) => ({ before: `return weigh${type}(entry.quantity);`, after: `return weigh${type}(entry.quantities);` }),
  () => ({ before: "formatAmount(this.worthOf(entry))", after: "formatAmount(entry.quantity)" }),
];

const OWN: Readonly<Record<Checks, readonly Maker[]>> = {
  types: WRONG_TYPES,
  lint: [
    () => ({ before: "found === undefined", after: "found == undefined" }),
    ...WRONG_TYPES.slice(0, 1),
    () => ({ before: "const found = await", after: "var found = await" }),
  ],
  tests: [
    ({ share }) => ({ before: `own = quantity * ${share};`, after: `own = quantity * ${share + 1};` }),
    () => ({ before: "cents * entry.quantity", after: "cents + entry.quantity" }),
  ],
};

const RENAMED: readonly Maker[] = [
  ({ name: { type } }) => ({ before: `function rateOf${type}(`, after: `function quotaOf${type}(` }),
  ({ name: { type } }) => ({ before: `rateOf${type}(quantity: number)`, after: `rateOf${type}(quantity: number, _scale: number)` }),
];

const OTHER: Readonly<Record<Checks, readonly Maker[]>> = {
  types: RENAMED,
  lint: RENAMED,
  tests: [({ factor, offset }) => ({ before: `return quantity * ${factor} + ${offset};`, after: `return quantity * ${factor} + ${offset + 1};` })],
};

const OTHER_SHARE = 0.15;
const DECLARING_SHARE = 0.3;

export interface PatchOptions {
  readonly count: number;
  readonly badPercent: number;
  readonly checks: Checks;
  /** Only good patches that leave their file's declarations alone. */
  readonly onlyLocal?: boolean;
}

/** Throws `RangeError` where there are not modules enough. */
export function makePatches(modules: readonly ModuleSpec[], options: PatchOptions, chance: Chance): Patch[] {
  const { count, checks } = options;
  const bad = Math.round((count * options.badPercent) / 100);
  const others = Math.round(bad * OTHER_SHARE);
  const declaring = options.onlyLocal ? 0 : Math.round((count - bad) * DECLARING_SHARE);
  const open = chance.shuffled(modules);
  const known = imported(modules);
  const take = (wanted: number, isFit: (module: ModuleSpec) => boolean = () => true): ModuleSpec[] => {
    const taken = open.filter(isFit).slice(0, wanted);
    if (taken.length < wanted) throw new RangeError(`${count} patches do not fit ${modules.length} modules`);
    for (const one of taken) open.splice(open.indexOf(one), 1);
    return taken;
  };
  const made = [
    ...patchesOf(take(others, (one) => known.has(one)), OTHER[checks], "other"),
    ...patchesOf(take(bad - others), OWN[checks], "own"),
    ...patchesOf(take(declaring), DECLARING, "nowhere"),
    ...patchesOf(take(count - bad - declaring), LOCAL, "nowhere"),
  ];
  return chance.shuffled(made);
}

function patchesOf(modules: readonly ModuleSpec[], makers: readonly Maker[], shows: Patch["shows"]): Patch[] {
  return modules.flatMap((module, index) => {
    const text = moduleText(module);
    const fitting = makers.map((make) => make(module)).filter(({ before }) => text.includes(before));
    const change = fitting[index % fitting.length];
    return change ? [{ file: module.name.file, ...change, shows, isBad: shows !== "nowhere" }] : [];
  });
}
