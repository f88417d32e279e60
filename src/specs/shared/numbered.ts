/** `2.1 Write the model`, `3. Write the view`: the number, and what is to be done. */
import type { Label } from "./drafts.ts";

const NUMBER = /^(\d+(?:\.\d+)*)[.):]?\s+(.+)$/;

export function numbered(text: string): Label {
  const [, number, title] = NUMBER.exec(text) ?? [];
  return number !== undefined && title !== undefined ? { number, title } : { title: text };
}
