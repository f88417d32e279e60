/** A file's edits as lines to be read: whole lines with those around them where the file is at hand, else the spans alone. */
import { structuredPatch } from "diff";
import { applyEdits, type Edit } from "../../domain/edit.ts";

export interface Line {
  readonly kind: "del" | "ins" | "same" | "gap";
  /** Of the file before, or after for what comes in; unknown where the file is not at hand. */
  readonly number?: number;
  readonly text: string;
}

export type Hunk = readonly Line[];

const CONTEXT_LINES = 3;
/** Lines that differ: beyond this many the file counts as written anew, so that a hostile one costs no time. */
const MAX_DIFFERENCES = 2_000;

/** `before`: the file's text where it is at hand. */
export function hunksOf(edits: readonly Edit[], before: string | undefined): Hunk[] {
  const created = edits.some((edit) => edit.before === null);
  const base = created ? "" : before;
  const after = base === undefined ? undefined : applyEdits(created ? null : base, edits);
  const patch = base !== undefined && after?.ok ? patchOf(base, after.text ?? "") : undefined;
  return patch ?? edits.map(spans);
}

function patchOf(before: string, after: string): Hunk[] | undefined {
  const patch = structuredPatch("", "", before, after, "", "", { context: CONTEXT_LINES, maxEditLength: MAX_DIFFERENCES });
  return patch?.hunks.map(({ oldStart, newStart, lines }) => numbered(lines, oldStart, newStart));
}

/** As `diff` writes them: the first character says what becomes of the line, and `\` belongs to the one before. */
function numbered(lines: readonly string[], oldStart: number, newStart: number): Line[] {
  let [old, now] = [oldStart, newStart];
  return lines.flatMap((line): Line[] => {
    const [mark, text] = [line[0], line.slice(1)];
    if (mark === "-") return [{ kind: "del", number: old++, text }];
    if (mark === "+") return [{ kind: "ins", number: now++, text }];
    if (mark !== " ") return [];
    now++;
    return [{ kind: "same", number: old++, text }];
  });
}

function spans({ before, after }: Edit): Line[] {
  return [...linesOf(before).map((text): Line => ({ kind: "del", text })), ...linesOf(after).map((text): Line => ({ kind: "ins", text }))];
}

function linesOf(side: string | null): string[] {
  return side === null || side === "" ? [] : side.replace(/\n$/, "").split("\n");
}
