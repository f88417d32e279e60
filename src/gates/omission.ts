/**
 * "The rest stays as it is" in a comment, where the rest was: what a model writes in place of code that it did not feel
 * like repeating. Code is gone then, and no type checker misses a statement. Counted per file before and after, so that
 * a comment which stands there already may stay.
 */
import type { Gate } from "../domain/plugin.ts";
import { reason } from "../domain/reason.ts";
import { changesOf } from "./shared/changes.ts";
import { grown } from "./shared/growth.ts";
import { languageOf } from "./shared/languages.ts";
import { OMISSIONS } from "./shared/omission-marks.ts";

const name = "omission";

export const gate: Gate = {
  name,
  summary: "Refuses a proposal that puts a remark such as \"rest unchanged\" where code was.",
  judge(proposal, context) {
    return changesOf(proposal, context).flatMap(({ file, before, after }) => {
      if (after === null || languageOf(file) === "prose") return [];
      return grown(OMISSIONS, before ?? "", after).map((mark) => reason(name, "code-omitted", { file, mark }));
    });
  },
};
