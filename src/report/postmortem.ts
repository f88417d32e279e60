/** The text of a postmortem: what a run that ended early had done, and how to go on. */
import type { LandedCommit, RunEntry, VerdictEntry } from "../domain/entry.ts";
import { timeOf } from "./layout.ts";
import { code, escaped } from "./markdown.ts";
import { quoted, resumeArguments } from "./resume.ts";

interface DeadRun {
  readonly start: RunEntry;
  readonly verdicts: readonly VerdictEntry[];
  readonly commits: readonly LandedCommit[];
}

const TAIL = 20;

export function postmortem({ start, verdicts, commits }: DeadRun): string {
  const tail = verdicts.slice(-TAIL).map(({ at, verdict, proposal }) => `- ${timeOf(at)} ${verdict}: ${escaped(proposal.title)}`);
  return [
    `# Run ${code(start.run)} ended early`,
    "",
    `- command: ${code(`stet ${start.command}`)}, started ${timeOf(start.at)}, from ${code(start.base.slice(0, 12))}`,
    `- landed: ${commits.length} on ${code(start.branch)}`,
    `- verdicts: ${verdicts.length}`,
    "",
    "Nothing of yours was changed. The same command again goes on from what has landed; each finding lands at most once.",
    ...(start.command === "repair" ? [`Wherever HEAD is by then: ${code(resumeArguments(start).map(quoted).join(" "))}`] : []),
    ...(tail.length > 0 ? ["", "The last verdicts:", ...tail] : []),
    "",
  ].join("\n");
}
