/** A plan without boxes: each section that has words and no section below it is a task. Nothing in it can be ticked. */
import type { Box } from "./boxes.ts";
import { draftsOf, type Draft } from "./drafts.ts";
import type { Outline } from "./outline.ts";

export function bySections(file: string, { sections }: Outline): Draft[] {
  const innermost = sections.filter(({ path }, index) => {
    const next = sections[index + 1];
    return path.length > 0 && !(next && next.path.length > path.length);
  });
  const boxes = innermost.filter(({ text }) => text !== "").map(({ path, line, text }): Box => {
    const title = path.at(-1) ?? "";
    return { isDone: false, isOptional: false, text: title, below: text, line, mark: -1, section: path.slice(0, -1), isOrdered: false, children: [] };
  });
  return draftsOf(file, boxes, (title) => ({ title })).map(({ task: { tick: _none, ...task }, ...rest }) => ({ ...rest, task }));
}
