/**
 * The message of a chunk's commit, made from its verdict. What the engine said of its own work is quoted as that, line by
 * line, bounded and without power over whoever reads messages.
 */
import type { Proposal } from "../domain/proposal.ts";
import { filesOf } from "../domain/proposal.ts";
import type { Chunk, Spec } from "../domain/task.ts";
import type { Evidence } from "../domain/verdict.ts";
import { figureLines, identifier, listed, type CommitFacts } from "./commit-message.ts";
import { inert } from "./inert.ts";
import { count } from "./layout.ts";
import { quoted } from "./quoted.ts";

export interface BuildFacts {
  /** What the spec is called in subjects and branches. */
  readonly name: string;
  readonly spec: Pick<Spec, "file">;
  readonly chunk: Chunk;
  readonly work: { readonly engine: string; readonly said: string; readonly fixes: number; readonly objections: number };
  readonly proposal: Proposal;
  readonly evidence: readonly Evidence[];
  readonly measured: CommitFacts["measured"];
  readonly run: string;
  readonly version: string;
}

const MAX_SUBJECT = 72;
const MAX_LINE = 160;

export function buildMessage(facts: BuildFacts): string {
  const { name, chunk, proposal, evidence, measured, run, version, work } = facts;
  const paragraphs = [
    [`[${inert(name, 40)}] ${inert(chunk.title, MAX_SUBJECT - Math.min(40, name.length) - 3)}`],
    taskLines(facts),
    listed("Changed:", filesOf(proposal.edits)),
    [...figureLines(evidence, measured), "Not measured: that it does all that the task asks. Nothing got worse, that is what the checks can say."],
    quoted("The engine's own words, which nothing here rests on:", work.said),
    [`Built by ${inert(work.engine, 60)}${work.fixes > 0 ? ` after ${count(work.fixes, "fix", "fixes")}` : ""}, tried and landed by stet ${inert(version, 30)}. Hooks were not run.`],
    [`Stet-Run: ${identifier(run)}`, `Stet-Proposal: ${identifier(proposal.id)}`, `Stet-Chunk: ${chunk.id.replace(/[^\w.+-]/g, "").slice(0, 80)}`],
  ];
  return `${paragraphs.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function taskLines({ spec, chunk: { tasks } }: BuildFacts): string[] {
  return tasks.slice(0, 20).map(({ number, title, at }) => `Task ${inert(`${number === undefined ? "" : `${number} `}${title} (${spec.file}:${at.line})`, MAX_LINE)}`);
}
