/** Small questions about nodes, for all who read trees. */
import type { SyntaxNode } from "../../../domain/syntax.ts";

/** The tokens of a node in order, but for what lies below nodes that are `skipped`. */
export function tokensOf(node: SyntaxNode, text: string, skipped: (node: SyntaxNode) => boolean = () => false): string[] {
  const tokens: string[] = [];
  const visit = (one: SyntaxNode): void => {
    if (skipped(one)) return;
    if (one.children.length === 0) tokens.push(text.slice(one.start, one.end));
    else one.children.forEach(visit);
  };
  visit(node);
  return tokens.filter((token) => token !== "");
}

export function isLeaf({ children }: SyntaxNode): boolean {
  return children.length === 0;
}

/** Whether the node is in a set of kinds and `:field`s. */
export function isOneOf({ kind, field }: SyntaxNode, set: ReadonlySet<string>): boolean {
  return set.has(kind) || (field !== undefined && set.has(`:${field}`));
}

/** What the way leads to, each word of it a field or a kind; several where several stand there. */
export function follow(node: SyntaxNode, way: string): SyntaxNode[] {
  return way.split(".").reduce<SyntaxNode[]>(
    (nodes, word) => nodes.flatMap(({ children }) => children.filter(({ field, kind }) => field === word || kind === word)),
    [node],
  );
}

/** Every node of a tree with what is around it, outermost first. */
export function* walk(node: SyntaxNode, around: readonly SyntaxNode[] = []): Generator<{ node: SyntaxNode; around: readonly SyntaxNode[] }> {
  yield { node, around };
  for (const child of node.children) yield* walk(child, [...around, node]);
}

export function some(node: SyntaxNode, is: (node: SyntaxNode) => boolean): boolean {
  return is(node) || node.children.some((child) => some(child, is));
}

/** Tokens that only part things. */
export function isSeparator({ kind }: SyntaxNode): boolean {
  return kind === "," || kind === ";";
}

/** Of a table by kinds: a kind may be called `constructor`, which every object inherits. */
export function valueAt<T>(table: Readonly<Record<string, T>>, kind: string): T | undefined {
  return Object.hasOwn(table, kind) ? table[kind] : undefined;
}
