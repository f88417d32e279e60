/**
 * A problem as the user reads it: one line that names what is wrong and what to do, beginning with `stet: `. Below it
 * stand, indented, the last lines of the program or fault that it comes from, where there are any.
 */
import type { Problem } from "../domain/problem.ts";
import { oneLine } from "./plain.ts";
import { sentence } from "./sentences.ts";
import { problemSentences } from "./wording/problems.ts";
import { Told } from "./wording/told.ts";

const MAX_OUTPUT_LINES = 8;
/** Whose `detail` is output to be shown as lines. */
const WITH_OUTPUT: ReadonlySet<string> = new Set(["base-cannot-run", "tool-failed", "bug"]);

export function problemText({ code, args }: Pick<Problem, "code" | "args">): string {
  const say = Object.hasOwn(problemSentences, code) ? problemSentences[code] : undefined;
  const line = say ? say(new Told({ by: "stet", args })) : sentence({ by: "stet", code, args });
  const output = WITH_OUTPUT.has(code) ? outputLines(args["detail"]) : [];
  return [`stet: ${line}`, ...output.map((text) => `  ${text}`)].join("\n");
}

/** A problem for programs: one object, so that NDJSON says how a command ended also where it could not begin. */
export function problemJson({ code, args, exitCode }: Pick<Problem, "code" | "args"> & { readonly exitCode: number }): Record<string, unknown> {
  const [text = ""] = problemText({ code, args }).replace(/^stet: /, "").split("\n");
  return { type: "error", code, exitCode, args, text };
}

/** Whether the code has words of its own. */
export function isWordedProblem(code: string): boolean {
  return Object.hasOwn(problemSentences, code);
}

/** A stack says it first, a program last; of long output both ends are kept. */
function outputLines(detail: unknown): string[] {
  const lines = typeof detail === "string" ? detail.split("\n").filter((line) => line.trim() !== "") : [];
  const half = MAX_OUTPUT_LINES / 2;
  const kept = lines.length > MAX_OUTPUT_LINES ? [...lines.slice(0, half), "…", ...lines.slice(-half)] : lines;
  return kept.map((line) => oneLine(line));
}
