/**
 * tree-sitter's syntax trees as plain nodes. The runtime and the grammars come from one optional package, so that they fit
 * each other; each grammar is compiled when the first file of its language is read, and stays.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Parser, TreeCursor } from "@vscode/tree-sitter-wasm";
import type { SyntaxLanguage, SyntaxNode } from "../../domain/syntax.ts";
import { leaf, MAX_DEPTH, NoTree, type Made } from "./no-tree.ts";

const FILES: Readonly<Record<Exclude<SyntaxLanguage, "script">, string>> = {
  python: "python", rust: "rust", go: "go", java: "java", csharp: "c-sharp", cpp: "cpp", ruby: "ruby", php: "php",
};

const parsers = new Map<SyntaxLanguage, Promise<Parser>>();
let runtime: Promise<typeof import("@vscode/tree-sitter-wasm")> | undefined;

export async function parseByGrammar(language: Exclude<SyntaxLanguage, "script">, text: string): Promise<Made> {
  const opened = parsers.get(language) ?? open(language);
  parsers.set(language, opened);
  const tree = (await opened).parse(text);
  if (!tree) throw new NoTree("failed");
  const cursor = tree.walk();
  try {
    const comments: SyntaxNode[] = [];
    const root = convert(cursor, text, comments, 0);
    if (!root) throw new NoTree("failed");
    return { root, comments };
  } finally {
    cursor.delete();
    tree.delete();
  }
}

async function open(language: Exclude<SyntaxLanguage, "script">): Promise<Parser> {
  runtime ??= start();
  const { Language, Parser: Opened } = await runtime;
  const parser = new Opened();
  return parser.setLanguage(await Language.load(join(folder(), `tree-sitter-${FILES[language]}.wasm`)));
}

async function start(): Promise<typeof import("@vscode/tree-sitter-wasm")> {
  const loaded = await import("@vscode/tree-sitter-wasm").catch(() => {
    throw new NoTree("not-installed");
  });
  await loaded.default.Parser.init();
  return loaded.default;
}

function folder(): string {
  return dirname(createRequire(import.meta.url).resolve("@vscode/tree-sitter-wasm"));
}

/** The node that the cursor is on; undefined for a comment, which joins `comments`, and for what has no text. */
function convert(cursor: TreeCursor, text: string, comments: SyntaxNode[], depth: number): SyntaxNode | undefined {
  const { nodeType: kind, startIndex: start, endIndex: end, currentFieldName: field } = cursor;
  if (depth > MAX_DEPTH) throw new NoTree("too-deep");
  if (kind === "ERROR" || cursor.nodeIsMissing) throw new NoTree("broken", start);
  if (/comment$/.test(kind)) {
    // A Rust comment of a line may hold the line's end.
    comments.push(leaf("comment", start, start + text.slice(start, end).trimEnd().length));
    return undefined;
  }
  const children = childrenOf(cursor, text, comments, depth);
  if (depth > 0 && children.length === 0 && (start === end || kind === "line_continuation" || /^\s+$/.test(kind))) return undefined;
  return field === null ? { kind, start, end, children } : { kind, field, start, end, children };
}

/** Some grammars hide tokens: what stands between two children, and is no white space, is one. */
function childrenOf(cursor: TreeCursor, text: string, comments: SyntaxNode[], depth: number): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  const { startIndex, endIndex } = cursor;
  if (!cursor.gotoFirstChild()) return children;
  let at = startIndex;
  do {
    children.push(...hidden(text, at, cursor.startIndex));
    at = cursor.endIndex;
    const child = convert(cursor, text, comments, depth + 1);
    if (child) children.push(child);
  } while (cursor.gotoNextSibling());
  cursor.gotoParent();
  return [...children, ...hidden(text, at, endIndex)];
}

function hidden(text: string, from: number, to: number): SyntaxNode[] {
  const gap = text.slice(from, to);
  const bare = gap.trimStart();
  const start = to - bare.length;
  return bare === "" ? [] : [leaf("text", start, start + bare.trimEnd().length)];
}
