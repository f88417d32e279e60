/**
 * Every edit must stand exactly where it says, all of them or none: `before` at `start`, a creation only where nothing
 * is, a deletion only of the very text it names. A guess at where a change was meant to go is how automated changes
 * break code nobody looked at. A proposal that changes nothing is refused too: it could only be credited by mistake.
 */
import { applyEdits, modesDiffer, type EditFault } from "../domain/edit.ts";
import type { BaseFile, Gate, GateContext } from "../domain/plugin.ts";
import type { Edit, Proposal } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { editsByFile } from "./shared/changes.ts";
import { withLeadingFolders } from "../domain/paths.ts";

const name = "exact";

export const gate: Gate = {
  name,
  summary:
    "Refuses a proposal unless every edit stands exactly where it says, all edits can be made together, and something changes.",
  judge(proposal, context) {
    const files = editsByFile(proposal);
    if (files.size === 0) return [reason(name, "no-edits")];
    return [
      ...[...files].flatMap(([file, edits]) => judgeFile(file, edits, context)),
      ...foldersThatAreFiles(proposal),
    ];
  },
};

function judgeFile(file: string, edits: readonly Edit[], context: GateContext): readonly Reason[] {
  const base: BaseFile = context.base.get(file) ?? { kind: "absent" };
  if (base.kind !== "text" && base.kind !== "absent") return [reason(name, "not-text", { file, kind: base.kind })];
  const [first] = edits;
  if (first && edits.some((edit) => edits.some((other) => modesDiffer(edit, other)))) {
    return [reason(name, "two-modes", { file })];
  }
  const applied = applyEdits(base.kind === "text" ? base.text : null, edits);
  if (!applied.ok) return [faultReason(file, applied.fault)];
  return edits.some(isEmpty) || isUnchanged(base, applied.text, edits) ? [reason(name, "changes-nothing", { file })] : [];
}

function faultReason(file: string, fault: EditFault): Reason {
  const { edit } = fault;
  if (fault.code === "overlap") return reason(name, "overlap", { file, start: edit.start, other: fault.other.start });
  if (fault.code === "absent") return reason(name, "absent", { file });
  if (edit.before === null) return reason(name, "exists", { file });
  // A start such as NaN has no JSON, and says nothing.
  const where = Number.isSafeInteger(edit.start) ? { file, start: edit.start } : { file };
  return reason(name, edit.after === null ? "not-whole" : "mismatch", where);
}

function isEmpty(edit: Edit): boolean {
  return edit.before === edit.after && edit.mode === undefined;
}

function isUnchanged(base: BaseFile, text: string | null, edits: readonly Edit[]): boolean {
  if (base.kind !== "text") return text === null;
  const mode = edits.find((edit) => edit.mode !== undefined)?.mode ?? base.mode;
  return text === base.text && mode === base.mode;
}

/** A name cannot be a file and a folder in one tree. */
function foldersThatAreFiles(proposal: Proposal): readonly Reason[] {
  const made = proposal.edits.filter(({ after }) => after !== null).map(({ file }) => file);
  const files = new Set(made);
  return [...files].flatMap((file) => {
    const folder = withLeadingFolders(file).slice(0, -1).find((path) => files.has(path));
    return folder === undefined ? [] : [reason(name, "file-and-folder", { file, folder })];
  });
}
