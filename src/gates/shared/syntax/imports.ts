/** What a file imports: each name with what it is imported from, and the packages that it needs. */
import { lineAt, type SyntaxLanguage, type SyntaxNode, type SyntaxTree } from "../../../domain/syntax.ts";
import { GRAMMARS } from "./grammars/index.ts";
import { isOneOf, tokensOf, walk } from "./nodes.ts";

/** Which of these stand in the text of an import in Ruby, where it is a call like any other. */
const REQUIRE = /^(?:require|require_relative|load|autoload)\b/;

export function isImport(node: SyntaxNode, { language, text }: SyntaxTree): boolean {
  if (!GRAMMARS[language].imports.has(node.kind)) return false;
  return language !== "ruby" || REQUIRE.test(text.slice(node.start, node.end));
}

export interface Import {
  readonly line: number;
  /** One for each name: what it is imported from and as, in tokens. */
  readonly names: readonly string[];
  readonly packages: readonly string[];
}

/** Wherever in the file they stand. */
export function importsOf(tree: SyntaxTree): Import[] {
  const { language, text } = tree;
  const found: Import[] = [];
  // A line is counted from the file's beginning: for what is an import, not for each of its thousands of nodes.
  const take = ({ start, end }: SyntaxNode, names: readonly string[]): void => {
    found.push({ line: lineAt(text, start), names, packages: packagesIn(language, text.slice(start, end)) });
  };
  for (const { node } of walk(tree.root)) {
    if (isImport(node, tree)) take(node, namesIn(node, tree));
    // `require("x")`, `import("x")`, `export … from "x"`
    else if (language === "script" && LOADS.has(node.kind) && LOADING.test(text.slice(node.start, node.end))) take(node, []);
  }
  return found;
}

const LOADS: ReadonlySet<string> = new Set(["CallExpression", "ExportDeclaration", "ImportEqualsDeclaration", "ImportType"]);
const LOADING = /^(?:require|import)\s*\(|^export\b|^import\b/;
const PARTING: ReadonlySet<string> = new Set([",", ";", "(", ")", "{", "}"]);

function namesIn(node: SyntaxNode, { language, text }: SyntaxTree): string[] {
  if (language === "rust") return rustNames(node, text);
  const { specifiers } = GRAMMARS[language];
  const parts: SyntaxNode[] = [];
  const isPart = (one: SyntaxNode): boolean => {
    const is = one !== node && isOneOf(one, specifiers);
    if (is) parts.push(one);
    return is;
  };
  const frame = tokensOf(node, text, isPart).filter((token) => !PARTING.has(token)).join(" ");
  return parts.length === 0 ? [frame] : parts.map((part) => `${frame} | ${tokensOf(part, text).join(" ")}`);
}

/** `use a::{b, c as d};` is `use a::b;` and `use a::c as d;`. */
function rustNames(node: SyntaxNode, text: string): string[] {
  const argument = node.children.find(({ field }) => field === "argument");
  const frame = tokensOf(node, text, (one) => one === argument).join(" ");
  return argument ? rustPaths(argument, text).map((path) => `${frame} | ${path}`) : [frame];
}

function rustPaths(node: SyntaxNode, text: string): string[] {
  const list = node.kind === "use_list" ? node : node.children.find(({ field }) => field === "list");
  if (!list) return [tokensOf(node, text).join("")];
  const path = node.children.find(({ field }) => field === "path");
  const prefix = path ? `${tokensOf(path, text).join("")}::` : "";
  return list.children.filter(({ kind }) => !PARTING.has(kind)).flatMap((one) => rustPaths(one, text).map((inner) => prefix + inner));
}

/** The first words of what is imported, as its language names packages; nothing for the project's own files. */
function packagesIn(language: SyntaxLanguage, source: string): string[] {
  return [...new Set(PACKAGES[language](source))].filter((name) => name !== "");
}

function all(source: string, pattern: RegExp): string[] {
  return [...source.matchAll(pattern)].map(([, name = ""]) => name);
}

const PACKAGES: Readonly<Record<SyntaxLanguage, (source: string) => string[]>> = {
  script: (source) => {
    const from = /(?:\bfrom\s*|^import\s*|^import\s*\(\s*|^require\s*\(\s*|=\s*require\s*\(\s*)["'`]([^"'`]*)["'`]/.exec(source)?.[1] ?? "";
    return /^(?:[./#~]|@\/|node:|$)/.test(from) ? [] : [from.split("/").slice(0, from.startsWith("@") ? 2 : 1).join("/")];
  },
  python: (source) => {
    const from = /^from\s+([\w.]+)\s+import/.exec(source)?.[1];
    if (from !== undefined) return from.startsWith(".") ? [] : [from.split(".")[0] ?? ""];
    return source.replace(/^import\s+/, "").split(",").map((one) => /^\s*(\w+)/.exec(one)?.[1] ?? "");
  },
  rust: (source) => {
    const path = source.replace(/^(?:pub(?:\s*\([^)]*\))?\s+)?(?:use|extern\s+crate)\s+(?:::)?/, "");
    return path.startsWith("{") ? all(path, /[{,]\s*(?:::)?(\w+)/g) : all(path, /^(\w+)/g);
  },
  go: (source) => all(source, /["`]([^"`]+)["`]/g),
  java: (source) => all(source, /^import\s+(?:static\s+)?(\w+(?:\s*\.\s*\w+)?)/g).map((name) => name.replace(/\s/g, "")),
  csharp: (source) => all(source, /^(?:global\s+)?using\s+(?:static\s+)?(?:\w+\s*=\s*)?(?:global::)?(\w+)/g),
  cpp: (source) => all(source, /^#\s*include\s*<([^/>]+)/g),
  ruby: (source) => (source.startsWith("require_relative") ? [] : all(source, /["']([^/"']+)/g)),
  php: (source) => all(source, /^use\s+(?:function\s+|const\s+)?\\?(\w+)/g),
};
