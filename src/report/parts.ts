/** The parts of a tool's change, as `stet try` tells them: what was kept by file, what was struck one by one. */
import { filesOf, type Edit, type Proposal } from "../domain/proposal.ts";
import type { Decision } from "./decisions.ts";
import { whyOf, bounded, type Bound } from "./sections.ts";
import { count, table } from "./layout.ts";
import type { Paint } from "./paint.ts";
import { oneLine } from "./plain.ts";

const MAX_EXCERPT = 60;

export function keptLines(kept: readonly Proposal[], heading: string, bound: Bound, paint: Paint): string[] {
  if (kept.length === 0) return ["Kept nothing."];
  const byFile = Map.groupBy(kept.flatMap(({ edits }) => edits), ({ file }) => file);
  const rows = [...byFile].map(([file, edits]) => [oneLine(file, 120), delta(edits)]);
  return [paint("green", heading), ...bounded(table(rows), bound)];
}

/** Each struck part with the check that it broke. */
export function partLines(struck: readonly Decision[], { max, rest }: Bound, paint: Paint): string[] {
  if (struck.length === 0) return [];
  const lines = struck.slice(0, max).flatMap((one) => [`  ${partName(one.proposal.edits)}`, `    ${paint("dim", `${one.kind}: `)}${whyOf(one)}`]);
  const more = struck.length > max ? [`  and ${struck.length - max} more: ${rest}`] : [];
  return [paint("red", `Struck ${count(struck.length, "part")}`), ...lines, ...more];
}

/** `src/a.ts  +1 −2  const x = 1;`: the beginning of a hunk tells it from the file's other ones. */
export function partName(edits: readonly Edit[]): string {
  const files = filesOf(edits);
  const [edit] = edits;
  if (files.length !== 1 || !edit) return `${count(files.length, "file")}  ${delta(edits)}`;
  const name = [oneLine(edit.file, 120), delta(edits)].filter((part) => part !== "").join("  ");
  const excerpt = edits.length === 1 ? oneLine(firstLine(edit.after) || firstLine(edit.before), MAX_EXCERPT) : "";
  return excerpt === "" ? name : `${name}  ${excerpt}`;
}

/** `+3 −1` lines; empty where no line changes. */
function delta(edits: readonly Edit[]): string {
  const [added, removed] = [sum(edits.map(({ after }) => lines(after))), sum(edits.map(({ before }) => lines(before)))];
  return added + removed === 0 ? "" : `+${added} −${removed}`;
}

function lines(text: string | null): number {
  return text === null || text === "" ? 0 : text.replace(/\n$/, "").split("\n").length;
}

function firstLine(text: string | null): string {
  return (text ?? "").split("\n").find((line) => line.trim() !== "") ?? "";
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
