/** The difference of two texts of a file as edits. */
import type { Edit } from "../../domain/edit.ts";

/** Beyond this the difference of two texts is not looked for line by line. */
const MAX_CHANGED_LINES = 20_000;

/** An edit for each run of changed lines. */
export async function editsBetween(file: string, before: string, after: string): Promise<Edit[]> {
  const edits: Edit[] = [];
  let start = 0;
  let open = { before: "", after: "" };
  for (const { added, removed, value } of [...(await changesBetween(before, after)), END]) {
    if (added) open.after += value;
    else if (removed) open.before += value;
    else {
      if (open.before !== open.after) edits.push({ file, start: start - open.before.length, ...open });
      open = { before: "", after: "" };
    }
    if (!added) start += value.length;
  }
  return edits;
}

const END = { added: false, removed: false, value: "" };

/** The library is loaded when it is first needed: most runs have nothing to compare. */
async function changesBetween(before: string, after: string): Promise<{ added: boolean; removed: boolean; value: string }[]> {
  const { diffLines } = await import("diff");
  const whole = [{ added: false, removed: true, value: before }, { added: true, removed: false, value: after }];
  return diffLines(before, after, { maxEditLength: MAX_CHANGED_LINES }) ?? whole;
}
