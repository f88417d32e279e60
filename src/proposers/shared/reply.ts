/**
 * Reads what a model wants done out of its answer: the call of a tool, or, where it did not call one, the same as JSON or
 * as SEARCH/REPLACE blocks in its text. One action on one file, or none: nothing is guessed.
 */
import { z } from "zod";
import { jsonIn, objectsIn } from "../../llm/objects-in.ts";
import type { Answer, Tool } from "../../llm/question.ts";

const replacement = z.object({
  old_string: z.string().min(1).describe("Text of the file exactly as it stands there, with enough around it to be found once."),
  new_string: z.string().describe("What stands there instead."),
});

const patch = z.object({
  path: z.string().min(1).describe("The file, as it was named."),
  edits: z.array(replacement).min(1).max(50).describe("All against the text as it was given; none overlaps another."),
});
const write = z.object({ path: patch.shape.path, content: z.string().describe("The whole file, nothing left out.") });
const giveUp = z.object({ reason: z.string().describe("Why there is no small, correct fix.") });

/** Where each edit has to be accounted for. What is said of it is for people; it weighs nothing. */
const accounted = patch.extend({
  edits: z.array(
    replacement.extend({
      rationale: z.string().describe("Why this edit is right, in a sentence."),
      confidence: z.number().min(0).max(100).describe("How sure you are of it."),
    }),
  ).min(1).max(50).describe("All against the text as it was given; none overlaps another."),
});

/** As it is read, under whatever policy: what is broken of an account is left out of it. */
const told = {
  rationale: accounted.shape.edits.element.shape.rationale.optional().catch(undefined),
  confidence: accounted.shape.edits.element.shape.confidence.optional().catch(undefined),
};
const readable = patch.extend({ edits: z.array(replacement.extend(told)).min(1).max(50) });

export type Action =
  | ({ readonly kind: "patch" } & z.infer<typeof readable>)
  | ({ readonly kind: "write" } & z.infer<typeof write>)
  | ({ readonly kind: "give-up" } & z.infer<typeof giveUp>);

/** Why an answer is no action, as data. */
export interface Unread {
  readonly kind: "unread";
  readonly why: "no-action" | "wrong-shape" | "several" | "cut-off" | "refused";
  readonly detail: string;
}

export const TOOLS: readonly Tool[] = [
  tool("patch_file", "Replaces texts in the file. Preferred.", patch),
  tool("write_file", "Writes the file anew. Only where most of it changes.", write),
  tool("give_up", "Says that there is no good fix.", giveUp),
];

/** Nothing is written anew under a policy that counts lines. */
export const PATCH_TOOLS: readonly Tool[] = [
  tool("patch_file", "Replaces texts in the file.", accounted),
  tool("give_up", "Says that there is no such edit.", giveUp),
];

function tool(name: string, description: string, shape: z.ZodType): Tool {
  return { name, description, parameters: z.toJSONSchema(shape) };
}

/** Longest text that is looked through for actions. */
const MAX_TEXT_LENGTH = 400_000;

export function read(answer: Answer): Action | Unread {
  if (answer.finish === "refused") return unread("refused", answer.text);
  if (answer.finish === "cut-off") return unread("cut-off", answer.text.slice(-200));
  const found = answer.calls.length > 0 ? answer.calls.map(({ name, input }) => called(name, input)) : inText(answer.text);
  const [action, second] = found;
  if (!action) return unread("no-action", answer.text);
  if (second && JSON.stringify(second) !== JSON.stringify(action)) return together(found);
  return action;
}

/** Several patches of one file are one; anything else at once is not understood. */
function together(found: readonly (Action | Unread)[]): Action | Unread {
  const patches = found.filter((one) => one.kind === "patch");
  const [first] = patches;
  if (!first || patches.length < found.length || patches.some(({ path }) => path !== first.path)) {
    return unread("several", found.map((one) => ("path" in one ? `${one.kind} ${one.path}` : one.kind)).join(", "));
  }
  return { ...first, edits: patches.flatMap(({ edits }) => edits) };
}

function unread(why: Unread["why"], detail: string): Unread {
  return { kind: "unread", why, detail: detail.slice(0, 500) };
}

const SHAPES = { patch_file: ["patch", readable], write_file: ["write", write], give_up: ["give-up", giveUp] } as const;

function called(name: string, input: string): Action | Unread {
  const shape = Object.entries(SHAPES).find(([known]) => known === name)?.[1];
  if (!shape) return unread("wrong-shape", `there is no tool ${name}`);
  const value = jsonIn(input);
  const parsed = shape[1].safeParse(value ?? input);
  if (!parsed.success) return unread("wrong-shape", `${name}: ${z.prettifyError(parsed.error)}`);
  return { kind: shape[0], ...parsed.data } as Action;
}

function inText(text: string): (Action | Unread)[] {
  const bounded = text.slice(0, MAX_TEXT_LENGTH);
  const blocks = searchReplace(bounded);
  return blocks.length > 0 ? blocks : objectsIn(bounded).flatMap(asAction);
}

/** An object is an action by its shape, bare or as `{"name": …, "arguments": {…}}`. */
function asAction(value: unknown): Action[] {
  const named = z.object({ name: z.string(), arguments: z.unknown() }).safeParse(value);
  if (named.success) {
    const action = called(named.data.name, JSON.stringify(named.data.arguments));
    return action.kind === "unread" ? [] : [action];
  }
  for (const [kind, shape] of Object.values(SHAPES)) {
    const parsed = z.strictObject(shape.shape).safeParse(value);
    if (parsed.success) return [{ kind, ...parsed.data } as Action];
  }
  return [];
}

const BLOCK = /^[ \t]*<{5,9} SEARCH[ \t]*\r?\n([\s\S]*?)^[ \t]*={5,9}[ \t]*\r?\n([\s\S]*?)^[ \t]*>{5,9} REPLACE/gm;

/** Blocks as several assistants write them: the file's name on the line before the block or before its fence. */
function searchReplace(text: string): Action[] {
  return [...text.matchAll(BLOCK)].flatMap((match): Action[] => {
    const path = pathAbove(text.slice(0, match.index));
    const [, old = "", fresh = ""] = match;
    return path === undefined ? [] : [{ kind: "patch", path, edits: [{ old_string: withoutEnd(old), new_string: withoutEnd(fresh) }] }];
  });
}

function pathAbove(text: string): string | undefined {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "" && !/^`{3,}/.test(line) && !/^>{5,9} REPLACE/.test(line));
  const name = lines.at(-1)?.replace(/^[*#`\s]+|[*`:\s]+$/g, "");
  return name !== undefined && /^\S+\.\w+$/.test(name) ? name : undefined;
}

function withoutEnd(text: string): string {
  return text.replace(/\r?\n$/, "");
}
