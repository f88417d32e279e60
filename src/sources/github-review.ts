/**
 * Review comments of a GitHub pull request, as its REST API answers (`GET /repos/{owner}/{repo}/pulls/{number}/comments`):
 * one list, the lists of several pages one behind the other or in a list of their own, or one comment a line. A comment's
 * suggestion blocks are whole lines in place of those that it is about, on the side of the change. Never asks the API.
 */
import { z } from "zod";
import { finding } from "../domain/finding.ts";
import { pathBelow } from "../domain/paths.ts";
import type { Source } from "../domain/plugin.ts";
import type { Advice, Offer, SourceItem } from "../domain/suggestion.ts";
import { lastLinesOf, readComment } from "../formats/suggestion-blocks.ts";
import { findComments, looksLikeComments } from "./shared/comments.ts";
import type { Items } from "./shared/items.ts";

const name = "github-review";
const ordinal = z.number().int().min(1).nullish();

const comment = z.object({
  path: z.string().min(1),
  body: z.string(),
  /** Null where the lines are no longer there: the comment is outdated. */
  line: ordinal,
  start_line: ordinal,
  side: z.string().nullish(),
  subject_type: z.string().nullish(),
  commit_id: z.string().nullish(),
  diff_hunk: z.string().nullish(),
  user: z.object({ login: z.string() }).nullish().catch(undefined),
});

type Comment = z.infer<typeof comment>;

export const source: Source = {
  name,
  summary: "A saved answer of GitHub's API with a pull request's review comments, and their suggestion blocks.",
  recognise: (head) => looksLikeComments(head, /"(?:diff_hunk|original_commit_id|pull_request_review_id)"\s*:/),
  find: findComments({ name, comment, read }),
};

function read(given: Comment, number: number, items: Items, roots: readonly string[]): SourceItem {
  const { path } = given;
  const file = pathBelow(path, roots);
  if (file === undefined) return items.bad(number, "path-outside", { path });
  const idle = idleCode(given);
  if (idle !== undefined) return items.idle(number, idle);
  return items.suggestion(number, adviceOf(given, file), { reviewed: { ...(given.commit_id && { commit: given.commit_id }) } });
}

function idleCode({ line, side, subject_type: subject, body }: Comment): string | undefined {
  if (!line && subject !== "file") return "comment-outdated";
  if (side === "LEFT") return "comment-on-old-side";
  return body.trim() === "" ? "comment-empty" : undefined;
}

function adviceOf(given: Comment, file: string): Advice {
  const { line, user, body } = given;
  const { words, blocks } = readComment(body);
  const message = words === "" ? "Suggested change" : words;
  const one = finding({ by: user?.login ?? name, rule: "review-comment", category: "other", message, at: { file, line: line ?? 1, column: 1 } });
  return { finding: one, unit: "utf-16", offers: line ? blocks.map((after) => offerOf(after, file, line, given)) : [] };
}

/** The hunk that a comment comes with ends with the lines that it is about. */
function offerOf(after: string, file: string, last: number, { start_line: start, diff_hunk: hunk }: Comment): Offer {
  const first = start ?? last;
  const expected = lastLinesOf(hunk ?? "", last - first + 1)?.join("\n");
  const span = { kind: "lines", first, last, ...(expected !== undefined && { expected }) } as const;
  return { title: "Suggested change", safety: "unsafe", changes: [{ file, span, after }] };
}
