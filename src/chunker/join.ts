/**
 * Puts what a window came to behind what those before it came to. A task that two windows have seen is one task with the words
 * of both. All or nothing: whatever is wrong with the answer is named, and nothing of it is taken. Pure.
 */
import { reason, type Reason } from "../domain/reason.ts";
import { MAX_CHUNKS } from "../specs/chunking/chunks.ts";
import { circleIn } from "../specs/shared/circles.ts";
import { ownPath } from "./answer.ts";
import { nameOf, type Piece } from "./piece.ts";
import type { Window } from "./windows.ts";

export interface Plan {
  readonly file: string;
  /** Lines of the plan's boxes. */
  readonly boxes: readonly number[];
}

export type Joined = { readonly ok: true; readonly pieces: readonly Piece[] } | { readonly ok: false; readonly faults: readonly Reason[] };

export function joined(before: readonly Piece[], more: readonly Piece[], window: Window, plan: Plan): Joined {
  const merged = new Map(before.map((one) => [nameOf(one.title), one]));
  for (const one of more) {
    const known = merged.get(nameOf(one.title));
    merged.set(nameOf(one.title), known ? both(known, one) : one);
  }
  const pieces = [...merged.values()].map((one) => ({ ...one, files: one.files.filter((file) => ownPath(file) !== plan.file) }));
  const faults = [...more.flatMap((one) => faultsOf(one, merged, window, plan)), ...faultsOfAll(pieces, window, plan)];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, pieces: pieces.map((one) => ({ ...one, files: one.files.map((file) => ownPath(file) ?? file) })) };
}

/** What is built stays as it was built. */
function both(known: Piece, { instructions, files, acceptance, after, boxes }: Piece): Piece {
  if (known.section) return known;
  const words = known.instructions.includes(instructions) ? known.instructions : instructions.includes(known.instructions) ? instructions : `${known.instructions}\n\n${instructions}`;
  const union = <T>(one: readonly T[], other: readonly T[]): T[] => [...new Set([...one, ...other])];
  return { ...known, instructions: words, files: union(known.files, files), acceptance: union(known.acceptance, acceptance), after: union(known.after, after), boxes: union(known.boxes, boxes) };
}

function faultsOf({ title, line, files, after, boxes }: Piece, all: ReadonlyMap<string, Piece>, { firstLine, lastLine }: Window, plan: Plan): Reason[] {
  const isShown = (one: number): boolean => one >= firstLine && one <= lastLine;
  return [
    ...(isShown(line) ? [] : [reason("chunker", "cut-line", { title, line })]),
    ...files.filter((file) => ownPath(file) === undefined).map((path) => reason("chunker", "cut-path", { title, path })),
    ...after.filter((one) => !all.has(nameOf(one))).map((other) => reason("chunker", "cut-waits", { title, other })),
    ...boxes.filter((box) => !isShown(box) || !plan.boxes.includes(box)).map((box) => reason("chunker", "cut-box", { title, line: box })),
  ];
}

function faultsOfAll(pieces: readonly Piece[], { nextLine }: Window, { file, boxes }: Plan): Reason[] {
  const circle = circleIn(new Map(pieces.map(({ title, after }) => [nameOf(title), after.map(nameOf).filter((one) => one !== nameOf(title))])));
  const done = new Set(pieces.flatMap((one) => one.boxes));
  return [
    ...(circle ? [reason("chunker", "cut-circle", { tasks: circle })] : []),
    ...(pieces.length > MAX_CHUNKS ? [reason("chunker", "cut-too-many", { file, tasks: pieces.length, max: MAX_CHUNKS })] : []),
    ...boxes.filter((box) => box < nextLine && !done.has(box)).map((box) => reason("chunker", "cut-box-left", { file, line: box })),
  ];
}
