/**
 * A file as its parser reads it, as plain data: whoever judges a tree needs no parser, and a parser knows nothing of
 * judging. Places are UTF-16 code units from the beginning of the file, a BOM counted as one.
 */

/** Whose names the nodes have: TypeScript's own for TypeScript and JavaScript, else those of the tree-sitter grammar. */
export type SyntaxLanguage = "script" | "python" | "rust" | "go" | "java" | "csharp" | "cpp" | "ruby" | "php";

/** A leaf is a token and has no children; its text is what stands from `start` to `end`. */
export interface SyntaxNode {
  readonly kind: string;
  /** What it is to its parent: `name`, `body`, `type` … */
  readonly field?: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
}

export interface SyntaxTree {
  readonly language: SyntaxLanguage;
  readonly text: string;
  /** Without comments, white space and line ends. */
  readonly root: SyntaxNode;
  /** In order of place. */
  readonly comments: readonly SyntaxNode[];
}

/**
 * Why there is no tree. `no-grammar`: nobody here reads such a file. `not-installed`: the package of grammars is
 * missing. `broken`: it has an error of syntax, on `line`. `failed`: the parser did.
 */
export interface Unparsed {
  readonly unparsed: "no-grammar" | "not-installed" | "too-large" | "too-deep" | "broken" | "failed";
  readonly line?: number;
}

export type Parsed = SyntaxTree | Unparsed;

/** One file's trees before and after a proposal's edits; null where it does not exist then. */
export interface TreePair {
  readonly before: Parsed | null;
  readonly after: Parsed | null;
}

/** The line of a place, from 1. */
export function lineAt(text: string, place: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < place; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
