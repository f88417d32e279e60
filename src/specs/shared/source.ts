/** Markdown as its parser reads it, with places in the text as it stands, and what of the text stands at a node. */
import { fromMarkdown } from "mdast-util-from-markdown";
import { frontmatterFromMarkdown } from "mdast-util-frontmatter";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { frontmatter } from "micromark-extension-frontmatter";
import { gfm } from "micromark-extension-gfm";

export type Root = ReturnType<typeof fromMarkdown>;
export type Nodes = Root | Root["children"][number];
export type List = Extract<Nodes, { type: "list" }>;
export type ListItem = List["children"][number];
export type Heading = Extract<Nodes, { type: "heading" }>;

/** Longer ones are no plans; and the parser needs more than linear time for some texts. */
export const MAX_SPEC_LENGTH = 1_000_000;

/** Nesting beyond this is nobody's list; what stands deeper is not looked at. */
export const MAX_DEPTH = 20;

export class Source {
  readonly text: string;
  readonly root: Root;
  /** The parser drops a byte order mark, and counts from behind it. */
  readonly #shift: number;

  constructor(text: string) {
    this.text = text;
    this.#shift = text.startsWith("\uFEFF") ? 1 : 0;
    this.root = fromMarkdown(text.slice(this.#shift), {
      extensions: [gfm(), frontmatter(["yaml"])],
      mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown(["yaml"])],
    });
  }

  /** UTF-16 code units from the beginning of the text. */
  start(node: Nodes): number {
    return (node.position?.start.offset ?? 0) + this.#shift;
  }

  end(node: Nodes): number {
    return (node.position?.end.offset ?? 0) + this.#shift;
  }

  /** From 1. */
  line(node: Nodes): number {
    return node.position?.start.line ?? 1;
  }

  of(node: Nodes): string {
    return this.text.slice(this.start(node), this.end(node));
  }

  /** A block as it would stand at the margin. */
  block(node: Nodes): string {
    const indent = (node.position?.start.column ?? 1) - 1;
    return this.of(node).replace(/\r\n?/g, "\n").replace(new RegExp(`\\n[ \\t]{1,${Math.max(1, indent)}}`, "g"), "\n");
  }
}
