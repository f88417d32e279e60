/**
 * TypeScript's syntax tree as plain nodes: every token is there, lists are flat, JSDoc is a comment like any other. Only
 * the parser is used; no program is made, no other file is read.
 */
import ts from "typescript";
import type { SyntaxNode } from "../../domain/syntax.ts";
import { leaf, MAX_DEPTH, NoTree, type Made } from "./no-tree.ts";

const KINDS: Readonly<Record<string, ts.ScriptKind>> = {
  tsx: ts.ScriptKind.TSX, js: ts.ScriptKind.JSX, jsx: ts.ScriptKind.JSX, mjs: ts.ScriptKind.JSX, cjs: ts.ScriptKind.JSX,
};

/** A kind's own name: the enumeration has further ones for the ends of ranges (`FirstStatement`). */
const NAMES = new Map<number, string>();
for (const [name, value] of Object.entries(ts.SyntaxKind)) {
  if (typeof value === "number" && !NAMES.has(value) && !/^(?:First|Last)/.test(name)) NAMES.set(value, name);
}

/** What a node is to its parent, where that makes a difference to a reader of trees. */
const FIELDS = ["name", "propertyName", "body", "members", "type", "initializer", "condition", "incrementor", "moduleSpecifier"] as const;

export function parseScript(extension: string, text: string): Made {
  const source = ts.createSourceFile(`file.${extension}`, text, ts.ScriptTarget.Latest, true, KINDS[extension] ?? ts.ScriptKind.TS);
  const [fault] = (source as ts.SourceFile & { readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics ?? [];
  if (fault) throw new NoTree("broken", fault.start);
  const leaves: SyntaxNode[] = [];
  const root = new Converter(source, leaves).node(source, 0);
  return { root, comments: commentsBetween(text, leaves) };
}

class Converter {
  readonly #source: ts.SourceFile;
  readonly #leaves: SyntaxNode[];

  constructor(source: ts.SourceFile, leaves: SyntaxNode[]) {
    this.#source = source;
    this.#leaves = leaves;
  }

  node(node: ts.Node, depth: number, field?: string): SyntaxNode {
    if (depth > MAX_DEPTH) throw new NoTree("too-deep");
    const start = node.getStart(this.#source);
    const children = this.#children(node).map((child) => this.node(child, depth + 1, fieldOf(node, child)));
    const isToken = children.length === 0 && start < node.end;
    const made = { kind: isToken && isFixed(node) ? node.getText(this.#source) : (NAMES.get(node.kind) ?? ""), start, end: node.end, children };
    const named: SyntaxNode = field === undefined ? made : { ...made, field };
    if (isToken) this.#leaves.push(named);
    return named;
  }

  #children(node: ts.Node): ts.Node[] {
    return node.getChildren(this.#source).flatMap((child) => {
      if (child.kind === ts.SyntaxKind.SyntaxList) return this.#children(child);
      return isNothing(child) ? [] : [child];
    });
  }
}

/** Punctuation and keywords are called what they are. */
function isFixed({ kind }: ts.Node): boolean {
  return kind >= ts.SyntaxKind.FirstPunctuation && kind <= ts.SyntaxKind.LastKeyword && kind !== ts.SyntaxKind.Identifier && kind !== ts.SyntaxKind.PrivateIdentifier;
}

/** Nodes that mean nothing: JSDoc, white space between JSX elements, braces around a comment there, the end. */
function isNothing(node: ts.Node): boolean {
  if (node.kind === ts.SyntaxKind.EndOfFileToken || (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode)) return true;
  return ts.isJsxText(node) ? node.containsOnlyTriviaWhiteSpaces : ts.isJsxExpression(node) && node.expression === undefined;
}

function fieldOf(parent: ts.Node, child: ts.Node): string | undefined {
  if (ts.isExportAssignment(parent) && parent.expression === child) return "value";
  const parts = parent as ts.Node & Readonly<Partial<Record<(typeof FIELDS)[number], unknown>>>;
  const field = FIELDS.find((name) => {
    const part = parts[name];
    return part === child || (Array.isArray(part) && part.includes(child));
  });
  return field === "members" ? "body" : field;
}

const COMMENT = /\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g;

/** Between two tokens stands white space, and comments. */
function commentsBetween(text: string, leaves: readonly SyntaxNode[]): SyntaxNode[] {
  const ends = [0, ...leaves.map(({ end }) => end)];
  return ends.flatMap((from, index) => {
    const gap = text.slice(from, leaves[index]?.start ?? text.length);
    return [...gap.matchAll(COMMENT)].map(({ 0: found, index: at }) => leaf("comment", from + at, from + at + found.length));
  });
}
