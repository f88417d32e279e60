/** A Markdown file as a plan: its front matter, its headings with what stands below each, and its boxes. */
import { boxesOf, hasBox, type Box } from "./boxes.ts";
import { Source, type Heading } from "./source.ts";

export interface Section {
  /** Headings, outermost first; empty before the first. */
  readonly path: readonly string[];
  readonly line: number;
  /** What stands there, less the boxes. */
  readonly text: string;
}

export interface Outline {
  readonly source: Source;
  /** Undefined where there is none. */
  readonly frontMatter: string | undefined;
  /** The first heading of the first level. */
  readonly title: string | undefined;
  readonly sections: readonly Section[];
  /** Of all lists, in their order. */
  readonly boxes: readonly Box[];
}

export function outlineOf(text: string): Outline {
  const source = new Source(text);
  let frontMatter: string | undefined;
  let open: { depth: number; text: string }[] = [];
  const sections: { path: readonly string[]; line: number; text: string }[] = [{ path: [], line: 1, text: "" }];
  const boxes: Box[] = [];
  for (const node of source.root.children) {
    const path = open.map((one) => one.text);
    if (node.type === "yaml") frontMatter = node.value;
    else if (node.type === "heading") {
      open = [...open.filter(({ depth }) => depth < node.depth), { depth: node.depth, text: headingText(source, node) }];
      sections.push({ path: open.map((one) => one.text), line: source.line(node), text: "" });
    } else if (node.type === "list" && hasBox(source, node)) boxes.push(...boxesOf(source, node, path));
    else add(sections.at(-1), source.block(node), node.type);
  }
  const title = source.root.children.find((node) => node.type === "heading" && node.depth === 1);
  return { source, frontMatter, title: title?.type === "heading" ? headingText(source, title) : undefined, sections, boxes };
}

/** Comments are not part of a plan, and lines between sections say nothing. */
function add(section: { text: string } | undefined, block: string, type: string): void {
  if (!section || type === "thematicBreak" || (type === "html" && block.startsWith("<!--"))) return;
  section.text = section.text === "" ? block : `${section.text}\n\n${block}`;
}

function headingText(source: Source, heading: Heading): string {
  const [first] = heading.children;
  const last = heading.children.at(-1);
  if (!first || !last) return "";
  return source.text.slice(source.start(first), source.end(last)).replace(/\s+/g, " ").trim();
}
