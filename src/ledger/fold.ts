/** Folds the ledger's lines into what stands now: runs, what they landed, what they left half done. */
import type {
  AskedEntry,
  Entry,
  EndedEntry,
  IntentEntry,
  LandedCommit,
  RecordedFinding,
  RunEntry,
  DeclinedEntry,
  DecidedEntry,
  HeldEntry,
  PublishedEntry,
  SkippedEntry,
  RemainingEntry,
  VerdictEntry,
} from "../domain/entry.ts";

export interface RunState {
  readonly start: RunEntry;
  readonly verdicts: readonly VerdictEntry[];
  readonly declined: readonly DeclinedEntry[];
  readonly asked: readonly AskedEntry[];
  readonly held: readonly HeldEntry[];
  readonly skipped: readonly SkippedEntry[];
  /** What was accepted by this run, or rejected of what it held. */
  readonly decided: readonly DecidedEntry[];
  readonly published: readonly PublishedEntry[];
  readonly commits: readonly LandedCommit[];
  /** Where the run left its branch; undefined where it landed nothing, or what it landed was undone. */
  readonly tip?: string;
  /** Where the branch stood before the run; null where the run made it. */
  readonly before?: string | null;
  /** An intent that neither came true nor was given up: the process died between the two. */
  readonly open?: IntentEntry;
  readonly remaining: readonly RecordedFinding[];
  /** What there was before, by category; known of a run that came to its end. */
  readonly found?: NonNullable<RemainingEntry["before"]>;
  readonly undone: boolean;
  readonly ended?: EndedEntry;
}

/** All runs by id, oldest first. Lines of a run whose first line is lost are dropped. */
export async function foldRuns(entries: AsyncIterable<Entry>): Promise<Map<string, RunState>> {
  const runs = new Map<string, RunState>();
  for await (const entry of entries) {
    const state = runs.get(entry.run);
    const next = entry.kind === "run" ? begin(entry) : state && step(state, entry);
    if (next) runs.set(entry.run, next);
  }
  return runs;
}

/** One run, with all that it decided; of the others only what little they need. */
export async function foldRun(ledger: { read(wanted?: (run: string) => boolean): AsyncIterable<Entry> }, run: string): Promise<RunState | undefined> {
  return (await foldRuns(ledger.read((one) => one === run))).get(run);
}

/** For `Ledger.read`: what runs did, without what they decided. */
export function none(): boolean {
  return false;
}

function begin(start: RunEntry): RunState {
  return { start, verdicts: [], declined: [], asked: [], held: [], skipped: [], decided: [], published: [], commits: [], remaining: [], undone: false };
}

function step(state: RunState, entry: Exclude<Entry, RunEntry>): RunState {
  switch (entry.kind) {
    case "intent":
      return { ...state, open: entry };
    case "landed": {
      const before = state.before === undefined ? entry.from : state.before;
      return { ...closed(state), commits: [...state.commits, ...entry.commits], tip: entry.to, before };
    }
    case "abandoned":
      return closed(state);
    case "remaining":
      return { ...state, remaining: entry.findings, ...(entry.before && { found: entry.before }) };
    case "undone": {
      const { tip: _tip, ...rest } = state;
      return { ...rest, undone: true };
    }
    case "ended":
      return { ...state, ended: entry };
    default:
      return collected(state, entry);
  }
}

/** Kinds of which a run may have many, and those that are of no account here. */
function collected(state: RunState, entry: Extract<Entry, { kind: "verdict" | "declined" | "asked" | "held" | "skipped" | "decided" | "published" | "disagreement" | "left" }>): RunState {
  switch (entry.kind) {
    case "verdict":
      return { ...state, verdicts: append(state.verdicts, entry) };
    case "declined":
      return { ...state, declined: append(state.declined, entry) };
    case "asked":
      return { ...state, asked: append(state.asked, entry) };
    case "held":
      return { ...state, held: append(state.held, entry) };
    case "skipped":
      return { ...state, skipped: append(state.skipped, entry) };
    case "decided":
      return { ...state, decided: [...state.decided, entry] };
    case "published":
      return { ...state, published: [...state.published, entry] };
    case "disagreement":
    case "left":
      return state;
  }
}

function closed(state: RunState): RunState {
  const { open: _open, ...rest } = state;
  return rest;
}

/** Verdicts come by the thousand; the array is the fold's own and never shared before it ends. */
function append<T>(list: readonly T[], item: T): readonly T[] {
  (list as T[]).push(item);
  return list;
}

/** The newest run of the same work whose branch can be gone on with: it landed something and was not undone. */
export function latestOf(runs: ReadonlyMap<string, RunState>, work: string): RunState | undefined {
  return [...runs.values()].reverse().find(({ start, tip, undone }) => start.work === work && tip !== undefined && !undone);
}
