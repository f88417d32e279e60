/**
 * Finds the largest set of proposals that is green together, in few measurements.
 *
 * All candidates are measured at once. Where that is red, the new findings are attributed to proposals (see
 * `attribute.ts`), by looks at the broken files alone where their place does not say it (`single-out.ts`); the culprits
 * are set aside, and the rest is measured again; culprits are offered once more together, since two can be red alone and
 * green together. What cannot be attributed is tried in groups whose size follows the share of bad ones seen so far. The set that comes out is always one that was measured as it is, never a sum of parts that
 * were green apart.
 *
 * It knows nothing of git, checks or time: `judge` measures a set. At most 2N sets are measured for N proposals, and 11
 * more where up to `RESCUE_LIMIT` were struck without certain blame; a set is never measured twice.
 */
import type { Finding } from "../domain/finding.ts";
import type { Proposal } from "../domain/proposal.ts";
import { reason } from "../domain/reason.ts";
import type { Evidence, Verdict } from "../domain/verdict.ts";
import type { Weight } from "../domain/weigh.ts";
import { attribute, withOnlySuspects, type Blame, type Sight, type Terrain } from "./attribute.ts";
import { singleOut, singleOutEditors, type Ask, type SingledOut } from "./single-out.ts";
import { allButOne, pairs, split, type Set_ } from "./subsets.ts";

/** What the measurement of a set said, beside the baseline. */
export interface Judgement {
  readonly weight: Weight;
  readonly evidence: readonly Evidence[];
  /** The files whose change others can see; a finding elsewhere comes from one of them. Any may be where absent. */
  readonly far?: ReadonlySet<string>;
  /** Which findings come from whoever edits their file; see `Check.isOfItsFile`. */
  readonly isOfItsFile?: (finding: Finding) => boolean;
  /** Which of these files are worse with another set, by a look at them alone; undefined where that cannot be told. */
  readonly probe?: (set: readonly Proposal[], files: readonly string[]) => Promise<ReadonlySet<string> | undefined>;
  /** Where the red may be chance: the same set once more. */
  readonly confirm?: () => Promise<Judgement>;
}

export interface SearchOptions {
  readonly proposals: readonly Proposal[];
  judge(set: readonly Proposal[]): Promise<Judgement>;
  readonly terrain: Terrain;
  /** `better`: a proposal must take its own findings away. `same`: it is enough that nothing gets worse. */
  readonly accepts: "better" | "same";
  /** Already green, and part of every set that is measured. */
  readonly given?: readonly Proposal[];
}

export interface SearchResult {
  /** In the order of `proposals`; includes what was given. */
  readonly accepted: readonly Proposal[];
  readonly struck: readonly Verdict[];
  /** The measurement of exactly `accepted`; undefined where that set is empty. */
  readonly final: Judgement | undefined;
  readonly measurements: number;
}

/** With more struck proposals than this, offering them again all but one, or in pairs, would cost too much. */
const RESCUE_LIMIT = 6;

/** What share of proposals without a history is taken for bad, and how many decisions outweigh what was expected. */
const PRIOR_SHARE = 0.05;
const PRIOR_WEIGHT = 10;

/** As many as are green together with even odds, where this share of them is bad. */
function groupSize(badShare: number): number {
  return badShare >= 0.5 ? 1 : Math.max(1, Math.floor(Math.log(0.5) / Math.log(1 - badShare)));
}

export async function search(options: SearchOptions): Promise<SearchResult> {
  return new Search(options).run();
}

class Search {
  readonly #options: SearchOptions;
  readonly #order: ReadonlyMap<Proposal, number>;
  readonly #measured = new Map<string, Judgement>();
  /** In how many measured sets each new finding was seen, by its key. */
  readonly #redSets = new Map<string, number>();
  readonly #singledOut = new Map<Judgement, SingledOut>();
  readonly #struck = new Map<Proposal, Verdict>();
  /** Struck ones whose new finding stands right where they edit, or goes with them alone. */
  readonly #certain = new Set<Proposal>();
  /** Singled out among those that edit one file: two that need each other there are hard to tell from two bad ones. */
  readonly #doubtful = new Set<Proposal>();

  constructor(options: SearchOptions) {
    this.#options = options;
    this.#order = new Map([...(options.given ?? []), ...options.proposals].map((one, index) => [one, index]));
  }

  async run(): Promise<SearchResult> {
    const given = this.#options.given ?? [];
    const grown = await this.#grow(given, this.#options.proposals);
    const accepted = this.#ordered(await this.#rescue(grown));
    const final = accepted.length === 0 ? undefined : await this.#judge(accepted);
    const struck = [...this.#struck.values()];
    return { accepted, struck, final, measurements: this.#measured.size };
  }

  /** The green set that `kept` grows to by as many of the candidates as it will take. */
  async #grow(kept: Set_, candidates: Set_): Promise<Set_> {
    if (candidates.length === 0) return kept;
    const judgement = await this.#judge([...kept, ...candidates]);
    if (this.#isGreen(judgement)) return this.#settle(kept, candidates, judgement);
    if (candidates.length === 1) return this.#strike(candidates, judgement, kept);
    const { culprits, suspects } = await this.#blame(kept, candidates, judgement);
    const [first, second] = split(candidates, new Set(culprits.size > 0 ? culprits.keys() : [...suspects.values()].flat()));
    if (second.length === 0) return this.#inGroups(kept, candidates, judgement);
    if (first.length === 0) return this.#offerAgain(kept, candidates);
    const grown = await this.#grow(kept, first);
    return culprits.size > 0 ? this.#offerAgain(grown, second) : this.#inGroups(grown, second, judgement);
  }

  /** The culprits once more, together, beside what is green without them. */
  async #offerAgain(kept: Set_, culprits: Set_): Promise<Set_> {
    const judgement = await this.#judge([...kept, ...culprits]);
    if (this.#isGreen(judgement)) return this.#settle(kept, culprits, judgement);
    if (culprits.length === 1) return this.#strike(culprits, judgement, kept);
    const sure = await this.#confirmed(judgement);
    const blame = await this.#blame(kept, culprits, sure);
    const [open, guilty] = split(culprits, blame.certain);
    for (const one of guilty) {
      if (!this.#doubtful.has(one)) this.#certain.add(one);
      this.#strikeFor(one, sure, guilty.length > 1 ? blame.culprits.get(one) : undefined);
    }
    if (open.length === 0) return kept;
    return guilty.length === 0 ? this.#inGroups(kept, open, judgement) : this.#grow(kept, open);
  }

  /**
   * What cannot be blamed, in groups that are as likely green as red by what is known so far; of a red group one culprit
   * is isolated by halving, and the rest goes back. Where half of all are bad that is one by one.
   */
  async #inGroups(kept: Set_, candidates: Set_, red: Judgement): Promise<Set_> {
    let [green, rest] = [kept, candidates];
    while (rest.length > 0) {
      const size = groupSize(this.#badShare(candidates, rest, red));
      const group = rest.slice(0, size);
      const judgement = await this.#judge([...green, ...group]);
      rest = rest.slice(group.length);
      if (this.#isGreen(judgement)) {
        green = await this.#settle(green, group, judgement);
        continue;
      }
      const { left, grown } = await this.#isolate(green, group, judgement);
      green = grown;
      rest = [...left, ...rest];
    }
    return green;
  }

  /** Strikes one culprit of a red group; what was not green beside `kept` by then is left. */
  async #isolate(kept: Set_, group: Set_, red: Judgement): Promise<{ grown: Set_; left: Set_ }> {
    let [green, guilty, judgement] = [kept, group, red];
    const left: Proposal[] = [];
    while (guilty.length > 1) {
      const middle = Math.ceil(guilty.length / 2);
      const [first, second] = [guilty.slice(0, middle), guilty.slice(middle)];
      const half = await this.#judge([...green, ...first]);
      if (this.#isGreen(half)) {
        green = await this.#settle(green, first, half);
        guilty = second; // red beside `green`: together they were measured
      } else {
        [guilty, judgement] = [first, half];
        left.unshift(...second);
      }
    }
    return { grown: await this.#strike(guilty, judgement, green), left };
  }

  /** How many of these are bad, 0 to 1: by what was struck so far, and at least what the red measurement shows. */
  #badShare(all: Set_, rest: Set_, red: Judgement): number {
    const decided = this.#order.size - rest.length;
    const expected = all.reduce((sum, { earned }) => sum + (earned ? 1 - earned.p : PRIOR_SHARE), 0) / all.length;
    const learnt = (this.#struck.size + expected * PRIOR_WEIGHT) / (decided + PRIOR_WEIGHT);
    const shown = (new Set(red.weight.risen.map(({ key, at }) => at?.file ?? key)).size - this.#struck.size) / all.length;
    return Math.min(1, Math.max(learnt, shown));
  }

  /** A green set, less those that changed nothing for the better where that is asked of them. */
  async #settle(kept: Set_, candidates: Set_, judgement: Judgement): Promise<Set_> {
    const idle = this.#options.accepts === "same" ? [] : idleAmong([...kept, ...candidates], judgement.weight.fallen);
    const [useful, useless] = split(candidates, new Set(idle));
    if (useless.length === 0) return [...kept, ...candidates];
    for (const one of useless) this.#record(one, "same", judgement, [reason("trial", "nothing-better")]);
    return this.#grow(kept, useful);
  }

  /**
   * What was struck early may be green beside what was accepted later, and two that need each other may have been
   * struck by a third: those struck without certain blame are offered once more, all, all but one, and in pairs.
   */
  async #rescue(kept: Set_): Promise<Set_> {
    const red = [...this.#struck.values()].filter(({ kind }) => kind === "worse").map(({ proposal }) => proposal);
    const open = red.filter((one) => !this.#certain.has(one));
    if (open.length < 2 || open.length > RESCUE_LIMIT) return kept;
    for (const offered of [open, ...allButOne(open), ...pairs(open)]) {
      const judgement = await this.#judge([...kept, ...offered]);
      if (!this.#isGreen(judgement)) continue;
      const grown = await this.#settle(kept, offered, judgement);
      for (const one of grown) this.#struck.delete(one);
      return grown;
    }
    return kept;
  }

  async #strike(guilty: Set_, judgement: Judgement, kept: Set_): Promise<Set_> {
    const sure = await this.#confirmed(judgement);
    for (const one of guilty) this.#strikeFor(one, sure);
    return kept;
  }

  /** A red that decides is no chance where all that is new was seen in two sets; else the set is measured once more. */
  async #confirmed(judgement: Judgement): Promise<Judgement> {
    const { risen } = judgement.weight;
    const isSeenTwice = risen.length > 0 && risen.every(({ key }) => (this.#redSets.get(key) ?? 0) > 1);
    return isSeenTwice || !judgement.confirm ? judgement : judgement.confirm();
  }

  /** Of several that are struck by one measurement, each is told only what is blamed on it. */
  #strikeFor(one: Proposal, judgement: Judgement, own?: readonly Finding[]): void {
    const { kind, reasons } = judgement.weight;
    const messages = new Set(own?.map(({ message }) => message));
    const told = reasons.filter(({ args }) => typeof args["message"] === "string" && messages.has(args["message"]));
    const shown = own ? [...(told.length > 0 ? told : reasons), reason("trial", "attributed")] : reasons;
    this.#record(one, kind === "unclear" ? "unclear" : "worse", judgement, shown);
  }

  #record(proposal: Proposal, kind: Verdict["kind"], judgement: Judgement, reasons: Verdict["reasons"]): void {
    this.#struck.set(proposal, { kind, proposal, reasons, evidence: judgement.evidence });
  }

  /** Whom the candidates' red is blamed on: by place, and where the place does not tell it by looks at the broken files alone. */
  async #blame(kept: Set_, candidates: Set_, judgement: Judgement): Promise<Blame> {
    const { risen } = judgement.weight;
    const { terrain } = this.#options;
    const byPlace = (sight: Sight): Blame => attribute(risen, candidates, terrain, sight);
    const found = judgement.probe && (await this.#singleOut(kept, candidates, judgement, byPlace(judgement)));
    return found ?? withOnlySuspects(byPlace({ ...judgement, isOfItsFile: undefined }), risen);
  }

  /** Undefined where looks at single files do not tell it. */
  async #singleOut(kept: Set_, candidates: Set_, judgement: Judgement, blame: Blame): Promise<Blame | undefined> {
    const { weight, probe } = judgement;
    // The same set comes back when its culprits are offered again, and then they are known.
    const known = this.#singledOut.get(judgement);
    const isShared = blame.editors.size > 0;
    if (!known && !isShared && (blame.culprits.size > 0 || blame.suspects.size === 0)) return withOnlySuspects(blame, weight.risen);
    const ask: Ask = async (without, files) => probe?.(this.#ordered([...kept, ...candidates.filter((one) => !without.has(one))]), files);
    const found = known ?? (await (isShared ? singleOutEditors(blame.editors, ask) : singleOut(blame.suspects, ask)));
    if (!found) return undefined;
    this.#singledOut.set(judgement, found);
    for (const one of isShared ? found.keys() : []) this.#doubtful.add(one);
    const culprits = [...found].map(([one, files]): [Proposal, Finding[]] => [one, weight.risen.filter(({ at }) => at && files.includes(at.file))]);
    return { ...blame, culprits: new Map([...blame.culprits, ...culprits]), certain: new Set([...blame.certain, ...found.keys()]) };
  }

  #isGreen({ weight }: Judgement): boolean {
    return weight.kind === "better" || weight.kind === "same";
  }

  #ordered(set: Set_): Set_ {
    return [...set].sort((one, other) => (this.#order.get(one) ?? 0) - (this.#order.get(other) ?? 0));
  }

  async #judge(set: Set_): Promise<Judgement> {
    const ordered = this.#ordered(set);
    const key = ordered.map(({ id }) => id).join(" ");
    const known = this.#measured.get(key);
    if (known) return known;
    const judgement = await this.#options.judge(ordered);
    this.#measured.set(key, judgement);
    for (const risen of new Set(judgement.weight.risen.map((one) => one.key))) this.#redSets.set(risen, (this.#redSets.get(risen) ?? 0) + 1);
    return judgement;
  }
}

/** Proposals whose own findings are all still there: as many of a key must be gone as proposals claim it. */
export function idleAmong(set: Set_, fallen: readonly Finding[]): Proposal[] {
  const gone = new Map<string, number>();
  for (const { key } of fallen) gone.set(key, (gone.get(key) ?? 0) + 1);
  return set.filter(({ findings }) => {
    const served = findings.filter(({ key }) => (gone.get(key) ?? 0) > 0);
    for (const { key } of served) gone.set(key, (gone.get(key) ?? 0) - 1);
    return findings.length > 0 && served.length === 0;
  });
}
