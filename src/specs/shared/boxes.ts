/**
 * The checkboxes of a list, as a tree. A plain item behind a box belongs to that box: people indent by one space what a
 * parser takes for the next item. A box with `*` behind it is optional, which is Kiro's way and no Markdown of its own.
 */
import { MAX_DEPTH, type List, type ListItem, type Source } from "./source.ts";

export interface Box {
  readonly isDone: boolean;
  readonly isOptional: boolean;
  /** Its first paragraph, on one line. */
  readonly text: string;
  /** What else stands below it, less the boxes there. */
  readonly below: string;
  readonly line: number;
  /** Where the character between the brackets stands. */
  readonly mark: number;
  /** Headings, and items without a box, that it stands below. */
  readonly section: readonly string[];
  /** Whether its list counts. */
  readonly isOrdered: boolean;
  readonly children: readonly Box[];
}

const BOX = /^(?:[-*+]|\d{1,9}[.)])[ \t]+\[([ \txX])\](\*?)(?=[ \t\r\n]|$)/;

/** Whether a list has a box anywhere in it. */
export function hasBox(source: Source, list: List, depth = 0): boolean {
  return depth < MAX_DEPTH && list.children.some((item) => BOX.test(source.of(item)) || listsIn(item).some((inner) => hasBox(source, inner, depth + 1)));
}

export function boxesOf(source: Source, list: List, section: readonly string[], depth = 0): Box[] {
  if (depth >= MAX_DEPTH) return [];
  const boxes: Box[] = [];
  for (const item of list.children) {
    const box = boxOf(source, item, { section, isOrdered: list.ordered ?? false, depth });
    const last = boxes.at(-1);
    if (box) boxes.push(box);
    else if (listsIn(item).some((inner) => hasBox(source, inner))) boxes.push(...below(source, item, [...section, firstLines(source, item)[0]], depth));
    else if (last) boxes[boxes.length - 1] = { ...last, below: joined([last.below, source.block(item)]) };
  }
  return boxes;
}

function boxOf(source: Source, item: ListItem, at: Pick<Box, "section" | "isOrdered"> & { readonly depth: number }): Box | undefined {
  const [whole, mark = " ", star] = BOX.exec(source.of(item)) ?? [];
  if (whole === undefined) return undefined;
  const { section, isOrdered, depth } = at;
  const [text, rest] = firstLines(source, item);
  return {
    isDone: /[xX]/.test(mark),
    isOptional: star === "*",
    text,
    below: joined([rest, ...item.children.slice(1).flatMap((child) => (child.type === "list" ? plainItems(source, child) : [source.block(child)]))]),
    line: source.line(item),
    mark: source.start(item) + source.of(item).indexOf("[") + 1,
    section,
    isOrdered,
    children: below(source, item, [...section, text], depth),
  };
}

function below(source: Source, item: ListItem, section: readonly string[], depth: number): Box[] {
  return listsIn(item).flatMap((list) => boxesOf(source, list, section, depth + 1));
}

/** Those before the first box: the others belong to boxes. */
function plainItems(source: Source, list: List): string[] {
  const first = list.children.findIndex((item) => BOX.test(source.of(item)) || listsIn(item).some((inner) => hasBox(source, inner)));
  return list.children.slice(0, first < 0 ? undefined : first).map((item) => source.block(item));
}

function listsIn(item: ListItem): List[] {
  return item.children.filter((child) => child.type === "list");
}

/** `**Dependencies**: T1` on a line of its own says something about the box, and is not part of its name. */
const REMARK = /^[ \t]*[*_]{1,2}\w[^*_\n]{0,40}:?[*_]{1,2}:?/m;

/** The first paragraph without bullet and box: its name, and the remarks below that. */
function firstLines(source: Source, item: ListItem): readonly [name: string, remarks: string] {
  const [first] = item.children;
  if (first?.type !== "paragraph") return ["", ""];
  const text = source.text.slice(source.start(item), source.end(first)).replace(BOX, "").replace(/^(?:[-*+]|\d{1,9}[.)])[ \t]+/, "").trim();
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim());
  const remark = lines.findIndex((line, index) => index > 0 && REMARK.test(line));
  const name = remark < 0 ? lines : lines.slice(0, remark);
  return [name.join(" ").replace(/\s+/g, " "), remark < 0 ? "" : lines.slice(remark).join("\n")];
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n");
}
