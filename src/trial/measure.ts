/**
 * Reads checks in a tree, each at most once, and looks through their oracles in their place while a search goes on. Says
 * what was seen; what that means for a proposal is for `domain/weigh.ts` and the search to say.
 */
import type { ChangedPath, Check, Workspace } from "../domain/plugin.ts";
import type { Listener } from "../domain/event.ts";
import type { Finding } from "../domain/finding.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import { hidden, weigh, type Weight } from "../domain/weigh.ts";
import { compareTrees, type TreeDifference } from "../system/compare.ts";
import type { Git } from "../system/git.ts";
import { changeBetween } from "./apart.ts";
import { DependencyFault } from "./dependencies/fault.ts";
import { asReading } from "./glimpse.ts";
import { Lanes } from "./lanes.ts";
import type { Oracles } from "./oracles.ts";
import { Readings } from "./readings.ts";
import type { Worktree } from "./worktree.ts";

export interface MeasureOptions {
  readonly git: Git;
  /** Worktrees of its own, by lane from 0. */
  worktree(lane: number): Worktree;
  /** How many checks may run side by side. */
  readonly lanes: number;
  /** Quicker looks for searches; without them every look is a reading. */
  readonly oracles?: Oracles;
  readonly checks: readonly Check[];
  /** The folder for kept readings. */
  readonly folder: string;
  readonly listen: Listener;
  readonly signal?: AbortSignal;
}

/** A tree, and what the checks read of it. */
export interface Base {
  readonly tree: string;
  readonly readings: readonly Reading[];
}

/** What was seen of a tree in a search. */
export interface Looked {
  readonly readings: readonly Reading[];
  /** Of the files that differ from the base, those whose change others can see, where the red check's oracle knows. */
  readonly far?: ReadonlySet<string>;
  /** Which findings of the red check come from whoever edits their file. */
  readonly isOfItsFile?: (finding: Finding) => boolean;
  /** Where an oracle saw red: in which of these files it still does in another tree, by a look at them alone. */
  readonly probe?: (tree: string, files: readonly string[]) => Promise<ReadonlySet<string> | undefined>;
  /** Where the red check may be at odds with itself: the same once more, by the check itself; `flaky` where it differs. */
  readonly confirm?: () => Promise<Looked>;
}

interface Seen {
  readonly reading: Reading;
  readonly far?: ReadonlySet<string>;
}

export class Measure {
  readonly #options: MeasureOptions;
  readonly #checks: readonly Check[];
  readonly #kept: Readings;
  readonly #lanes: Lanes;
  /** How many checks really ran, by name. */
  readonly ran = new Map<string, number>();
  /** How many looks oracles took in their place, by name. */
  readonly looked = new Map<string, number>();

  constructor(options: MeasureOptions) {
    this.#options = options;
    this.#checks = [...options.checks].sort((one, other) => one.expense - other.expense);
    this.#lanes = new Lanes(options);
    const worktree = options.worktree(0);
    this.#kept = new Readings(options.folder, (tree) => worktree.surroundings(tree));
  }

  /** The workspace set to a tree; the same one while the tree stays. */
  workspace(tree: string): Promise<Workspace> {
    return this.#lanes.workspace(tree);
  }

  /** After something wrote into the workspace: the next use sets it to its tree again. */
  soil(): void {
    this.#lanes.soil();
  }

  /** Every check on the tree. */
  async baseline(tree: string): Promise<Reading[]> {
    const readings = new Map<Check, Reading>();
    await this.#lanes.each(this.#checks, async (check, lane) => {
      readings.set(check, await this.#read(check, undefined, tree, lane));
      return true;
    });
    return this.#checks.flatMap((check) => readings.get(check) ?? []);
  }

  /**
   * A look at the tree beside the base, for a search: through a check's oracle where it has one, by the check itself where
   * it has none or has read the tree already. Quickest first, until one says that it is worse. That may be chance.
   */
  async look(base: Base, tree: string): Promise<Looked> {
    const readings: Reading[] = [];
    const isQuick = (check: Check): number => Number(this.#options.oracles?.has(check) ?? false);
    for (const check of this.#checks.toSorted((one, other) => isQuick(other) - isQuick(one))) {
      const seen = await this.#glimpse(check, base, tree);
      const reading = seen?.reading ?? (await this.#read(check, base, tree, 0));
      readings.push(reading);
      if (!(await this.#isWorse(base, tree, reading))) continue;
      const confirm = async (): Promise<Looked> => ({ readings: [...readings.slice(0, -1), await this.#confirmed(check, base, tree, 0)] });
      const probe: Looked["probe"] = (other, files) => this.#probe(check, base, other, files);
      // One that may be at odds with itself would have to be probed twice each time, and blame the innocent all the same.
      const { isOfItsFile } = check;
      const known = { ...(seen?.far && { far: seen.far }), ...(isOfItsFile && { isOfItsFile }) };
      return { readings, ...known, ...(check.deterministic ? seen && { probe } : { confirm }) };
    }
    return { readings };
  }

  /** What the check's oracle makes of the tree; undefined where the check has to be asked. */
  async #glimpse(check: Check, base: Base, tree: string): Promise<Seen | undefined> {
    return (await this.#known(check, base, tree)) ? undefined : this.#seeThrough(check, base, tree);
  }

  /** Which of the files the oracle sees worse than the base; undefined where it cannot tell. */
  async #probe(check: Check, base: Base, tree: string, files: readonly string[]): Promise<ReadonlySet<string> | undefined> {
    const seen = await this.#seeThrough(check, base, tree, files);
    if (!seen || !isRead(seen.reading)) return undefined;
    return new Set((await this.weigh(base, tree, [seen.reading])).risen.flatMap(({ at }) => (at ? [at.file] : [])));
  }

  /** What the check's oracle makes of the tree, told as the check would tell it. */
  async #seeThrough(check: Check, base: Base, tree: string, only?: readonly string[]): Promise<Seen | undefined> {
    const { oracles, listen } = this.#options;
    const { name } = check.definition;
    const baseline = readingOf(check, base);
    if (!oracles?.has(check) || !isRead(baseline)) return undefined;
    const glimpse = await oracles.glimpse(check, { from: base.tree, baseline, to: tree, workspace: () => this.#lend(tree), ...(only && { only }) });
    if (!glimpse) return undefined;
    this.looked.set(name, (this.looked.get(name) ?? 0) + 1);
    const reading = asReading(baseline, glimpse);
    listen({ type: "looked", reading });
    return { reading, ...(glimpse.far && { far: glimpse.far }) };
  }

  /** For one use: whatever it is used for may write there. */
  async #lend(tree: string): Promise<Workspace> {
    const workspace = await this.workspace(tree);
    this.soil();
    return workspace;
  }

  /** Gives up the oracles of those checks that read the tree as no better than unclear, and names these checks. */
  async distrust(base: Base, tree: string, readings: readonly Reading[]): Promise<string[]> {
    const { oracles } = this.#options;
    const names = new Set<string>();
    for (const reading of readings) {
      const { kind } = await this.weigh(base, tree, [reading]);
      if (kind === "worse" || kind === "unclear") names.add(reading.check);
    }
    const dropped = this.#checks.filter((check) => names.has(check.definition.name) && oracles?.has(check));
    for (const check of dropped) await oracles?.drop(check);
    return dropped.map(({ definition }) => definition.name);
  }

  /** Ends the oracles until the next look: what they hold makes room for the checks. */
  async close(): Promise<void> {
    await this.#options.oracles?.close();
  }

  /**
   * The checks on the tree, cheapest first, until one says that it is worse than the base. A red from a check that need
   * not read the same twice is read once more: when the second reading differs it is flaky, which is unclear.
   */
  async compare(base: Base, tree: string): Promise<Reading[]> {
    const readings = new Map<Check, Reading>();
    await this.#lanes.each(this.#checks, async (check, lane) => {
      const reading = await this.#confirmed(check, base, tree, lane);
      readings.set(check, reading);
      return !(await this.#isWorse(base, tree, reading));
    });
    return this.#checks.flatMap((check) => readings.get(check) ?? []);
  }

  /** Readings of the tree beside the base's. What only came to light is looked into by the check that saw it. */
  async weigh(base: Base, tree: string, readings: readonly Reading[]): Promise<Weight> {
    const found = hidden(base.readings, readings);
    if (found.length === 0) return weigh(base.readings, readings);
    const change = await changeBetween(this.#options.git, base.tree, tree);
    const apart = new Set<Finding>();
    for (const one of found) {
      const check = this.#checks.find(({ definition }) => definition.name === one.by);
      if (change && (await check?.isApart?.(one, change))) apart.add(one);
    }
    return weigh(base.readings, readings, (one) => apart.has(one));
  }

  async #isWorse(base: Base, tree: string, reading: Reading): Promise<boolean> {
    const { kind, risen } = await this.weigh(base, tree, [reading]);
    return kind === "worse" || risen.length > 0;
  }

  async #confirmed(check: Check, base: Base, tree: string, lane: number): Promise<Reading> {
    const first = await this.#read(check, base, tree, lane);
    if (check.deterministic || !isRead(first) || !(await this.#isWorse(base, tree, first))) return first;
    const again = await this.#run(check, tree, "trial", lane);
    if (!isRead(again) || weigh([first], [again]).kind === "same") return again;
    const flaky: Reading = { kind: "flaky", check: check.definition.name, detail: "", durationMs: again.durationMs };
    await this.#kept.keep(check, tree, flaky);
    return flaky;
  }

  async #read(check: Check, base: Base | undefined, tree: string, lane: number): Promise<Reading> {
    const kept = await this.#known(check, base, tree);
    if (!kept) return this.#run(check, tree, base ? "trial" : "baseline", lane);
    this.#options.listen({ type: "check-ended", reading: kept, cached: true });
    return kept;
  }

  /** What the check has read of the tree already, or would: what it read of the base, where it is blind to all that differs. */
  async #known(check: Check, base: Base | undefined, tree: string): Promise<Reading | undefined> {
    const kept = await this.#kept.find(check, tree);
    if (kept || !base || !check.isBlindTo) return kept;
    const before = readingOf(check, base);
    if (!isRead(before) || !(await this.#kept.isSurroundedAlike(base.tree, tree))) return undefined;
    const differing = await compareTrees(this.#options.git, base.tree, tree);
    return check.isBlindTo(differing.map(changedPath), before) ? { ...before, durationMs: 0 } : undefined;
  }

  async #run(check: Check, tree: string, purpose: "baseline" | "trial", lane: number): Promise<Reading> {
    const { listen, signal } = this.#options;
    const name = check.definition.name;
    listen({ type: "check-started", check: name, purpose });
    const reading = await this.#readIn(check, tree, lane);
    signal?.throwIfAborted();
    this.ran.set(name, (this.ran.get(name) ?? 0) + 1);
    listen({ type: "check-ended", reading, cached: false });
    await this.#kept.keep(check, tree, reading);
    return reading;
  }

  /** A tree whose dependencies cannot be had cannot be read; that is no fault of the tree. */
  async #readIn(check: Check, tree: string, lane: number): Promise<Reading> {
    try {
      return await check.read(await this.#lanes.lend(tree, lane), this.#options.signal);
    } catch (error) {
      if (!(error instanceof DependencyFault)) throw error;
      const detail = [error.reason.code, error.reason.args["detail"] ?? ""].join(": ");
      return { kind: "missing", check: check.definition.name, detail, durationMs: 0 };
    }
  }
}

function readingOf({ definition }: Check, { readings }: Base): Reading | undefined {
  return readings.find(({ check }) => check === definition.name);
}

const FILE_MODES: readonly string[] = ["100644", "100755"];

function changedPath({ path, old, now }: TreeDifference): ChangedPath {
  const isText = old !== undefined && old.mode === now?.mode && FILE_MODES.includes(old.mode);
  return { path, kind: isText ? "text" : "other" };
}
