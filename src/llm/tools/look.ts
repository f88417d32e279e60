/** Looking at files as a model may: by lines, by name, by text, each answer bounded whatever it asks for. */
import { z } from "zod";
import { loopTool, type LoopTools } from "./tool-loop.ts";

/** The files that a model works on, as they are now. */
export interface Files {
  /** Sorted. */
  paths(): readonly string[] | Promise<readonly string[]>;
  /** Undefined where there is no text file of that path. */
  readText(path: string): Promise<string | undefined>;
}

const MAX_LINES_READ = 400;
const MAX_READ_LENGTH = 200_000;
const MAX_PATHS = 300;
const MAX_HITS = 60;
const MAX_LINE_LENGTH = 300;
/** Files that a search reads, their sizes together. */
const MAX_SEARCHED_BYTES = 50_000_000;

/** Lines with their numbers, from 1. */
export async function readLines(files: Files, path: string, from = 1, to = from + MAX_LINES_READ - 1): Promise<string> {
  const text = await files.readText(path);
  if (text === undefined) return `There is no text file ${path}.`;
  const lines = text.split("\n");
  const last = Math.min(to, from + MAX_LINES_READ - 1, lines.length);
  const shown = lines.slice(from - 1, last).map((line, index) => `${from + index}\t${line}`);
  return `${path}, lines ${from} to ${last} of ${lines.length}:\n${shown.join("\n")}`.slice(0, MAX_READ_LENGTH);
}

export async function listPaths(files: Files, prefix = ""): Promise<string> {
  const paths = (await files.paths()).filter((path) => path.startsWith(prefix));
  const more = paths.length > MAX_PATHS ? `\n… and ${paths.length - MAX_PATHS} more` : "";
  return paths.length === 0 ? "There is no such file." : `${paths.slice(0, MAX_PATHS).join("\n")}${more}`;
}

/** Lines with exactly this text in them. */
export async function searchText(files: Files, text: string, prefix = ""): Promise<string> {
  const hits: string[] = [];
  let bytes = 0;
  for (const path of (await files.paths()).filter((one) => one.startsWith(prefix))) {
    const content = (await files.readText(path)) ?? "";
    bytes += content.length;
    if (hits.length >= MAX_HITS || bytes > MAX_SEARCHED_BYTES) return `${hits.join("\n")}\n… and perhaps more`;
    if (!content.includes(text)) continue;
    for (const [index, line] of content.split("\n").entries()) {
      if (line.includes(text) && hits.length < MAX_HITS) hits.push(`${path}:${index + 1}: ${line.trim().slice(0, MAX_LINE_LENGTH)}`);
    }
  }
  return hits.length === 0 ? "It stands nowhere." : hits.join("\n");
}

export const path = z.string().min(1);

export function lookTools(files: Files): LoopTools {
  return {
    read_file: loopTool(
      `Lines of a file with their numbers; ${MAX_LINES_READ} at most at once.`,
      z.object({ path, from: z.int().positive().optional(), to: z.int().positive().optional() }),
      ({ path: file, from, to }) => readLines(files, file, from, to),
    ),
    list_files: loopTool("The project's files whose paths begin so.", z.object({ prefix: z.string().optional() }), ({ prefix }) => listPaths(files, prefix)),
    search: loopTool(
      "Lines of the project's files that contain exactly this text.",
      z.object({ text: z.string().min(1), prefix: z.string().optional() }),
      ({ text, prefix }) => searchText(files, text, prefix),
    ),
  };
}
