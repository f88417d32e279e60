/** The option `--write-back`: the format is told by how the file's name ends. */
import { InvalidArgumentError } from "commander";

const ENDINGS = [".sarif", ".rdjson", ".rdjsonl"] as const;
export type WriteBackEnding = (typeof ENDINGS)[number];

export function writeBackFile(text: string): string {
  if (endingOf(text) === undefined) throw new InvalidArgumentError(`Give a file that ends with ${ENDINGS.join(", ")}.`);
  return text;
}

export function endingOf(file: string): WriteBackEnding | undefined {
  return ENDINGS.find((ending) => file.endsWith(ending));
}
