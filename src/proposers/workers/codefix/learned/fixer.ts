/**
 * The shape of a fixer of stet's own: one error's place in, candidate changes out, best first. A fixer reads what the
 * language service knows and what git remembers; it never changes anything, never makes a value up, and never takes
 * code away that does something. Whether a candidate is right is for the trial to say.
 */
import type ts from "typescript";
import type { Compiler } from "../compiler.ts";
import type { Spot } from "../spot.ts";
import type { History } from "./history.ts";

export interface Scene {
  readonly compiler: Compiler;
  /** Absolute and real. */
  readonly root: string;
  readonly service: ts.LanguageService;
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly source: ts.SourceFile;
  readonly code: number;
  readonly spot: Spot;
  /** The innermost node where the error begins. */
  readonly token: ts.Node;
  /** The outermost node that begins and ends within the error. */
  readonly node: ts.Node;
  readonly history: History;
  /** Everything that the compiler says of the file, suggestions included. */
  readonly diagnostics: readonly ts.Diagnostic[];
}

/** `text` in place of what stands from `start` to `end` in the file at an absolute path. */
export interface Change {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Suggestion {
  readonly title: string;
  /** Among the fixes of one finding, TypeScript's included (see `fix-table.ts`); a lower one is tried first. */
  readonly rank: number;
  readonly safety: "safe" | "unsafe";
  readonly changes: readonly Change[];
}

export interface Fixer {
  readonly name: string;
  /** TypeScript's codes that it looks at. */
  readonly codes: readonly number[];
  suggest(scene: Scene): readonly Suggestion[];
}

/** What the code or its history says in so many words: before TypeScript's own guesses. */
export const CERTAIN = -2;
/** What fits without any doubt left, but is not written down anywhere. */
export const EVIDENT = -1;
/** A guess by likeness: right after TypeScript's own. */
export const LIKELY = 21;
/** Undoes a renaming for everybody, where following it did not work out. */
export const LAST = 40;

/** One change in the file that the error stands in. */
export function here({ source }: Scene, start: number, end: number, text: string): Change {
  return { path: source.fileName, start, end, text };
}
