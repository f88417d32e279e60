/**
 * How far a spec has been built: its branches, and the commit of each chunk. The ledger's own lines are the truth, so
 * whatever a kill left out is there again at the next look; the file beside it is for people and tools, and remembers from
 * when on the ledger counts.
 */
import { z } from "zod";
import { readMaybe, writeWhole } from "../system/files.ts";
import type { RunState } from "./fold.ts";

const part = z.object({ ref: z.string(), base: z.string(), tip: z.string(), run: z.string(), url: z.string().optional(), number: z.number().optional() });
const record = z.object({ title: z.string(), commit: z.string(), ref: z.string(), run: z.string(), proposal: z.string() });
/** A task as a model has cut it; whether it is done is told by what stands now. */
const task = z.object({
  ...{ id: z.string(), title: z.string(), instructions: z.string(), dependencies: z.array(z.string()) },
  ...{ files: z.array(z.string()), acceptance: z.array(z.string()), section: z.array(z.string()), does: z.array(z.string()) },
  at: z.object({ file: z.string(), line: z.number(), column: z.number() }),
});
/** `plan`: which words were cut. */
const cut = z.object({ plan: z.string(), model: z.string(), tasks: z.array(task) });
const shape = z.object({
  version: z.literal(1),
  file: z.string(),
  /** Runs that began before this are not counted. */
  since: z.string(),
  parts: z.array(part),
  chunks: z.record(z.string(), record),
  /** The size, in tokens, above which chunks were halved. */
  chunkTokens: z.number().optional(),
  /** What a model has made of the spec: it is never asked for the same words again. */
  cut: cut.optional(),
});

/** A branch that chunks have landed on. */
export type SpecPart = z.infer<typeof part>;
export type ChunkRecord = z.infer<typeof record>;
export type SpecCut = z.infer<typeof cut>;
export type SpecState = z.infer<typeof shape>;

export function emptySpecState(file: string, since = ""): SpecState {
  return { version: 1, file, since, parts: [], chunks: {} };
}

/** What the file says; undefined where there is none, or it is torn or somebody else's. */
export async function readSpecState(path: string): Promise<SpecState | undefined> {
  try {
    const parsed = shape.safeParse(JSON.parse((await readMaybe(path)) ?? "null"));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export async function writeSpecState(path: string, state: SpecState): Promise<void> {
  await writeWhole(path, `${JSON.stringify(state, null, 2)}\n`, { durable: true });
}

/**
 * The state with all that the ledger's runs have landed for the spec since, in their order. What was undone is not counted,
 * and what the file knows of runs that the ledger has lost is kept.
 */
export function foldSpec(state: SpecState, runs: ReadonlyMap<string, RunState>): SpecState {
  let parts = state.parts.filter(({ run }) => !runs.has(run));
  let chunks = Object.fromEntries(Object.entries(state.chunks).filter(([, { run }]) => !runs.has(run)));
  for (const run of runs.values()) {
    const { start, tip, undone } = run;
    if (start.command !== "build" || start.at < state.since || undone || tip === undefined) continue;
    const landed = recordsOf(run, state.file);
    if (landed.length === 0) continue;
    parts = withPart(parts, run, tip);
    chunks = { ...chunks, ...Object.fromEntries(landed) };
  }
  return { ...state, parts: withRequests(parts, runs), chunks };
}

/** The last pull request of each branch, whichever run opened it. */
function withRequests(parts: readonly SpecPart[], runs: ReadonlyMap<string, RunState>): SpecPart[] {
  const all = [...runs.values()].flatMap(({ published }) => published);
  return parts.map((one) => {
    const request = all.findLast(({ ref, url }) => ref === one.ref && url !== undefined);
    return request?.url === undefined ? one : { ...one, url: request.url, ...(request.number !== undefined && { number: request.number }) };
  });
}

function recordsOf({ start, commits, verdicts }: RunState, file: string): [string, ChunkRecord][] {
  return commits.flatMap(({ proposal, commit }) => {
    const finding = verdicts.findLast((one) => one.proposal.id === proposal)?.proposal.findings.find(({ by, at }) => by === "spec" && at?.file === file);
    return finding ? [[finding.rule, { title: finding.message, commit, ref: start.branch, run: start.run, proposal }] satisfies [string, ChunkRecord]] : [];
  });
}

/** A run that went on with another's branch moves that part on. */
function withPart(parts: readonly SpecPart[], { start }: RunState, tip: string): SpecPart[] {
  const known = parts.findIndex(({ ref, base }) => ref === start.branch && base === start.base);
  const before = known < 0 ? {} : parts[known];
  const next = { ...before, ref: start.branch, base: start.base, tip, run: start.run };
  return known < 0 ? [...parts, next] : parts.with(known, next);
}
