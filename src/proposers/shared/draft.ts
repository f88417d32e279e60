/**
 * The files of a tree as an agent changes them: a draft on top of the tree, on no disk. What it may do is bounded here,
 * whatever it asks for.
 */
import type { Edit } from "../../domain/edit.ts";
import type { Project } from "../../domain/plugin.ts";
import type { Files } from "../../llm/tools/look.ts";
import { replaceQuote } from "../../llm/tools/match.ts";
import { editsBetween } from "./difference.ts";

/** Of a file's lines this part may change (capability C8); small files are not held to it. */
const MAX_CHANGED_FRACTION = 0.3;
const SMALL_FILE_LINES = 20;

export class Draft implements Files {
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

  paths(): readonly string[] {
    return this.#project.files;
  }

  async readText(path: string): Promise<string | undefined> {
    return this.#changed.get(path) ?? (this.#project.files.includes(path) ? this.#project.readText(path) : undefined);
  }

  /** What was done, or why it was not. */
  async edit(path: string, old_string: string, new_string: string): Promise<string> {
    const text = await this.readText(path);
    if (text === undefined) return `There is no text file ${path}.`;
    const replaced = replaceQuote(text, { old_string, new_string });
    if (!("text" in replaced)) return replaced.told;
    const base = (await this.#project.readText(path)) ?? "";
    const total = base.split("\n").length;
    const changed = (await editsBetween(path, base, replaced.text)).reduce((sum, { before, after }) => sum + Math.max(linesIn(before), linesIn(after)), 0);
    if (total >= SMALL_FILE_LINES && changed / total > MAX_CHANGED_FRACTION) {
      return `Not done: ${changed} of ${total} lines of ${path} would be changed, and at most 30 % may be.`;
    }
    this.#changed.set(path, replaced.text);
    return replaced.told;
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
