/** The common end of all readers of Markdown: from a file's text to its spec, or to all that speaks against it. */
import type { Project, SpecRead } from "../../domain/plugin.ts";
import { reason, type Reason } from "../../domain/reason.ts";
import type { Box } from "./boxes.ts";
import { clarifications } from "./clarifications.ts";
import { linked } from "./dependencies.ts";
import { draftsOf, groupsOf, type Draft, type Label } from "./drafts.ts";
import { readFrontMatter } from "./front-matter.ts";
import { outlineOf, type Outline } from "./outline.ts";
import { bySections } from "./sections.ts";
import { slugOf } from "./slug.ts";
import { MAX_SPEC_LENGTH, Source } from "./source.ts";

export interface Manner {
  /** What it is called among specs; the slug follows from it. */
  readonly name: string;
  /** Where the file's first heading is always the same. */
  readonly title?: string;
  /** Other files of the spec that are there. */
  readonly context: readonly string[];
  label(text: string): Label;
  /** What each task waits for besides what its words say. */
  order(drafts: readonly Draft[], boxes: readonly Box[]): (index: number) => readonly string[];
  /** A last look at each task, with the outline and the texts of the context. */
  complete?(draft: Draft, outline: Outline, texts: ReadonlyMap<string, string>): Draft;
}

export async function readMarkdown(file: string, project: Pick<Project, "readText">, manner: Manner): Promise<SpecRead> {
  const text = await project.readText(file);
  if (text === undefined) return { ok: false, reasons: [reason("spec", "spec-unreadable", { file })] };
  if (text.length > MAX_SPEC_LENGTH) return { ok: false, reasons: [reason("spec", "spec-too-large", { file, max: MAX_SPEC_LENGTH })] };
  const outline = outlineOf(text);
  const front = readFrontMatter(file, outline.frontMatter);
  const texts = await textsOf(manner.context, project);
  const faults = [file, ...texts.keys()].flatMap((one) => clarifications(one, one === file ? outline.source : new Source(texts.get(one) ?? "")));
  const plain = outline.boxes.length > 0 ? draftsOf(file, outline.boxes, (line) => manner.label(line)) : bySections(file, outline);
  const drafts = plain.map((one) => manner.complete?.(one, outline, texts) ?? one);
  const { tasks, reasons } = linked(drafts, manner.order(drafts, outline.boxes));
  const empty = tasks.length === 0 ? [reason("spec", "spec-without-tasks", { file })] : [];
  const all: Reason[] = [...("code" in front ? [front] : []), ...faults, ...reasons, ...empty];
  if (all.length > 0 || "code" in front) return { ok: false, reasons: all };
  const { title = manner.title ?? outline.title ?? manner.name, status } = front;
  const groups = groupsOf(file, outline.boxes, drafts);
  return { ok: true, spec: { file, slug: slugOf(manner.name), title, context: manner.context, tasks, groups, ...(status !== undefined && { status }) } };
}

/** Those that are text, and no longer than a spec may be. */
async function textsOf(files: readonly string[], { readText }: Pick<Project, "readText">): Promise<Map<string, string>> {
  const texts = await Promise.all(files.map(async (one): Promise<[string, string]> => [one, (await readText(one)) ?? ""]));
  return new Map(texts.filter(([, text]) => text !== "" && text.length <= MAX_SPEC_LENGTH));
}

/** One after the other: each waits for the last before it that is not optional. */
export function inOrder(drafts: readonly Draft[]): (index: number) => readonly string[] {
  return (index) => {
    const last = drafts.slice(0, index).findLast(({ task }) => !task.isOptional);
    return last ? [last.task.id] : [];
  };
}
