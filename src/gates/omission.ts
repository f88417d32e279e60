/**
 * "The rest stays as it is" in a comment, where the rest was: what a model writes in place of code that it did not feel
 * like repeating. Code is gone then, and no type checker misses a statement. Counted per file before and after, so that
 * a comment which stands there already may stay.
 */
import type { Gate } from "../domain/plugin.ts";
import { reason } from "../domain/reason.ts";
import { changesOf } from "./shared/changes.ts";
import { grown, type Marks } from "./shared/growth.ts";
import { languageOf } from "./shared/languages.ts";

const name = "omission";

/** A comment's beginning in the languages at hand. `#rest` is a private field. */
const COMMENT = String.raw`(?:\/\/|\/\*|<!--|#(?=[ \t.…]))[ \t]{0,20}`;
const WHAT = "(?:the )?(?:rest|remainder|remaining|existing|previous|original|other|unchanged|same)";

const OMISSIONS: Marks = {
  // `// ... existing code ...`, `# … rest of the file`
  "... existing code": new RegExp(`${COMMENT}(?:\\.{3}|…)[ \\t]{0,20}\\(?[ \\t]{0,20}${WHAT}\\b`, "gi"),
  // `// rest of the function unchanged`, `/* the remaining methods stay the same */`
  "rest unchanged": new RegExp(
    `${COMMENT}(?:\\(|\\[)?(?:the )?(?:rest|remainder|remaining)\\b[^\\n]{0,60}\\b(?:unchanged|not changed|(?:the )?same|as (?:before|is|it was)|omitted|goes here|for brevity)\\b`,
    "gi",
  ),
  "omitted for brevity": new RegExp(`${COMMENT}[^\\n]{0,60}\\b(?:omitted|left out|truncated|elided) for brevity\\b`, "gi"),
};

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
