/** Fills a template: `{name}` and `{path}` are those of a file, everything else stays as it is. Never code. */
import { posix } from "node:path";

export function fromTemplate(text: string, file: string): string {
  const name = posix.basename(file, posix.extname(file));
  return text.replace(/\{(name|path)\}/g, (_, word: string) => (word === "name" ? name : posix.dirname(file)));
}
