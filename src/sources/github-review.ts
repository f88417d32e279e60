/**
 * Review comments of a GitHub pull request, as its REST API answers (`GET /repos/{owner}/{repo}/pulls/{number}/comments`):
 * one list, the lists of several pages one behind the other or in a list of their own, or one comment a line. A comment's
 * suggestion blocks are whole lines in place of those that it is about, on the side of the change. Never asks the API.
 */
import { z } from "zod";
import { finding } from "../domain/finding.ts";
import { pathBelow } from "../domain/paths.ts";
import type { Source } from "../domain/plugin.ts";
import type { Offer, SourceItem } from "../domain/suggestion.ts";
import { parseLoose, splitValues } from "../formats/json.ts";
import { lastLinesOf, readComment } from "../formats/suggestion-blocks.ts";
import { opensWith } from "./shared/heads.ts";
import { Items } from "./shared/items.ts";

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

export const source: Source = {
  name,
  summary: "A saved answer of GitHub's API with a pull request's review comments, and their suggestion blocks.",
  recognise(head) {
    const isJson = opensWith(head, "[") || opensWith(head, "{");
    return isJson && /"(?:diff_hunk|original_commit_id|pull_request_review_id)"\s*:/.test(head) && /"body"\s*:/.test(head) ? 0.9 : 0;
  },
  async *find(input, { roots }) {
    const items = new Items(name, input.name);
    const read = await input.text();
    if (!read.ok) yield items.bad(0, read.fault);
    let number = 0;
    for (const text of read.ok ? splitValues(read.text) : []) {
      const parsed = parseLoose(text);
      const comments = parsed.ok ? [parsed.value].flat(2) : [undefined];
      for (const value of comments) yield parsed.ok ? readOne(value, ++number, items, roots) : items.bad(++number, "not-json", { detail: parsed.detail });
    }
  },
};

function readOne(value: unknown, number: number, items: Items, roots: readonly string[]): SourceItem {
  const parsed = comment.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return items.bad(number, "result-shape", { detail: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}` });
  }
  const { path, body, line, side, subject_type: subject, commit_id: commit, user } = parsed.data;
  const file = pathBelow(path, roots);
  if (file === undefined) return items.bad(number, "path-outside", { path });
  if (!line && subject !== "file") return items.idle(number, "comment-outdated");
  if (side === "LEFT") return items.idle(number, "comment-on-old-side");
  const { words, blocks } = readComment(body);
  if (words === "" && blocks.length === 0) return items.idle(number, "comment-empty");
  const message = words === "" ? "Suggested change" : words;
  const one = finding({ by: user?.login ?? name, rule: "review-comment", category: "other", message, at: { file, line: line ?? 1, column: 1 } });
  const offers = line ? blocks.map((after) => offerOf(after, file, line, parsed.data)) : [];
  return items.suggestion(number, { finding: one, unit: "utf-16", offers }, { reviewed: { ...(commit && { commit }) } });
}

/** The hunk that a comment comes with ends with the lines that it is about. */
function offerOf(after: string, file: string, last: number, { start_line: start, diff_hunk: hunk }: z.infer<typeof comment>): Offer {
  const first = start ?? last;
  const expected = lastLinesOf(hunk ?? "", last - first + 1)?.join("\n");
  const span = { kind: "lines", first, last, ...(expected !== undefined && { expected }) } as const;
  return { title: "Suggested change", safety: "unsafe", changes: [{ file, span, after }] };
}
