/** What both parsers give, and how they say that there is none. */
import type { SyntaxNode, SyntaxTree, Unparsed } from "../../domain/syntax.ts";

export type Made = Pick<SyntaxTree, "root" | "comments">;

/** Nodes within one another. Code that people write stays below 100. */
export const MAX_DEPTH = 1_000;

export class NoTree extends Error {
  readonly why: Unparsed["unparsed"];
  readonly place: number | undefined;

  constructor(why: Unparsed["unparsed"], place?: number) {
    super(why);
    this.why = why;
    this.place = place;
  }
}

export function leaf(kind: string, start: number, end: number): SyntaxNode {
  return { kind, start, end, children: [] };
}
