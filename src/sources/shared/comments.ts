/** What the answers of forges' APIs have in common: JSON, one list of comments, several, or a comment a line, each read by itself. */
import type { z } from "zod";
import type { Source } from "../../domain/plugin.ts";
import type { SourceItem } from "../../domain/suggestion.ts";
import { parseLoose, splitValues } from "../../formats/json.ts";
import { opensWith } from "./heads.ts";
import { Items } from "./items.ts";

export interface CommentsFormat<Comment> {
  readonly name: string;
  readonly comment: z.ZodType<Comment>;
  /** The comments of one value of a list; the value itself where absent. */
  readonly within?: (value: unknown) => readonly unknown[];
  readonly read: (comment: Comment, number: number, items: Items, roots: readonly string[]) => SourceItem;
}

/** `key` stands in the answers of this API alone. */
export function looksLikeComments(head: string, key: RegExp): number {
  const isJson = opensWith(head, "[") || opensWith(head, "{");
  return isJson && key.test(head) && /"body"\s*:/.test(head) ? 0.9 : 0;
}

/** Comments are counted from 1; what is none is told with its number, and the others are read all the same. */
export function findComments<Comment>({ name, comment, within = (value) => [value], read: readOne }: CommentsFormat<Comment>): Source["find"] {
  return async function* find(input, { roots }) {
    const items = new Items(name, input.name);
    const read = await input.text();
    if (!read.ok) yield items.bad(0, read.fault);
    let number = 0;
    for (const text of read.ok ? splitValues(read.text) : []) {
      const value = parseLoose(text);
      if (!value.ok) yield items.bad(++number, "not-json", { detail: value.detail });
      for (const one of value.ok ? [value.value].flat(2).flatMap(within) : []) {
        const parsed = comment.safeParse(one);
        yield parsed.success ? readOne(parsed.data, ++number, items, roots) : misshapen(parsed.error, ++number, items);
      }
    }
  };
}

function misshapen({ issues: [issue] }: z.ZodError, number: number, items: Items): SourceItem {
  return items.bad(number, "result-shape", { detail: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}` });
}
