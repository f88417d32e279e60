/**
 * Lets a model call tools, turn by turn, until it says that it is through, gives up, or has had its turns. The tools come
 * as values; what the model says between its calls counts for nothing.
 */
import { z } from "zod";
import { reason, type Reason } from "../../domain/reason.ts";
import type { Tool, ToolCall, ToolResult } from "../question.ts";
import type { Talk } from "../talk.ts";

/** What a call comes to: a text for the model, or the end of the loop. */
export type Came = string | LoopEnd;

export interface LoopTool {
  readonly description: string;
  readonly shape: z.ZodType;
  /** The call's arguments as the model wrote them. */
  call(input: unknown): Promise<Came>;
}

export type LoopTools = Readonly<Record<string, LoopTool>>;

/**
 * `finished`: the model says that it is. `turns`: it has had all of them. `failed`: no answer came; `refused` where it was
 * the model that would not.
 */
export type LoopEnd =
  | { readonly kind: "finished"; readonly summary: string }
  | { readonly kind: "gave-up"; readonly detail: string }
  | { readonly kind: "turns" }
  | { readonly kind: "failed"; readonly reason: Reason; readonly refused: boolean };

export interface LoopOptions {
  readonly maxTurns: number;
  /** Whether an answer that calls nothing ends the loop. */
  readonly maySettle: () => boolean;
}

/** Calls of one answer that are heard. */
const MAX_CALLS = 20;
const MAX_DETAIL_LENGTH = 500;

export function loopTool<Shape extends z.ZodType>(description: string, shape: Shape, act: (args: z.infer<Shape>) => Came | Promise<Came>): LoopTool {
  return {
    description,
    shape,
    async call(input) {
      const parsed = shape.safeParse(input);
      return parsed.success ? act(parsed.data) : `Not understood: ${z.prettifyError(parsed.error)}`;
    },
  };
}

/** As a question states them. */
export function toolsOf(tools: LoopTools): Tool[] {
  return Object.entries(tools).map(([name, { description, shape }]) => ({ name, description, parameters: z.toJSONSchema(shape) }));
}

/** The two ways in which every loop can be ended by the model. */
export const ENDS: LoopTools = {
  finish: loopTool("Ends the work with the edits as they are.", z.object({ summary: z.string().optional() }), ({ summary = "" }) => ({ kind: "finished", summary })),
  give_up: loopTool("Ends the work without edits.", z.object({ reason: z.string() }), ({ reason: why }) => ({ kind: "gave-up", detail: why.slice(0, MAX_DETAIL_LENGTH) })),
};

/** Throws only what the talk's signal was aborted with. */
export async function runTools(talk: Talk, tools: LoopTools, { maxTurns, maySettle }: LoopOptions): Promise<LoopEnd> {
  for (let turn = 1; turn <= maxTurns; turn++) {
    const answer = await talk.ask();
    if ("by" in answer) return { kind: "failed", reason: answer, refused: false };
    if (answer.finish === "refused") return { kind: "failed", reason: reason("model", "answer-refused"), refused: true };
    const { results, end } = await callAll(answer.calls, tools);
    if (end) return end;
    if (results.length === 0 && maySettle()) return { kind: "finished", summary: answer.text };
    talk.reply(answer, results.length > 0 ? results : `Call a tool. ${maxTurns - turn} turns are left.`);
  }
  return { kind: "turns" };
}

async function callAll(calls: readonly ToolCall[], tools: LoopTools): Promise<{ results: ToolResult[]; end?: LoopEnd }> {
  const results: ToolResult[] = [];
  let end: LoopEnd | undefined;
  for (const { id, name, input } of calls.slice(0, MAX_CALLS)) {
    const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
    const came = tool ? await tool.call(valueOf(input)) : `There is no tool ${name}.`;
    if (typeof came === "string") results.push({ id, name, text: came });
    else end = came;
  }
  for (const { id, name } of calls.slice(MAX_CALLS)) results.push({ id, name, text: "Not done: too many calls at once." });
  return { results, ...(end && { end }) };
}

function valueOf(input: string): unknown {
  try {
    return JSON.parse(input === "" ? "{}" : input) as unknown;
  } catch {
    return undefined;
  }
}
