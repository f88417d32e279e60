/**
 * Review comments of a GitLab merge request, as its REST API answers (`GET /projects/:id/merge_requests/:iid/discussions`):
 * discussions with their notes, or the notes alone, one list or several. A note's suggestion blocks are whole lines in place of
 * its own and those so far above and below it, in the file as it stood at the note's `head_sha`. Never asks the API.
 */
import { z } from "zod";
import { finding } from "../domain/finding.ts";
import { pathBelow } from "../domain/paths.ts";
import type { Source } from "../domain/plugin.ts";
import type { Advice, SourceItem } from "../domain/suggestion.ts";
import { readReaching } from "../formats/suggestion-blocks.ts";
import { findComments, looksLikeComments } from "./shared/comments.ts";
import type { Items } from "./shared/items.ts";

const name = "gitlab-review";
const ordinal = z.number().int().min(1).nullish();

const position = z.object({
  new_path: z.string().min(1),
  /** Null where the note is about a line that the merge request removes. */
  new_line: ordinal,
  position_type: z.string().nullish(),
  head_sha: z.string().nullish(),
});

const note = z.object({
  body: z.string(),
  /** Absent of what is said about the merge request as a whole. */
  position: position.nullish(),
  /** GitLab's own: what was pushed, assigned, approved. */
  system: z.boolean().nullish(),
  resolved: z.boolean().nullish(),
  author: z.object({ username: z.string() }).nullish().catch(undefined),
});

type Note = z.infer<typeof note>;
type Position = z.infer<typeof position>;

export const source: Source = {
  name,
  summary: "A saved answer of GitLab's API with a merge request's discussions, and their suggestion blocks.",
  recognise: (head) => looksLikeComments(head, /"(?:noteable_type|noteable_iid|individual_note)"\s*:/),
  find: findComments({ name, comment: note, within: notesOf, read }),
};

/** A discussion's notes; a note that stands alone is one. */
function notesOf(value: unknown): unknown[] {
  const discussion = z.object({ notes: z.array(z.unknown()) }).safeParse(value);
  return discussion.success ? discussion.data.notes : [value];
}

function read(given: Note, number: number, items: Items, roots: readonly string[]): SourceItem {
  const { position: at } = given;
  if (!at || at.position_type === "image") return items.idle(number, "comment-on-whole");
  const file = pathBelow(at.new_path, roots);
  if (file === undefined) return items.bad(number, "path-outside", { path: at.new_path });
  const idle = idleCode(given, at);
  if (idle !== undefined) return items.idle(number, idle);
  return items.suggestion(number, adviceOf(given, at, file), { reviewed: { ...(at.head_sha && { commit: at.head_sha }) } });
}

function idleCode({ body, system, resolved }: Note, { new_line: line, position_type: kind }: Position): string | undefined {
  if (system) return "comment-on-whole";
  if (resolved) return "comment-resolved";
  if (!line && kind !== "file") return "comment-on-old-side";
  return body.trim() === "" ? "comment-empty" : undefined;
}

function adviceOf({ body, author }: Note, { new_line: line }: Position, file: string): Advice {
  const { words, blocks } = readReaching(body);
  const message = words === "" ? "Suggested change" : words;
  const one = finding({ by: author?.username ?? name, rule: "review-comment", category: "other", message, at: { file, line: line ?? 1, column: 1 } });
  const offers = (line ? blocks : []).map(({ text, above, below }) => {
    const span = { kind: "lines", first: Math.max(1, (line ?? 1) - above), last: (line ?? 1) + below } as const;
    return { title: "Suggested change", safety: "unsafe", changes: [{ file, span, after: text }] } as const;
  });
  return { finding: one, unit: "utf-16", offers };
}
