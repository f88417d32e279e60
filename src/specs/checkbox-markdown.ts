/** Any Markdown with checkboxes. Only `docs/specs/*.md`, `PLAN.md` and `TODO.md` are found by themselves. */
import { basename } from "node:path";
import type { SpecReader } from "../domain/plugin.ts";
import { readMarkdown } from "./shared/assemble.ts";
import type { Box } from "./shared/boxes.ts";
import type { Draft, Label } from "./shared/drafts.ts";

const FOUND = /^(?:docs\/specs\/[^/]+\.md|PLAN\.md|TODO\.md)$/;
const NUMBER = /^((?:[A-Z]{1,4}-?)?\d+(?:\.\d+)*)[.):]?\s+(.+)$/;

export const reader: SpecReader = {
  name: "checkbox-markdown",
  summary: "Any Markdown with checkboxes (`docs/specs/*.md`, `PLAN.md` and `TODO.md` are found); without any, each innermost section is a task. An ordered list is done in its order.",
  discover: (files) => files.filter((file) => FOUND.test(file)),
  accepts: (file) => /\.(?:md|markdown)$/i.test(file),
  read: (file, project) => readMarkdown(file, project, { name: basename(file).replace(/\.\w+$/, ""), context: [], label, order }),
};

function label(text: string): Label {
  const [, number, title] = NUMBER.exec(text) ?? [];
  return number !== undefined && title !== undefined ? { number, title } : { title: text };
}

/** In an ordered list each waits for all of the one before it; in others for nothing but what its words name. */
function order(drafts: readonly Draft[], boxes: readonly Box[]): (index: number) => readonly string[] {
  const ids = new Map(drafts.map(({ box, task }) => [box, task.id]));
  const before = new Map<Box, readonly string[]>();
  const leaves = (box: Box): readonly string[] => (box.children.length === 0 ? [ids.get(box) ?? []].flat() : box.children.flatMap(leaves));
  const visit = (list: readonly Box[], entry: readonly string[]): void => {
    for (const [index, box] of list.entries()) {
      const last = list[index - 1];
      const isNext = last !== undefined && box.isOrdered && last.isOrdered && JSON.stringify(box.section) === JSON.stringify(last.section);
      const waits = isNext ? leaves(last) : entry;
      before.set(box, waits);
      visit(box.children, waits);
    }
  };
  visit(boxes, []);
  return (index) => {
    const box = drafts[index]?.box;
    return (box && before.get(box)) ?? [];
  };
}
