/** What a chunk takes of a model's attention: its words and the files that it names. An estimate that errs on the high side. */
import type { Chunk } from "../../domain/task.ts";

/** English and code have about four. */
const CHARACTERS_PER_TOKEN = 3.5;

export function tokensOf({ title, instructions, acceptance, files }: Pick<Chunk, "title" | "instructions" | "acceptance" | "files">, sizeOf: (file: string) => number): number {
  const words = [title, instructions, ...acceptance].reduce((sum, text) => sum + text.length, 0);
  return Math.ceil((words + files.reduce((sum, file) => sum + sizeOf(file), 0)) / CHARACTERS_PER_TOKEN);
}
