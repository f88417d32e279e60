/**
 * The files of a tree as an agent changes them: a draft on top of the tree, on no disk. What it may do is bounded here,
 * whatever it asks for.
 */
import type { Edit } from "../../domain/edit.ts";
import type { Project } from "../../domain/plugin.ts";
import { editsBetween } from "./difference.ts";
import { isMiss, locate, type Miss } from "./match.ts";

/** Of a file's lines this part may change (capability C8); small files are not held to it. */
const MAX_CHANGED_FRACTION = 0.3;
const SMALL_FILE_LINES = 20;
const MAX_LINES_READ = 400;
const MAX_PATHS = 300;
const MAX_HITS = 60;
const MAX_LINE_LENGTH = 300;
/** Files that a search reads, and their sizes together. */
const MAX_SEARCHED_BYTES = 50_000_000;

export class Draft {
  readonly #project: Pick<Project, "files" | "readText">;
  #changed = new Map<string, string>();

  constructor(project: Pick<Project, "files" | "readText">) {
    this.#project = project;
  }

  get isEmpty(): boolean {
    return this.#changed.size === 0;
  }

  snapshot(): ReadonlyMap<string, string> {
    return new Map(this.#changed);
  }

  restore(snapshot: ReadonlyMap<string, string>): void {
    this.#changed = new Map(snapshot);
  }

  async #text(path: string): Promise<string | undefined> {
    return this.#changed.get(path) ?? (this.#project.files.includes(path) ? this.#project.readText(path) : undefined);
  }

  /** Lines with their numbers, from 1. */
  async read(path: string, from = 1, to = from + MAX_LINES_READ - 1): Promise<string> {
    const text = await this.#text(path);
    if (text === undefined) return `There is no text file ${path}.`;
    const lines = text.split("\n");
    const last = Math.min(to, from + MAX_LINES_READ - 1, lines.length);
    const shown = lines.slice(from - 1, last).map((line, index) => `${from + index}\t${line}`);
    return `${path}, lines ${from} to ${last} of ${lines.length}:\n${shown.join("\n")}`;
  }

  list(prefix = ""): string {
    const paths = this.#project.files.filter((path) => path.startsWith(prefix));
    const more = paths.length > MAX_PATHS ? `\n… and ${paths.length - MAX_PATHS} more` : "";
    return paths.length === 0 ? "There is no such file." : `${paths.slice(0, MAX_PATHS).join("\n")}${more}`;
  }

  /** Lines with exactly this text in them. */
  async search(text: string, prefix = ""): Promise<string> {
    const hits: string[] = [];
    let bytes = 0;
    for (const path of this.#project.files.filter((one) => one.startsWith(prefix))) {
      const content = (await this.#text(path)) ?? "";
      bytes += content.length;
      if (hits.length >= MAX_HITS || bytes > MAX_SEARCHED_BYTES) return `${hits.join("\n")}\n… and perhaps more`;
      if (!content.includes(text)) continue;
      for (const [index, line] of content.split("\n").entries()) {
        if (line.includes(text) && hits.length < MAX_HITS) hits.push(`${path}:${index + 1}: ${line.trim().slice(0, MAX_LINE_LENGTH)}`);
      }
    }
    return hits.length === 0 ? "It stands nowhere." : hits.join("\n");
  }

  /** What was done, or why it was not. */
  async edit(path: string, old_string: string, new_string: string): Promise<string> {
    const text = await this.#text(path);
    if (text === undefined) return `There is no text file ${path}.`;
    const found = locate(text, { old_string, new_string });
    if (isMiss(found)) return adviceFor(found);
    const next = text.slice(0, found.start) + found.after + text.slice(found.start + found.before.length);
    const base = (await this.#project.readText(path)) ?? "";
    const total = base.split("\n").length;
    const changed = (await editsBetween(path, base, next)).reduce((sum, { before, after }) => sum + Math.max(linesIn(before), linesIn(after)), 0);
    if (total >= SMALL_FILE_LINES && changed / total > MAX_CHANGED_FRACTION) {
      return `Not done: ${changed} of ${total} lines of ${path} would be changed, and at most 30 % may be.`;
    }
    this.#changed.set(path, next);
    return `Done${found.reindented ? ", with the file's indentation" : ""}.`;
  }

  async edits(): Promise<Edit[]> {
    const edits: Edit[] = [];
    for (const [path, text] of this.#changed) edits.push(...(await editsBetween(path, (await this.#project.readText(path)) ?? "", text)));
    return edits;
  }
}

function linesIn(text: string | null): number {
  return text === null || text === "" ? 0 : text.replace(/\n$/, "").split("\n").length;
}

/** What a model is told of a quote that was not found once. */
export function adviceFor(miss: Miss): string {
  if (miss.kind === "empty") return "old_string is empty. Quote the text that is to be replaced.";
  if (miss.kind === "several") return `old_string stands there ${miss.lines.length} times, on lines ${miss.lines.slice(0, 20).join(", ")}. Quote more around it.`;
  return `old_string does not stand there. What comes closest, from line ${miss.line} on:\n${miss.closest}`;
}
