/**
 * Reads checks in a tree, each at most once: readings are kept by tree, check definition and dependencies, in memory
 * and in the cache folder, also across runs. Only what a check really read is kept; a crash is asked again next time.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Check, Workspace } from "../domain/plugin.ts";
import type { Listener } from "../domain/event.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import { weigh } from "../domain/weigh.ts";
import { readMaybe, writeWhole } from "../system/files.ts";
import { DependencyFault } from "./dependencies/by-lockfile.ts";
import { asReading } from "./glimpse.ts";
import type { Oracles } from "./oracles.ts";
import type { Worktree } from "./worktree.ts";

export interface MeasureOptions {
  readonly worktree: Worktree;
  /** Quicker looks for searches; without them every look is a reading. */
  readonly oracles?: Oracles;
  readonly checks: readonly Check[];
  /** The folder for kept readings. */
  readonly folder: string;
  readonly listen: Listener;
  readonly signal?: AbortSignal;
}

/** What was seen of a tree in a search. */
export interface Looked {
  readonly readings: readonly Reading[];
  /** Of the files that differ from the base, those whose change others can see, where the red check's oracle knows. */
  readonly far?: ReadonlySet<string>;
  /** Where an oracle saw red: in which of these files it still does in another tree, by a look at them alone. */
  readonly probe?: (tree: string, files: readonly string[]) => Promise<ReadonlySet<string> | undefined>;
}

interface Seen {
  readonly reading: Reading;
  readonly far?: ReadonlySet<string>;
}

export class Measure {
  readonly #options: MeasureOptions;
  readonly #checks: readonly Check[];
  readonly #memory = new Map<string, Reading>();
  readonly #around = new Map<string, Promise<string>>();
  #open: { tree: string; workspace: Workspace } | undefined;
  /** How many checks really ran, by name. */
  readonly ran = new Map<string, number>();
  /** How many looks oracles took in their place, by name. */
  readonly looked = new Map<string, number>();

  constructor(options: MeasureOptions) {
    this.#options = options;
    this.#checks = [...options.checks].sort((one, other) => one.expense - other.expense);
  }

  /** The workspace set to a tree; the same one while the tree stays. */
  async workspace(tree: string): Promise<Workspace> {
    if (this.#open?.tree !== tree) {
      this.#open = undefined;
      this.#open = { tree, workspace: await this.#options.worktree.open(tree) };
    }
    return this.#open.workspace;
  }

  /** After something wrote into the workspace: the next use sets it to its tree again. */
  soil(): void {
    this.#open = undefined;
  }

  /** Every check on the tree. */
  async baseline(tree: string): Promise<Reading[]> {
    const readings: Reading[] = [];
    for (const check of this.#checks) readings.push(await this.#read(check, tree, "baseline"));
    return readings;
  }

  /**
   * A look at the tree beside `base`, for a search: through a check's oracle where it has one, by the check itself where
   * it has none or has read the tree already. Quickest first, until one says that it is worse than `before`.
   */
  async look(base: string, before: readonly Reading[], tree: string): Promise<Looked> {
    const readings: Reading[] = [];
    const isQuick = (check: Check): number => Number(this.#options.oracles?.has(check) ?? false);
    for (const check of this.#checks.toSorted((one, other) => isQuick(other) - isQuick(one))) {
      const seen = await this.#glimpse(check, base, before, tree);
      const reading = seen?.reading ?? (await this.#confirmed(check, tree, before));
      readings.push(reading);
      if (weigh(before, [reading]).kind !== "worse") continue;
      return { readings, ...(seen && { ...seen, probe: (other, files) => this.#probe(check, base, before, other, files) }) };
    }
    return { readings };
  }

  /** What the check's oracle makes of the tree; undefined where the check has to be asked. A red that may be chance is seen twice. */
  async #glimpse(check: Check, base: string, before: readonly Reading[], tree: string): Promise<Seen | undefined> {
    if (await this.#known(check, tree)) return undefined;
    const seen = await this.#seeThrough(check, base, before, tree);
    if (!seen || check.deterministic || weigh(before, [seen.reading]).kind !== "worse") return seen;
    const again = await this.#seeThrough(check, base, before, tree);
    return again && weigh([seen.reading], [again.reading]).kind === "same" ? again : undefined;
  }

  /** Which of the files the oracle sees worse than `before`; undefined where it cannot tell. */
  async #probe(check: Check, base: string, before: readonly Reading[], tree: string, files: readonly string[]): Promise<ReadonlySet<string> | undefined> {
    const seen = await this.#seeThrough(check, base, before, tree, files);
    if (!seen || !isRead(seen.reading)) return undefined;
    return new Set(weigh(before, [seen.reading]).risen.flatMap(({ at }) => (at ? [at.file] : [])));
  }

  /** What the check's oracle makes of the tree, told as the check would tell it. */
  async #seeThrough(check: Check, base: string, before: readonly Reading[], tree: string, only?: readonly string[]): Promise<Seen | undefined> {
    const { oracles, listen } = this.#options;
    const { name } = check.definition;
    const baseline = before.find((reading) => reading.check === name);
    if (!oracles?.has(check) || !isRead(baseline)) return undefined;
    const glimpse = await oracles.glimpse(check, { from: base, baseline, to: tree, workspace: () => this.#lend(tree), ...(only && { only }) });
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
  async distrust(before: readonly Reading[], readings: readonly Reading[]): Promise<string[]> {
    const { oracles } = this.#options;
    const wrong = readings.filter((reading) => ["worse", "unclear"].includes(weigh(before, [reading]).kind));
    const names = new Set(wrong.map(({ check }) => check));
    const dropped = this.#checks.filter((check) => names.has(check.definition.name) && oracles?.has(check));
    for (const check of dropped) await oracles?.drop(check);
    return dropped.map(({ definition }) => definition.name);
  }

  /** Ends the oracles until the next look: what they hold makes room for the checks. */
  async close(): Promise<void> {
    await this.#options.oracles?.close();
  }

  /**
   * The checks on the tree, cheapest first, until one says that it is worse than `before`. A red from a check that need
   * not read the same twice is read once more: when the second reading differs it is flaky, which is unclear.
   */
  async compare(tree: string, before: readonly Reading[]): Promise<Reading[]> {
    const readings: Reading[] = [];
    for (const check of this.#checks) {
      const reading = await this.#confirmed(check, tree, before);
      readings.push(reading);
      if (weigh(before, [reading]).kind === "worse") break;
    }
    return readings;
  }

  async #confirmed(check: Check, tree: string, before: readonly Reading[]): Promise<Reading> {
    const first = await this.#read(check, tree, "trial");
    const red = isRead(first) && weigh(before, [first]).kind === "worse";
    if (!red || check.deterministic) return first;
    const again = await this.#run(check, tree, "trial");
    if (!isRead(again) || weigh([first], [again]).kind === "same") return again;
    const flaky: Reading = { kind: "flaky", check: check.definition.name, detail: "", durationMs: again.durationMs };
    this.#memory.set(await this.#key(check, tree), flaky);
    return flaky;
  }

  async #read(check: Check, tree: string, purpose: "baseline" | "trial"): Promise<Reading> {
    const kept = await this.#known(check, tree);
    if (!kept) return this.#run(check, tree, purpose);
    this.#options.listen({ type: "check-ended", reading: kept, cached: true });
    return kept;
  }

  async #known(check: Check, tree: string): Promise<Reading | undefined> {
    const key = await this.#key(check, tree);
    const kept = this.#memory.get(key) ?? (await this.#load(key));
    if (kept) this.#memory.set(key, kept);
    return kept;
  }

  async #run(check: Check, tree: string, purpose: "baseline" | "trial"): Promise<Reading> {
    const { listen, signal } = this.#options;
    const name = check.definition.name;
    listen({ type: "check-started", check: name, purpose });
    const reading = await this.#readIn(check, tree);
    signal?.throwIfAborted();
    this.ran.set(name, (this.ran.get(name) ?? 0) + 1);
    listen({ type: "check-ended", reading, cached: false });
    await this.#keep(await this.#key(check, tree), reading);
    return reading;
  }

  /** A tree whose dependencies cannot be had cannot be read; that is no fault of the tree. */
  async #readIn(check: Check, tree: string): Promise<Reading> {
    try {
      const workspace = await this.workspace(tree);
      this.#open = undefined; // what one check writes, the next must not see
      return await check.read(workspace, this.#options.signal);
    } catch (error) {
      if (!(error instanceof DependencyFault)) throw error;
      const detail = [error.reason.code, error.reason.args["detail"] ?? ""].join(": ");
      return { kind: "missing", check: check.definition.name, detail, durationMs: 0 };
    }
  }

  async #key(check: Check, tree: string): Promise<string> {
    const surroundings = await this.#surroundings(tree);
    const parts = [tree, JSON.stringify(check.definition), surroundings];
    return createHash("sha256").update(parts.join("\0")).digest("hex");
  }

  async #surroundings(tree: string): Promise<string> {
    const known = this.#around.get(tree) ?? this.#options.worktree.surroundings(tree);
    this.#around.set(tree, known);
    return known;
  }

  async #keep(key: string, reading: Reading): Promise<void> {
    this.#memory.set(key, reading);
    if (isRead(reading)) await writeWhole(join(this.#options.folder, `${key}.json`), JSON.stringify(reading));
  }

  async #load(key: string): Promise<Reading | undefined> {
    const text = await readMaybe(join(this.#options.folder, `${key}.json`));
    try {
      return text === undefined ? undefined : (JSON.parse(text) as Reading);
    } catch {
      return undefined;
    }
  }
}
