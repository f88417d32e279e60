/**
 * Turns TypeScript's text changes into stet's edits: as small as they can be, one per place, with the line ends of the
 * file they go into. Positions are TypeScript's own, which do not count a BOM; the host adds it.
 */
import { relative, sep } from "node:path";
import type ts from "typescript";
import type { RawEdit } from "./protocol.ts";
import { endOfLine } from "./style.ts";

interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * All changes of one fix, or undefined where it must not be made as a whole: it leaves the root, goes into installed
 * dependencies, overlaps itself, or touches a file that is not part of the program. Empty where it changes nothing.
 */
export function toEdits(root: string, program: ts.Program, changes: readonly ts.FileTextChanges[]): RawEdit[] | undefined {
  const edits: RawEdit[] = [];
  for (const { fileName, textChanges, isNewFile } of changes) {
    const file = relative(root, fileName).split(sep).join("/");
    if (file.startsWith("../") || file.split("/").includes("node_modules")) return undefined;
    if (isNewFile === true) {
      edits.push({ file, start: 0, before: null, after: textChanges.map(({ newText }) => newText).join("") });
      continue;
    }
    const text = program.getSourceFile(fileName)?.text;
    const merged = text === undefined ? undefined : mergeTouching(textChanges);
    if (text === undefined || !merged) return undefined;
    edits.push(...merged.flatMap((change) => smallest(file, text, change)));
  }
  return edits;
}

/** Changes that touch become one, in their order, so that no two of the result begin at one place. */
function mergeTouching(changes: readonly ts.TextChange[]): Change[] | undefined {
  const merged: Change[] = [];
  const sorted = [...changes].sort((one, other) => one.span.start - other.span.start || one.span.length - other.span.length);
  for (const { span, newText } of sorted) {
    const last = merged.at(-1);
    const end = span.start + span.length;
    if (last && span.start < last.end) return undefined;
    if (last && span.start === last.end) merged.splice(-1, 1, { start: last.start, end, text: last.text + newText });
    else merged.push({ start: span.start, end, text: newText });
  }
  return merged;
}

function smallest(file: string, text: string, change: Change): RawEdit[] {
  const before = text.slice(change.start, change.end);
  const after = change.text.replaceAll(/\r?\n/g, () => endOfLine(text));
  if (before === after) return [];
  const head = commonHead(before, after);
  const tail = commonTail(before.slice(head), after.slice(head));
  const cut = (part: string): string => part.slice(head, part.length - tail);
  return [{ file, start: change.start + head, before: cut(before), after: cut(after) }];
}

function commonHead(one: string, other: string): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return splits(one, length) || splits(other, length) ? length - 1 : length;
}

function commonTail(one: string, other: string): number {
  let length = 0;
  const most = Math.min(one.length, other.length);
  while (length < most && one.at(-1 - length) === other.at(-1 - length)) length += 1;
  return splits(one, one.length - length) || splits(other, other.length - length) ? length - 1 : length;
}

/** Whether a cut at `index` would part a surrogate pair or a CRLF. */
function splits(text: string, index: number): boolean {
  return /^(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|\r\n)$/.test(text.slice(Math.max(index - 1, 0), index + 1));
}
