/**
 * Where two trees differ: the smallest nodes that came, went or are another, each with what stands around it. White space
 * and comments are no part of a tree; everything else is, so what is not told here is equal.
 */
import { diffArrays } from "diff";
import type { SyntaxNode, SyntaxTree } from "../../../domain/syntax.ts";
import { isLeaf } from "./nodes.ts";

/** Nodes beside one another that came (`before` is empty), went (`after` is empty) or are others. */
export interface Difference {
  readonly before: readonly SyntaxNode[];
  readonly after: readonly SyntaxNode[];
  /** What stands around `before`, outermost first; as long as `inside`. */
  readonly around: readonly SyntaxNode[];
  /** What stands around `after`. */
  readonly inside: readonly SyntaxNode[];
}

/** Children that came or went in one place; beyond this the place is told as a whole. */
const MAX_CHILDREN_CHANGED = 100;

export function differences(before: SyntaxTree, after: SyntaxTree): Difference[] {
  const known = new Map<string, number>();
  const ids = new Map<SyntaxNode, number>();
  for (const { root, text } of [before, after]) identify(root, text, known, ids);
  const comparing = { before, after, idOf: (node: SyntaxNode) => ids.get(node) ?? -1, found: [] as Difference[] };
  compare(comparing, before.root, after.root, [], []);
  return comparing.found;
}

interface Comparing {
  readonly before: SyntaxTree;
  readonly after: SyntaxTree;
  readonly idOf: (node: SyntaxNode) => number;
  readonly found: Difference[];
}

/** One number for all nodes that are equal: kind, place in the parent, and everything below. */
function identify(node: SyntaxNode, text: string, known: Map<string, number>, ids: Map<SyntaxNode, number>): number {
  const below = isLeaf(node) ? text.slice(node.start, node.end) : node.children.map((child) => identify(child, text, known, ids)).join(" ");
  const content = JSON.stringify([node.kind, node.field ?? "", isLeaf(node), below]);
  const id = known.get(content) ?? known.size;
  known.set(content, id);
  ids.set(node, id);
  return id;
}

function compare(comparing: Comparing, before: SyntaxNode, after: SyntaxNode, around: readonly SyntaxNode[], inside: readonly SyntaxNode[]): void {
  if (comparing.idOf(before) === comparing.idOf(after)) return;
  const outer = [...around, before];
  const inner = [...inside, after];
  const told = (gone: readonly SyntaxNode[], come: readonly SyntaxNode[]): void => {
    if (gone.length + come.length > 0) comparing.found.push({ before: gone, after: come, around: outer, inside: inner });
  };
  for (const { gone, come } of runs(before.children, after.children, comparing.idOf)) {
    const pairs = paired(gone, come);
    if (!pairs) told(gone, come);
    for (const [one, other] of pairs ?? []) {
      if (one && other && areAlike(one, other)) compare(comparing, one, other, outer, inner);
      else told(one ? [one] : [], other ? [other] : []);
    }
  }
}

/** Whether the difference of two nodes lies below them. */
function areAlike(one: SyntaxNode, other: SyntaxNode): boolean {
  return !isLeaf(one) && !isLeaf(other) && one.kind === other.kind && one.field === other.field;
}

export interface Run {
  gone: readonly SyntaxNode[];
  come: readonly SyntaxNode[];
}

/** The stretches in which two lists differ. */
export function runs(before: readonly SyntaxNode[], after: readonly SyntaxNode[], keyOf: (node: SyntaxNode) => number | string): Run[] {
  let head = 0;
  const shorter = Math.min(before.length, after.length);
  const same = (one: SyntaxNode | undefined, other: SyntaxNode | undefined): boolean => one !== undefined && other !== undefined && keyOf(one) === keyOf(other);
  while (head < shorter && same(before[head], after[head])) head++;
  let tail = 0;
  while (tail < shorter - head && same(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  const [gone, come] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  if (gone.length === 0 || come.length === 0) return gone.length + come.length > 0 ? [{ gone, come }] : [];
  const parts = diffArrays(gone.map(keyOf), come.map(keyOf), { maxEditLength: MAX_CHILDREN_CHANGED });
  return parts ? alternating(parts, gone, come) : [{ gone, come }];
}

function alternating(parts: readonly { readonly added?: boolean; readonly removed?: boolean; readonly count: number }[], gone: readonly SyntaxNode[], come: readonly SyntaxNode[]): Run[] {
  const found: Run[] = [];
  let [at, to] = [0, 0];
  let open: Run | undefined;
  for (const { added, removed, count } of parts) {
    if (!added && !removed) open = undefined;
    else if (!open) found.push((open = { gone: [], come: [] }));
    if (open && removed) open.gone = [...open.gone, ...gone.slice(at, at + count)];
    if (open && added) open.come = [...open.come, ...come.slice(to, to + count)];
    if (!added) at += count;
    if (!removed) to += count;
  }
  return found;
}

/** What went beside what came in its place, by kind and in order; undefined where one side is empty. */
function paired(gone: readonly SyntaxNode[], come: readonly SyntaxNode[]): (readonly [SyntaxNode | undefined, SyntaxNode | undefined])[] | undefined {
  if (gone.length === 0 || come.length === 0) return undefined;
  if (gone.length === come.length) return gone.map((one, index) => [one, come[index]] as const);
  const kinds = runs(gone, come, ({ kind, field }) => `${kind} ${field ?? ""}`);
  if (kinds.some((run) => run.gone.length > 0 && run.come.length > 0)) return [...gone.map((one) => [one, undefined] as const), ...come.map((one) => [undefined, one] as const)];
  const [left, right] = [new Set(kinds.flatMap((run) => run.gone)), new Set(kinds.flatMap((run) => run.come))];
  const stay = come.filter((one) => !right.has(one));
  const pairs = gone.filter((one) => !left.has(one)).map((one, index) => [one, stay[index]] as const);
  return [...pairs, ...[...left].map((one) => [one, undefined] as const), ...[...right].map((one) => [undefined, one] as const)];
}
