/** The rules of a project for agents, as Markdown: what is checked, and what is refused before anything is checked. */
import { oneLine } from "./plain.ts";

export interface AgentRules {
  /** How each check is run by hand. */
  readonly checks: readonly { readonly name: string; readonly command: string }[];
  readonly suppressions: readonly string[];
  readonly stubs: readonly string[];
  readonly omissions: readonly string[];
  readonly definitions: readonly string[];
}

const MAX_DEFINITIONS = 20;

export function agentRules({ checks, suppressions, stubs, omissions, definitions }: AgentRules): string {
  const shown = definitions.slice(0, MAX_DEFINITIONS);
  const more = definitions.length > shown.length ? ` and ${definitions.length - shown.length} more` : "";
  const rules = [
    ...(suppressions.length > 0 ? [`Mend what a check found; do not silence it. Refused are new ${spans(suppressions)}.`] : []),
    `Write code that works. Refused are bodies that only say that they are not implemented (${spans(stubs)}).`,
    `Write files out. Refused are remarks where code was (${spans(omissions)}).`,
    "Do not delete, skip or empty a test, and change one only where the task says so: no test may vanish.",
    `Leave alone what defines the checks${shown.length > 0 ? `: ${spans(shown)}${more}` : ""}.`,
    "Do not commit, switch branches or change git's configuration: only the files that you leave count.",
  ];
  return [
    "## Rules for agents",
    "",
    "Every change is tried with the project's own checks, and lands only where something gets better and nothing gets worse. What you say of",
    "your work counts for nothing.",
    ...(checks.length > 0 ? ["", "Run these before you are done:", "", ...checks.map(({ name, command }) => `- ${oneLine(name, 60)}: ${span(command)}`)] : []),
    "",
    "These are refused before any check is run:",
    "",
    ...rules.map((rule, index) => `${index + 1}. ${rule}`),
  ].join("\n");
}

function spans(texts: readonly string[]): string {
  return texts.map(span).join(", ");
}

/** A code span that no backtick in it can end. */
function span(text: string): string {
  const line = oneLine(text, 160);
  return line.includes("`") ? `\`\` ${line.replaceAll("``", "` `")} \`\`` : `\`${line}\``;
}

/** What `stet init --agents` says. */
export function agentsText(file: string, did: "written" | "renewed" | "unchanged"): string {
  const said = { written: `Wrote the rules for agents into ${file}.`, renewed: `Renewed the rules for agents in ${file}; everything else there is as it was.`, unchanged: `${file} has these rules already.` };
  return said[did];
}
