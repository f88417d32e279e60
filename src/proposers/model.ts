/**
 * Asks a model for a fix, file by file: the file, its findings, and what was tried. What comes back is edits like any
 * other, or a reason why there are none; a model's word for it counts for nothing. A quote that stands nowhere in the file
 * goes back to the model once, with the lines that come closest.
 */
import type { Edit } from "../domain/edit.ts";
import type { Finding } from "../domain/finding.ts";
import type { Declined, EditPolicy, Proposer, Tried, Workspace } from "../domain/plugin.ts";
import type { Cost, Proposal } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { statedTogether, type Stated } from "../domain/stated.ts";
import type { ModelClient } from "../llm/client.ts";
import { Talk } from "../llm/talk.ts";
import { adviceFor, isMiss, locate, type Span } from "../llm/tools/match.ts";
import { proposalMaker, titleOf } from "./shared/candidate.ts";
import { editsBetween } from "./shared/difference.ts";
import { excerpt } from "./shared/excerpt.ts";
import type { ProposerKind } from "./shared/kind.ts";
import { question } from "./shared/question.ts";
import { read, type Action, type Unread } from "./shared/reply.ts";
import { sideBySide } from "../llm/side-by-side.ts";
import { shortName } from "./shared/short-name.ts";

/** What is tried for one file by one model, at most: the second time with what came of the first. */
const MAX_ATTEMPTS = 2;
/** Files that are asked about at once. */
const CONCURRENCY = 4;
/** An answer that writes a file of the largest size anew, and some thinking. */
const MAX_OUTPUT_TOKENS = 16_000;

export const proposer: ProposerKind = {
  name: "model",
  summary: "Asks a language model for the smallest edits of a file that settle its findings; from a model that was named.",
  rung: 2,
  open({ client, rung, name }): Proposer {
    return {
      name,
      summary: proposer.summary,
      rung,
      attempts: MAX_ATTEMPTS,
      propose: (findings, workspace, { signal, tried = [], edits } = {}) => propose({ client, name, rung, workspace, signal, bounds: edits }, findings, tried),
    };
  },
};

interface Asked {
  readonly client: ModelClient;
  readonly name: string;
  readonly rung: number;
  readonly workspace: Workspace;
  readonly signal: AbortSignal | undefined;
  readonly bounds: EditPolicy | undefined;
}

async function* propose(asked: Asked, findings: readonly Finding[], tried: readonly Tried[]): AsyncGenerator<Proposal | Declined> {
  const byFile = Map.groupBy(findings, ({ at }) => at?.file ?? "");
  const tasks = [...byFile].map(([file, own]) => () => {
    return forFile(asked, file, own, evidence(own, tried));
  });
  yield* sideBySide(tasks, CONCURRENCY);
}

/** Attempts for other findings of the same rule that are told as well. */
const MAX_NEIGHBOURS = 3;

/** What was tried for these findings, before it what was tried last for others of their rules. */
function evidence(findings: readonly Finding[], tried: readonly Tried[]): Tried[] {
  const keys = new Set(findings.map(({ key }) => key));
  const rules = new Set(findings.map(({ rule }) => rule));
  const own = tried.filter((one) => one.findings.some((key) => keys.has(key)));
  const others = tried.filter((one) => !own.includes(one) && one.rules.some((rule) => rules.has(rule)));
  return [...others.slice(-MAX_NEIGHBOURS), ...own];
}

async function forFile(asked: Asked, file: string, findings: readonly Finding[], tried: readonly Tried[]): Promise<Proposal | Declined> {
  const { workspace, name, rung } = asked;
  const decline = (why: Reason, cost?: Cost): Declined => {
    const again = TEACHABLE.has(why.code);
    return { declined: true, findings, by: name, rung, reason: why, ...(again && { again }), ...(cost && { cost }) };
  };
  const text = file === "" ? undefined : await workspace.readText(file);
  if (text === undefined) return decline(reason(name, "no-file", { file }));
  const seen = await excerpt(file, text, findings, workspace);
  if (!seen) return decline(reason(name, "file-too-large", { file }));
  const talk = new Talk(asked, question({ file, excerpt: seen, findings, tried, maxOutputTokens: MAX_OUTPUT_TOKENS, edits: asked.bounds }));
  const found = await editsFrom(talk, file, text);
  if ("by" in found) return decline(found, talk.cost);
  const { edits, reindented, stated } = found;
  const rules = [...new Set(findings.map(({ rule }) => rule))].join(", ");
  const made = proposalMaker(name, workspace.tree, rung)({ findings, title: titleOf(rules, file, `by ${shortName(talk.model)}`), safety: "unsafe", edits });
  if (!made) throw new Error("a new maker has made nothing yet");
  return { ...made, cost: talk.cost, ...(stated && { stated }), ...(reindented > 0 && { reindented }) };
}

/** Mistakes that a model may see when it is told of them. */
const TEACHABLE: ReadonlySet<string> = new Set([
  "answer-no-action",
  "answer-wrong-shape",
  "answer-several",
  "answer-cut-off",
  "other-file",
  "no-change",
  "no-such-text",
  "edits-overlap",
]);

/** Questions in one conversation: the first, and once more where a quote was not found. */
const MAX_TURNS = 2;

/** What an action comes to. */
interface Found {
  readonly edits: Edit[];
  /** Of the edits, those whose quote had another indentation. */
  readonly reindented: number;
  readonly stated?: Stated | undefined;
}

async function editsFrom(talk: Talk, file: string, text: string): Promise<Found | Reason> {
  let last = reason("model", "no-answer");
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const answer = await talk.ask();
    if ("by" in answer) return answer;
    const action = read(answer);
    const found = await toEdits(action, file, text);
    if ("edits" in found) return found;
    last = found.reason;
    if (found.advice === undefined) return last;
    const { advice } = found;
    talk.reply(answer, answer.calls.length > 0 ? answer.calls.map(({ id, name }) => ({ id, name, text: advice })) : advice);
  }
  return last;
}

/** Why an action is no edit, and what to tell the model where it may try again. */
interface Wrong {
  readonly reason: Reason;
  readonly advice?: string;
}

async function toEdits(action: Action | Unread, file: string, text: string): Promise<Found | Wrong> {
  if (action.kind === "unread") return { reason: reason("model", `answer-${action.why}`, { detail: action.detail }) };
  if (action.kind === "give-up") return { reason: reason("model", "gave-up", { detail: action.reason.slice(0, 500) }) };
  if (action.path.replace(/^\.\//, "") !== file) return { reason: reason("model", "other-file", { file, other: action.path.slice(0, 200) }) };
  const found = action.kind === "write" ? { edits: await editsBetween(file, text, endingAs(text, action.content)), reindented: 0 } : fromPatch(action, file, text);
  if ("edits" in found && found.edits.length === 0) return { reason: reason("model", "no-change", { file }) };
  return found;
}

function fromPatch({ edits }: Extract<Action, { kind: "patch" }>, file: string, text: string): Found | Wrong {
  const found = edits.map((edit) => locate(text, edit));
  const misses = found.flatMap((one, index) => (isMiss(one) ? [`edit ${index + 1}: ${adviceFor(one)}`] : []));
  if (misses.length > 0) return { reason: reason("model", "no-such-text", { file, edits: misses.length }), advice: misses.join("\n\n") };
  const spans = found.filter((one): one is Span => !isMiss(one) && one.before !== one.after);
  const sorted = spans.toSorted((one, other) => one.start - other.start);
  if (sorted.some((span, index) => index > 0 && span.start < (sorted[index - 1]?.start ?? 0) + (sorted[index - 1]?.before.length ?? 0))) {
    return { reason: reason("model", "edits-overlap", { file }), advice: "Two of the edits overlap. Write them as one." };
  }
  return { edits: sorted.map(({ start, before, after }) => ({ file, start, before, after })), reindented: sorted.filter((span) => span.reindented).length, stated: statedTogether(edits.map(accountOf)) };
}

function accountOf({ rationale, confidence }: Extract<Action, { kind: "patch" }>["edits"][number]): Stated {
  return { ...(rationale !== undefined && { rationale }), ...(confidence !== undefined && { confidence }) };
}

/** A file written anew keeps the line endings that it had, and its newline at the end. */
function endingAs(text: string, content: string): string {
  const bare = content.replace(/\r\n/g, "\n");
  const ended = text.endsWith("\n") && !bare.endsWith("\n") ? `${bare}\n` : bare;
  return text.includes("\r\n") ? ended.replace(/\n/g, "\r\n") : ended;
}
