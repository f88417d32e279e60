/** Text from outside in a question: marked as data, so that a model can tell it from what it was asked. */
import { createHash } from "node:crypto";

/** The mark follows from the content, so that nothing in it can end it early. */
export function data(what: string, text: string): string {
  const mark = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return `«data ${mark}» ${what}\n${text}\n«end ${mark}»`;
}
