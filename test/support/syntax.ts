/** What the gate `mechanical` says of one text made into another by a model, with the real parsers. */
import type { BaseFile, EditLevel } from "../../src/domain/plugin.ts";
import type { Edit } from "../../src/domain/proposal.ts";
import type { Reason } from "../../src/domain/reason.ts";
import { gate } from "../../src/gates/mechanical.ts";
import { editsBetween } from "../../src/proposers/shared/difference.ts";
import { parseSyntax } from "../../src/system/syntax.ts";
import { context, propose } from "./gates.ts";

export interface Judging {
  readonly level?: EditLevel;
  /** Other files of the base. */
  readonly base?: Readonly<Record<string, string | BaseFile>>;
  readonly rung?: number;
}

/** The edits are the stretches of lines that differ. */
export async function judged(file: string, before: string, after: string, judging: Judging = {}): Promise<readonly Reason[]> {
  return judgedEdits(file, before, await editsBetween(file, before, after), after, judging);
}

export async function judgedEdits(file: string, before: string, edits: readonly Edit[], after: string, { level = "mechanical", base = {}, rung = 2 }: Judging = {}): Promise<readonly Reason[]> {
  const trees = new Map([[file, { before: await parseSyntax(file, before), after: await parseSyntax(file, after) }]]);
  const policy = { edits: { level, maxPatches: 2, maxPatchLines: 6 } };
  return gate.judge(propose(edits, { rung }), { ...context({ ...base, [file]: before }, policy), trees });
}

/** `code what` of each reason. */
export function codes(reasons: readonly Reason[]): string[] {
  return reasons.map(({ code, args }) => [code, args["what"] ?? args["part"] ?? args["why"]].filter((part) => part !== undefined).join(" "));
}
