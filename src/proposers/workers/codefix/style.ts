/**
 * How a file is written (line ends, indentation, quotes, endings of relative imports), so that inserted code looks like
 * its neighbours. Where the file itself gives no sign, a sample of its project does. Semicolons are left to TypeScript,
 * which reads them off the file by itself.
 */
import type ts from "typescript";
import type { Compiler } from "./compiler.ts";

const SAMPLE_FILES = 20;
/** Imports and the first indented lines stand near the top. */
const SAMPLE_CHARACTERS = 4_000;

export interface Style {
  readonly format: ts.FormatCodeSettings;
  readonly preferences: ts.UserPreferences;
}

export function styleOf(compiler: Compiler, program: ts.Program, text: string): Style {
  const lazySample = once(() => sample(program));
  const known = <T>(read: (text: string) => T | undefined): T | undefined => read(text) ?? read(lazySample());
  const indent = known(indentation) ?? { tabs: false, size: 4 };
  const quotes = known((some) => quotesOfImports(some) ?? quotesOfStrings(some));
  const ending = known(importEnding);
  return {
    format: {
      ...compiler.getDefaultFormatCodeSettings(endOfLine(text)),
      indentSize: indent.size,
      tabSize: indent.size,
      convertTabsToSpaces: !indent.tabs,
    },
    preferences: {
      ...(quotes && { quotePreference: quotes }),
      ...(ending && { importModuleSpecifierEnding: ending }),
      importModuleSpecifierPreference: "shortest",
      includeCompletionsForModuleExports: true,
      includePackageJsonAutoImports: "on",
      allowTextChangesInNewFiles: true,
    },
  };
}

/** The line end that most lines have; a file of one line has `\n`. */
export function endOfLine(text: string): "\r\n" | "\n" {
  const all = count(text, /\n/g);
  return count(text, /\r\n/g) * 2 > all ? "\r\n" : "\n";
}

function indentation(text: string): { tabs: boolean; size: number } | undefined {
  const tabs = count(text, /^\t/gm);
  const steps = [...text.matchAll(/^([^\s*/].*)\r?\n( +)(?=[^\s*])/gm)].map((match) => match[2]?.length ?? 0);
  if (tabs + steps.length === 0) return undefined;
  return tabs > steps.length ? { tabs: true, size: 4 } : { tabs: false, size: mostCommon(steps) ?? 4 };
}

function quotesOfImports(text: string): "single" | "double" | undefined {
  return majority(count(text, /\b(?:from|import|require\()\s*'/g), count(text, /\b(?:from|import|require\()\s*"/g));
}

function quotesOfStrings(text: string): "single" | "double" | undefined {
  return majority(count(text, /[=(,:[]\s*'[^'"\n]*'/g), count(text, /[=(,:[]\s*"[^'"\n]*"/g));
}

function majority(single: number, double: number): "single" | "double" | undefined {
  if (single === double) return undefined;
  return single > double ? "single" : "double";
}

/** Undefined where there is no relative import of code, which leaves the choice to TypeScript. */
function importEnding(text: string): "js" | "index" | "minimal" | undefined {
  const specifiers = [...text.matchAll(/\b(?:from|import\(?)\s*["'](\.{1,2}\/[^"'\n]*)["']/g)].map(([, path]) => path ?? "");
  const code = specifiers.filter((path) => !/\.(?:json|css|scss|less|svg|png|vue|html)$/.test(path));
  return mostCommon(code.map((path) => (/\.[cm]?[jt]sx?$/.test(path) ? "js" : path.endsWith("/index") ? "index" : "minimal")));
}

function sample(program: ts.Program): string {
  const own = program.getSourceFiles().filter((file) => !file.isDeclarationFile && !file.fileName.includes("/node_modules/"));
  return own.slice(0, SAMPLE_FILES).map(({ text }) => text.slice(0, SAMPLE_CHARACTERS)).join("\n");
}

function mostCommon<T>(values: readonly T[]): T | undefined {
  const tally = new Map<T, number>();
  for (const value of values) tally.set(value, (tally.get(value) ?? 0) + 1);
  return [...tally].sort((one, other) => other[1] - one[1])[0]?.[0];
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
