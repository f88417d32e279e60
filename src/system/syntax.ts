/**
 * Parses files: TypeScript and JavaScript with TypeScript's parser, the others with tree-sitter's grammars. Each is loaded
 * when the first file needs it and never before. A text that is broken, too large or too deep has no tree, and whoever
 * asked is told why; nothing is thrown.
 */
import { lineAt, type Parsed, type SyntaxLanguage } from "../domain/syntax.ts";
import { NoTree, type Made } from "./syntax/no-tree.ts";

/** Beyond this a file is a bundle or data; nobody reviews a change of it by its syntax. In UTF-16 code units. */
const MAX_LENGTH = 1_000_000;
/** Trees that were made last: proposal after proposal is held against one base text. */
const MAX_KEPT = 16;

const LANGUAGES: Readonly<Record<SyntaxLanguage, readonly string[]>> = {
  script: ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"],
  python: ["py", "pyi"],
  rust: ["rs"],
  go: ["go"],
  java: ["java"],
  csharp: ["cs"],
  cpp: ["c", "h", "cc", "cpp", "cxx", "hh", "hpp", "hxx"],
  ruby: ["rb"],
  php: ["php"],
};

const kept = new Map<string, Parsed>();

export async function parseSyntax(file: string, text: string): Promise<Parsed> {
  const key = `${file}\0${text}`;
  const parsed = kept.get(key) ?? (await parse(file, text));
  kept.delete(key);
  kept.set(key, parsed);
  const [oldest = ""] = kept.keys();
  if (kept.size > MAX_KEPT) kept.delete(oldest);
  return parsed;
}

async function parse(file: string, text: string): Promise<Parsed> {
  const extension = file.slice(file.lastIndexOf(".") + 1).toLowerCase();
  const language = Object.entries(LANGUAGES).find(([, known]) => known.includes(extension))?.[0] as SyntaxLanguage | undefined;
  if (language === undefined) return { unparsed: "no-grammar" };
  if (text.length > MAX_LENGTH) return { unparsed: "too-large" };
  try {
    // A BOM is no token in any grammar, and leaves every place as it is when a line end stands for it.
    const plain = text.replace(/^\ufeff/, "\n");
    const { root, comments } = await made(language, extension, plain);
    return { language, text, root, comments };
  } catch (error) {
    if (error instanceof NoTree) return error.place === undefined ? { unparsed: error.why } : { unparsed: error.why, line: lineAt(text, error.place) };
    // What is nested too deep for a parser that calls itself.
    return { unparsed: error instanceof RangeError ? "too-deep" : "failed" };
  }
}

async function made(language: SyntaxLanguage, extension: string, text: string): Promise<Made> {
  if (language === "script") return (await import("./syntax/script.ts")).parseScript(extension, text);
  return (await import("./syntax/grammar.ts")).parseByGrammar(language, text);
}
