/**
 * Lets a model work on all that is left at once, with tools to read, search, edit and check: for findings that no edit of
 * one file settles. It works on a draft; what it says of its work counts for nothing, only the difference of the draft
 * does, as one proposal. A step back is always open: the best state that the checks have seen is kept.
 */
import { z } from "zod";
import type { Finding } from "../domain/finding.ts";
import type { Asking, Declined, Proposer, Rehearsal, Workspace } from "../domain/plugin.ts";
import { proposal, type Cost, type Proposal } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Tool, ToolCall, ToolResult } from "../llm/question.ts";
import { Draft } from "./shared/draft.ts";
import type { ProposerKind, Rung } from "./shared/kind.ts";
import { agentQuestion } from "./shared/question.ts";
import { shortName } from "./shared/short-name.ts";
import { Talk } from "./shared/talk.ts";

/** Questions to the model in one invocation; there is one invocation in a run (capability C8). */
const MAX_TURNS = 15;
const MAX_OUTPUT_TOKENS = 8_000;
/** Findings that it is shown. */
const MAX_FINDINGS = 40;
/** Calls of one answer that are heard. */
const MAX_CALLS = 20;

const path = z.string().min(1);
const SHAPES = {
  read_file: z.object({ path, from: z.int().positive().optional(), to: z.int().positive().optional() }),
  list_files: z.object({ prefix: z.string().optional() }),
  search: z.object({ text: z.string().min(1), prefix: z.string().optional() }),
  edit_file: z.object({ path, old_string: z.string().min(1), new_string: z.string() }),
  run_checks: z.object({}),
  finish: z.object({ summary: z.string().optional() }),
  give_up: z.object({ reason: z.string() }),
} as const;

const WORDS: Readonly<Record<keyof typeof SHAPES, string>> = {
  read_file: "Lines of a file with their numbers; 400 at most at once.",
  list_files: "The project's files whose paths begin so.",
  search: "Lines of the project's files that contain exactly this text.",
  edit_file: "Replaces a text that stands in the file exactly once.",
  run_checks: "Runs the project's checks on your edits and tells what is new and what is gone.",
  finish: "Ends the work with the edits as they are.",
  give_up: "Ends the work without edits.",
};

const TOOLS: readonly Tool[] = Object.entries(SHAPES).map(([name, shape]) => ({
  name,
  description: WORDS[name as keyof typeof SHAPES],
  parameters: z.toJSONSchema(shape),
}));

export const proposer: ProposerKind = {
  name: "agent",
  summary: "Lets a model read, search, edit and check over several files, 15 turns at most, once in a run; from a model that was named.",
  rung: 3,
  open({ client, rung, name }: Rung): Proposer {
    let invoked = false;
    return {
      name,
      summary: proposer.summary,
      rung,
      attempts: 1,
      async *propose(findings, workspace, asking = {}) {
        if (invoked || findings.length === 0) return;
        invoked = true;
        yield await work({ client, rung, name }, findings, workspace, asking);
      },
    };
  },
};

async function work({ client, rung, name }: Rung, findings: readonly Finding[], workspace: Workspace, asking: Asking): Promise<Proposal | Declined> {
  const decline = (why: Reason, cost?: Cost): Declined => ({ declined: true, findings, by: name, rung, reason: why, ...(cost && { cost }) });
  const { project, rehearse, signal, tried = [], edits: bounds } = asking;
  if (!project || !rehearse) return decline(reason(name, "no-rehearsal"));
  const first = agentQuestion({ findings: findings.slice(0, MAX_FINDINGS), tried, tools: TOOLS, maxOutputTokens: MAX_OUTPUT_TOKENS, edits: bounds });
  const session = new Session(new Talk({ client, name, signal }, first), new Draft(await project()), rehearse);
  const end = await session.run();
  const { talk, draft } = session;
  if (end) return decline(end, talk.cost);
  const fallen = await session.settle();
  const edits = await draft.edits();
  if (edits.length === 0) return decline(reason(name, "no-edit-left"), talk.cost);
  const keys = new Set(fallen.map(({ key }) => key));
  const settled = findings.filter(({ key }) => keys.has(key));
  const title = `${settled.length > 0 ? settled.length : findings.length} findings, by the agent ${shortName(talk.model)}`;
  const made = proposal({ by: name, rung, base: workspace.tree, title, safety: "unsafe", edits, findings: settled.length > 0 ? settled : findings });
  return { ...made, cost: talk.cost };
}

type Texts = Partial<Record<"path" | "prefix" | "text" | "old_string" | "new_string" | "reason" | "summary", string | undefined>>;
type Arguments = Texts & { readonly from?: number | undefined; readonly to?: number | undefined };

/** A state of the draft with what the checks said of it. */
interface State {
  readonly texts: ReadonlyMap<string, string>;
  readonly rehearsal: Rehearsal;
}

class Session {
  readonly talk: Talk;
  readonly draft: Draft;
  readonly #rehearse: NonNullable<Asking["rehearse"]>;
  #best: State | undefined;
  #last: State | undefined;
  #end: Reason | "finished" | undefined;

  constructor(talk: Talk, draft: Draft, rehearse: NonNullable<Asking["rehearse"]>) {
    this.talk = talk;
    this.draft = draft;
    this.#rehearse = rehearse;
  }

  /** Why it came to nothing; undefined where there is a draft to look at. */
  async run(): Promise<Reason | undefined> {
    for (let turn = 1; turn <= MAX_TURNS && this.#end === undefined; turn++) {
      const answer = await this.talk.ask();
      // What was checked before the model failed is good all the same.
      if ("by" in answer) return this.#best ? undefined : answer;
      if (answer.finish === "refused") return reason("model", "answer-refused");
      const results: ToolResult[] = [];
      for (const call of answer.calls.slice(0, MAX_CALLS)) results.push({ id: call.id, name: call.name, text: await this.#do(call) });
      for (const call of answer.calls.slice(MAX_CALLS)) results.push({ id: call.id, name: call.name, text: "Not done: too many calls at once." });
      const left = MAX_TURNS - turn;
      if (results.length === 0 && !this.draft.isEmpty) return undefined;
      this.talk.reply(answer, results.length > 0 ? results : `Call a tool. ${left} turns are left.`);
    }
    return typeof this.#end === "object" ? this.#end : undefined;
  }

  /** Goes back to the best state that the checks have seen, unless the last one is as good. Gives what is gone in it. */
  async settle(): Promise<readonly Finding[]> {
    if (!this.draft.isEmpty) await this.#check();
    const best = this.#best;
    if (!best) return [];
    this.draft.restore(best.texts);
    return best.rehearsal.fallen;
  }

  async #do({ name, input }: ToolCall): Promise<string> {
    const shape = Object.entries(SHAPES).find(([known]) => known === name)?.[1];
    if (!shape) return `There is no tool ${name}.`;
    const parsed = shape.safeParse(valueOf(input));
    if (!parsed.success) return `Not understood: ${z.prettifyError(parsed.error)}`;
    return this.#tools[name as keyof typeof SHAPES](parsed.data);
  }

  /** What each tool does with arguments of its shape. */
  readonly #tools: Readonly<Record<keyof typeof SHAPES, (args: Arguments) => string | Promise<string>>> = {
    read_file: ({ path: file = "", from, to }) => this.draft.read(file, from, to),
    list_files: ({ prefix }) => this.draft.list(prefix),
    search: ({ text = "", prefix }) => this.draft.search(text, prefix),
    edit_file: ({ path: file = "", old_string = "", new_string = "" }) => this.draft.edit(file, old_string, new_string),
    run_checks: async () => told(await this.#check()),
    finish: () => this.#ended("finished"),
    give_up: ({ reason: why = "" }) => this.#ended(reason("model", "gave-up", { detail: why.slice(0, 500) })),
  };

  #ended(end: Reason | "finished"): string {
    this.#end = end;
    return "Ended.";
  }

  async #check(): Promise<Rehearsal> {
    const texts = this.draft.snapshot();
    if (this.#last && isSame(this.#last.texts, texts)) return this.#last.rehearsal;
    const rehearsal = await this.#rehearse(await this.draft.edits());
    this.#last = { texts, rehearsal };
    if (rehearsal.kind === "better" && rehearsal.fallen.length > (this.#best?.rehearsal.fallen.length ?? 0)) this.#best = this.#last;
    return rehearsal;
  }
}

function isSame(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([file, text]) => other.get(file) === text);
}

function valueOf(input: string): unknown {
  try {
    return JSON.parse(input === "" ? "{}" : input) as unknown;
  } catch {
    return undefined;
  }
}

const MAX_TOLD = 20;

function told({ kind, reasons, risen, fallen }: Rehearsal): string {
  const lines = (findings: readonly Finding[]): string[] =>
    findings.slice(0, MAX_TOLD).map(({ at, by, rule, message }) => `- ${at ? `${at.file}:${at.line} ` : ""}${by} ${rule}: ${message}`);
  if (kind === "refused" || kind === "unclear") return `${kind}: ${JSON.stringify(reasons.slice(0, MAX_TOLD))}`;
  return [`${kind}: ${fallen.length} findings gone, ${risen.length} new.`, ...(risen.length > 0 ? ["New:", ...lines(risen)] : []), ...(kind === "worse" && risen.length === 0 ? [JSON.stringify(reasons)] : [])].join("\n");
}
