/**
 * Finds where in TypeScript's own eyes a finding stands. The finding may come from another version of TypeScript, so
 * the nearest diagnostic of its code on its line counts, and failing that the word at its place.
 */
import type ts from "typescript";
import type { Target } from "./protocol.ts";

export interface Spot {
  readonly start: number;
  readonly end: number;
}

/** Undefined where the file has no such line. */
export function spotOf(file: ts.SourceFile, diagnostics: readonly ts.Diagnostic[], target: Target): Spot | undefined {
  const starts = file.getLineStarts();
  const lineStart = starts[target.line - 1];
  if (lineStart === undefined) return undefined;
  const lineEnd = starts[target.line] ?? file.text.length + 1;
  const offset = Math.min(lineStart + target.column - 1, lineEnd - 1, file.text.length);
  const near = diagnostics
    .filter(({ code, start }) => code === target.code && start !== undefined && start >= lineStart && start < lineEnd)
    .sort((one, other) => distance(one, offset) - distance(other, offset))[0];
  if (near?.start !== undefined) return { start: near.start, end: near.start + (near.length ?? 0) };
  const word = /[\p{ID_Continue}$]*/uy;
  word.lastIndex = offset;
  return { start: offset, end: offset + (word.exec(file.text)?.[0].length ?? 0) };
}

function distance({ start = 0 }: ts.Diagnostic, offset: number): number {
  return Math.abs(start - offset);
}
