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
import { Talk } from "../llm/talk.ts";
import { lookTools, path } from "../llm/tools/look.ts";
import { ENDS, loopTool, runTools, toolsOf, type LoopTools } from "../llm/tools/tool-loop.ts";
import { Draft } from "./shared/draft.ts";
import type { ProposerKind, Rung } from "./shared/kind.ts";
import { agentQuestion } from "./shared/question.ts";
import { shortName } from "./shared/short-name.ts";

/** Questions to the model in one invocation; there is one invocation in a run (capability C8). */
const MAX_TURNS = 15;
const MAX_OUTPUT_TOKENS = 8_000;
/** Findings that it is shown. */
const MAX_FINDINGS = 40;

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
  const draft = new Draft(await project());
  const session = new Session(draft, rehearse);
  const first = agentQuestion({ findings: findings.slice(0, MAX_FINDINGS), tried, tools: toolsOf(session.tools), maxOutputTokens: MAX_OUTPUT_TOKENS, edits: bounds });
  const talk = new Talk({ client, name, signal }, first);
  const end = await session.run(talk);
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

/** A state of the draft with what the checks said of it. */
interface State {
  readonly texts: ReadonlyMap<string, string>;
  readonly rehearsal: Rehearsal;
}

class Session {
  readonly draft: Draft;
  readonly tools: LoopTools;
  readonly #rehearse: NonNullable<Asking["rehearse"]>;
  #best: State | undefined;
  #last: State | undefined;

  constructor(draft: Draft, rehearse: NonNullable<Asking["rehearse"]>) {
    this.draft = draft;
    this.#rehearse = rehearse;
    this.tools = {
      ...lookTools(draft),
      edit_file: loopTool(
        "Replaces a text that stands in the file exactly once.",
        z.object({ path, old_string: z.string().min(1), new_string: z.string() }),
        (edit) => draft.edit(edit.path, edit.old_string, edit.new_string),
      ),
      run_checks: loopTool("Runs the project's checks on your edits and tells what is new and what is gone.", z.object({}), async () => told(await this.#check())),
      ...ENDS,
    };
  }

  /** Why it came to nothing; undefined where there is a draft to look at. */
  async run(talk: Talk): Promise<Reason | undefined> {
    const end = await runTools(talk, this.tools, { maxTurns: MAX_TURNS, maySettle: () => !this.draft.isEmpty });
    if (end.kind === "gave-up") return reason("model", "gave-up", { detail: end.detail });
    // What was checked before the model failed is good all the same.
    return end.kind === "failed" && (end.refused || !this.#best) ? end.reason : undefined;
  }

  /** Goes back to the best state that the checks have seen, unless the last one is as good. Gives what is gone in it. */
  async settle(): Promise<readonly Finding[]> {
    if (!this.draft.isEmpty) await this.#check();
    const best = this.#best;
    if (!best) return [];
    this.draft.restore(best.texts);
    return best.rehearsal.fallen;
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

const MAX_TOLD = 20;

function told({ kind, reasons, risen, fallen }: Rehearsal): string {
  const lines = (findings: readonly Finding[]): string[] =>
    findings.slice(0, MAX_TOLD).map(({ at, by, rule, message }) => `- ${at ? `${at.file}:${at.line} ` : ""}${by} ${rule}: ${message}`);
  if (kind === "refused" || kind === "unclear") return `${kind}: ${JSON.stringify(reasons.slice(0, MAX_TOLD))}`;
  return [`${kind}: ${fallen.length} findings gone, ${risen.length} new.`, ...(risen.length > 0 ? ["New:", ...lines(risen)] : []), ...(kind === "worse" && risen.length === 0 ? [JSON.stringify(reasons)] : [])].join("\n");
}
