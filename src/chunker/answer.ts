/**
 * What a model may answer that cuts a plan, and reading it: by the call of a tool, or as JSON in its text. A part of an answer is
 * none: what cannot be read is told to the model, never left out.
 */
import { z } from "zod";
import { pathBelow, segmentsOf } from "../domain/paths.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { jsonIn, objectsIn } from "../llm/objects-in.ts";
import type { Answer, Tool } from "../llm/question.ts";
import type { Piece } from "./piece.ts";

/** Ten windows come to no more chunks than are built of one spec. */
const MAX_TASKS = 20;
const MAX_TITLE_LENGTH = 120;
const MAX_INSTRUCTIONS_LENGTH = 4_000;

const task = z.object({
  title: z.string().trim().min(1).max(MAX_TITLE_LENGTH).describe("What is to be done, as one would name the commit. No two tasks have the same title."),
  instructions: z.string().max(MAX_INSTRUCTIONS_LENGTH).describe("All that the plan says about it, in the plan's words, so that it can be done without the rest."),
  line: z.int().min(1).describe("The line of the plan where it begins."),
  files: z.array(z.string().min(1).max(200)).max(40).optional().describe("Paths that the plan names for it, from the repository's root."),
  acceptance: z.array(z.string().min(1).max(500)).max(20).optional().describe("How one can tell that it is done, in the plan's words."),
  after: z.array(z.string().min(1)).max(20).optional().describe("Titles of the tasks that have to be done before, word for word."),
  boxes: z.array(z.int().min(1)).max(50).optional().describe("Lines of the checkboxes that are done with it."),
});
const shape = z.object({ tasks: z.array(task).max(MAX_TASKS) });

export const REPORT: Tool = {
  name: "report_tasks",
  description: "Hands in the tasks of this piece of the plan; none where it asks for nothing.",
  parameters: z.toJSONSchema(shape),
};

/** The tasks of all its calls; or why there are none. */
export function readAnswer({ finish, calls, text }: Answer): readonly Piece[] | Reason {
  if (finish !== "done") return reason("chunker", finish === "refused" ? "cut-declined" : "cut-broken-off");
  const values = calls.length > 0 ? calls.map(({ input }) => jsonIn(input)) : objectsIn(text).map(unwrapped).slice(0, 1);
  const parsed = z.array(shape).min(1).safeParse(values);
  if (!parsed.success) return reason("chunker", "cut-shape", { detail: z.prettifyError(parsed.error).slice(0, 500) });
  const pieces = parsed.data.flatMap(({ tasks }) => tasks.map(pieceOf));
  return pieces.length > MAX_TASKS ? reason("chunker", "cut-shape", { detail: `more than ${MAX_TASKS} tasks` }) : pieces;
}

/** Some write the call out: `{"name": …, "arguments": {…}}`. */
function unwrapped(value: unknown): unknown {
  return z.object({ name: z.string(), arguments: z.unknown() }).safeParse(value).data?.arguments ?? value;
}

function pieceOf({ title, instructions, line, files = [], acceptance = [], after = [], boxes = [] }: z.infer<typeof task>): Piece {
  return { title: seen(title).replace(/\s+/g, " ").trim(), instructions: seen(instructions).trim(), line, files, acceptance: acceptance.map(seen), after, boxes };
}

/** What nobody can see is no part of a task: whoever reads the plan has to see what the engine is told. */
function seen(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/(?![\t\n])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu, "");
}

/** As one relative to the root; undefined where it leads out of the repository, or to what is git's or stet's own. */
export function ownPath(path: string): string | undefined {
  const below = pathBelow(path, []);
  const segments = segmentsOf(below ?? "").map((one) => one.toLowerCase());
  return segments.includes(".git") || segments.includes(".stet") ? undefined : below;
}
