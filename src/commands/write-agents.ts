/** What `stet init --agents` does: the project's rules for agents, in a marked block of AGENTS.md, made from the gates' own lists. */
import { join } from "node:path";
import { placeBlock } from "../domain/marked-block.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import { forbiddenIn } from "../gates/shared/forbidden.ts";
import { agentRules, agentsText } from "../report/agent-rules.ts";
import { safeJson } from "../report/plain.ts";
import { decode, exists, readBytesMaybe, writeWhole } from "../system/files.ts";
import { lookAt } from "./base.ts";
import type { Console } from "./console.ts";
import { meansFor } from "./engines.ts";
import { openState } from "./state.ts";
import type { InitOptions } from "./write-config.ts";

const FILE = "AGENTS.md";
const MARKS = { begin: "<!-- stet: begin. What stands up to the end mark is written anew by stet init --agents. -->", end: "<!-- stet: end -->" };

export async function writeAgents(options: InitOptions, terminal: Console): Promise<void> {
  await using state = await openState(options.cwd, { lock: false });
  const { repository } = state;
  const { project, checks } = await lookAt(repository, options);
  const by = checks.flatMap((check) => meansFor(repository.checkout, undefined, [check]).commands.map((words) => ({ name: check.name, command: words.join(" ") })));
  const rules = agentRules({ checks: by, ...forbiddenIn(project.files) });
  if (options.print) {
    terminal.print(options.json ? safeJson({ file: FILE, rules }) : rules);
    return;
  }
  const path = join(repository.checkout, FILE);
  const old = await oldText(path);
  const placed = placeBlock(old ?? "", rules, MARKS);
  if (!placed.ok) throw new Problem("agents-marks", { file: FILE, begin: MARKS.begin, end: MARKS.end }, EXIT.cannotCreate);
  if (placed.text !== old) await writeWhole(path, placed.text, { durable: true });
  const did = placed.text === old ? "unchanged" : old?.includes(MARKS.begin) === true ? "renewed" : "written";
  terminal.print(options.json ? safeJson({ type: "initialised", file: FILE, did }) : agentsText(FILE, did));
  terminal.exit(EXIT.settled);
}

/** Undefined where there is none. Throws `Problem` (73) where it is a link, or no text: what would come of it nobody knows. */
async function oldText(path: string): Promise<string | undefined> {
  const bytes = await readBytesMaybe(path);
  const text = bytes && decode(bytes);
  if (text === undefined && (bytes || (await exists(path)))) throw new Problem("agents-not-text", { file: FILE }, EXIT.cannotCreate);
  return text;
}
