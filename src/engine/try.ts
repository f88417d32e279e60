/**
 * Tries a change that is there already: whole first, then by file, then by hunk, and lands the largest part that is
 * green as one commit. Nothing has to get better; nothing may get worse.
 */
import { filesOf, proposal, type Edit, type Proposal } from "../domain/proposal.ts";
import type { Reading } from "../domain/reading.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Verdict } from "../domain/verdict.ts";
import type { FileDifference } from "../trial/difference.ts";
import type { RunOptions as TrialOptions, TrialResult } from "../trial/trial.ts";
import { refusals } from "./gatekeeping.ts";
import type { Kit } from "./kit.ts";

export interface TryOptions {
  readonly tree: string;
  readonly readings: readonly Reading[];
  readonly title: string;
  readonly change: readonly FileDifference[];
  /** All of it lands, or nothing. */
  readonly whole: boolean;
}

export interface TryResult {
  readonly kept: readonly Proposal[];
  readonly struck: readonly Verdict[];
  readonly halted?: Reason;
}

export async function tryChange(kit: Kit, options: TryOptions): Promise<TryResult> {
  const impossible = options.change.flatMap((file) => (file.obstacle ? [obstacle(file, options)] : []));
  const possible = options.change.filter(({ edits }) => edits.length > 0).map(({ edits }) => piece(options, edits));
  const files = possible.slice(0, kit.maxFiles);
  const beyond = possible.slice(kit.maxFiles).map((one): Verdict => {
    return { kind: "refused", proposal: one, reasons: [reason("try", "not-tried", { max: kit.maxFiles })], evidence: [] };
  });
  if (options.whole) return tryWhole(kit, options, files, [...impossible, ...beyond]);
  const { passed, refused } = await throughGates(kit, options, files);
  const result = await byParts(kit, options, passed);
  return settle(kit, options, result, [...impossible, ...beyond, ...refused, ...result.struck]);
}

/** By file, and struck files of several hunks once more by hunk, beside what is green already; the checks read what comes of it. */
async function byParts(kit: Kit, options: TryOptions, files: readonly Proposal[]): Promise<TrialResult> {
  const split = new Set<string>();
  const alternatives: Alternatives = ({ struck }) => {
    const several = struck.map(({ proposal: one }) => one).filter(({ edits }) => edits.length > 1);
    for (const { id } of several) split.add(id);
    return Promise.resolve(several.flatMap(({ edits }) => edits.map((edit) => piece(options, [edit]))));
  };
  const result = await trial(kit, options, files, alternatives);
  return { ...result, struck: result.struck.filter(({ proposal: { id } }) => !split.has(id)) };
}

type Alternatives = NonNullable<TrialOptions["alternatives"]>;

/** Each file's part before the gates; a refused one of several hunks is split, and its hunks are judged apart. */
async function throughGates(
  kit: Kit,
  options: TryOptions,
  pieces: readonly Proposal[],
): Promise<{ passed: Proposal[]; refused: Verdict[] }> {
  const passed: Proposal[] = [];
  const refused: Verdict[] = [];
  for (const one of pieces) {
    const reasons = await refusals(kit, one);
    if (reasons.length === 0) {
      passed.push(one);
      continue;
    }
    const hunks = one.edits.length === 1 ? [] : one.edits.map((edit) => piece(options, [edit]));
    const parts = await throughGates(kit, options, hunks);
    passed.push(...parts.passed);
    // Where no hunk passes, it is the file that was refused, and saying so once is enough.
    const whole: Verdict = { kind: "refused", proposal: one, reasons, evidence: [] };
    refused.push(...(parts.passed.length > 0 ? parts.refused : [whole]));
  }
  return { passed, refused };
}

async function tryWhole(
  kit: Kit,
  options: TryOptions,
  files: readonly Proposal[],
  impossible: readonly Verdict[],
): Promise<TryResult> {
  const all = piece(options, files.flatMap(({ edits }) => edits));
  const reasons = [...impossible.flatMap((verdict) => verdict.reasons), ...(await refusals(kit, all))];
  if (reasons.length > 0) {
    const refused: Verdict = { kind: "refused", proposal: all, reasons, evidence: [] };
    return settle(kit, options, undefined, [refused]);
  }
  const result = await trial(kit, options, [all]);
  return settle(kit, options, result, result.struck);
}

/** A trial of these pieces; what a check and its oracle disagreed on is recorded. */
async function trial(kit: Kit, options: TryOptions, pieces: readonly Proposal[], alternatives?: Alternatives): Promise<TrialResult> {
  const result = await kit.trial.run(options, pieces, { accepts: "same", ...(alternatives && { alternatives }) });
  for (const one of result.disagreements) kit.run.disagreed(one);
  return result;
}

async function settle(
  kit: Kit,
  options: TryOptions,
  result: TrialResult | undefined,
  struck: readonly Verdict[],
): Promise<TryResult> {
  for (const verdict of struck) kit.run.record(verdict);
  if (!result?.final) return { kept: [], struck };
  const { final, accepted, tree } = result;
  const whole = piece(options, accepted.flatMap(({ edits }) => edits));
  const kind = final.weight.kind === "better" ? "better" : "same";
  const verdict: Verdict = { kind, proposal: whole, reasons: [], evidence: final.evidence };
  const halted = await kit.run.land([verdict], tree, (one) => kit.message(one, final.evidence, "alone"));
  return halted ? { kept: [], struck, halted } : { kept: accepted, struck };
}

function piece(options: TryOptions, edits: readonly Edit[]): Proposal {
  const { title, tree: base } = options;
  return proposal({ findings: [], by: "try", rung: 0, base, title, safety: "unsafe", edits });
}

function obstacle({ file, obstacle: code = "binary" }: FileDifference, options: TryOptions): Verdict {
  const nothing = [{ file, start: 0, before: "", after: "" }];
  return { kind: "refused", proposal: piece(options, nothing), reasons: [reason("try", code, { file })], evidence: [] };
}

/** The files that a result kept, each once. */
export function keptFiles({ kept }: TryResult): string[] {
  return filesOf(kept.flatMap(({ edits }) => edits));
}
