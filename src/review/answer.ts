/**
 * What a reviewer may answer, and reading it: by the call of a tool, or as JSON in its text. One finding that is broken is left
 * out and counted; an answer that says too little, or nothing that can be read, is none, and the next model is asked.
 */
import { z } from "zod";
import { jsonIn, objectsIn } from "../llm/objects-in.ts";
import type { Answer, Tool } from "../llm/question.ts";

const edit = z.object({
  old_string: z.string().min(1).describe("Text of the file exactly as it stands there, with enough around it to stand there once."),
  new_string: z.string().describe("What stands there instead."),
});

const finding = z.object({
  line: z.number().int().min(1).describe("The line of the file that it is about, from 1."),
  quote: z.string().trim().min(1).describe("That line, or those lines, copied from the file character for character."),
  rule: z.string().min(1).max(60).describe("A short name in kebab-case for this kind of defect: unclosed-file, off-by-one."),
  message: z.string().min(1).max(2_000).describe("What is wrong, and what comes of it, in a sentence or two."),
  confidence: z.number().min(0).max(100).describe("How sure you are that it is a defect, 0 to 100."),
  edits: z.array(edit).max(10).optional().describe("The smallest change that settles it, where there is one; all of it is made, or nothing."),
  rationale: z.string().max(2_000).optional().describe("Why these edits are right, in a sentence."),
});

const review = z.object({
  summary: z.string().describe("What you looked at and what you make of it, in two sentences; also where you found nothing."),
  findings: z.array(z.unknown()).max(200),
});

export type RawFinding = z.infer<typeof finding>;

export const REPORT: Tool = {
  name: "report_review",
  description: "Hands in the review of the file.",
  parameters: z.toJSONSchema(review.extend({ findings: z.array(finding).max(200).describe("Empty where there is no defect.") })),
};

export interface Reported {
  readonly findings: readonly RawFinding[];
  /** Findings that cannot be read. */
  readonly broken: number;
}

export interface Review extends Reported {
  /** The model that answered. */
  readonly model: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

/** As it was kept; undefined where it is no review. */
export function readKept(value: unknown): Review | undefined {
  return z.object({ findings: z.array(finding), broken: z.number(), model: z.string(), atMs: z.number() }).safeParse(value).data;
}

/** Why an answer is none. `thin`: below the floor of length. */
export type Unusable = "refused" | "cut-off" | "wrong-shape" | "thin";

/** `minLength`: characters that the summary and the messages have together, at least. */
export function readReview(answer: Answer, minLength: number): Reported | Unusable {
  if (answer.finish !== "done") return answer.finish;
  const values = answer.calls.length > 0 ? answer.calls.map(({ input }) => jsonIn(input)) : objectsIn(answer.text).map(unwrapped);
  const parsed = values.flatMap((value) => review.safeParse(value).data ?? [])[0];
  if (!parsed) return "wrong-shape";
  const findings = parsed.findings.flatMap((one) => finding.safeParse(one).data ?? []);
  const broken = parsed.findings.length - findings.length;
  if (broken > 0 && findings.length === 0) return "wrong-shape";
  const length = [parsed.summary, ...findings.map(({ message }) => message)].join("").replace(/\s+/g, " ").length;
  return length < minLength ? "thin" : { findings, broken };
}

/** Some write the call out: `{"name": …, "arguments": {…}}`. */
function unwrapped(value: unknown): unknown {
  return z.object({ name: z.string(), arguments: z.unknown() }).safeParse(value).data?.arguments ?? value;
}
