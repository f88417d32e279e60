/**
 * A finding is repaired, not hushed up. Counts the marks that silence checks (`@ts-ignore`, `eslint-disable`, a new
 * `any`, a skipped test, an emptied catch …) in each file before and after, and refuses where one rose, whether it
 * stands in code, a comment or a string. Prose files are left alone: marks in them are examples.
 */
import type { Gate } from "../domain/plugin.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { changesOf, type Change } from "./shared/changes.ts";
import { grown } from "./shared/growth.ts";
import { languageOf } from "./shared/languages.ts";
import { suppressionsIn } from "./shared/suppression-marks.ts";

const name = "suppressions";
const CHECK_SWITCH = { "@ts-check": /@ts-check\b/gi };

export const gate: Gate = {
  name,
  summary:
    "Refuses a proposal that silences a check instead of settling what it saw: suppression comments, a new `any`, skipped tests, emptied catches.",
  judge(proposal, context) {
    return changesOf(proposal, context).flatMap(judgeChange);
  },
};

function judgeChange({ file, before, after }: Change): readonly Reason[] {
  if (after === null) return [];
  const marks = grown(suppressionsIn(languageOf(file)), before ?? "", after);
  // The one mark that silences by going away.
  const lost = languageOf(file) === "javascript" ? grown(CHECK_SWITCH, after, before ?? "") : [];
  return [
    ...marks.map((mark) => reason(name, "new-suppression", { file, mark })),
    ...lost.map((mark) => reason(name, "check-removed", { file, mark })),
  ];
}
