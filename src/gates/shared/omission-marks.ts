/** Remarks that stand where code was, by the name that a reason gives them. */
import type { Marks } from "./growth.ts";

/** A comment's beginning in the languages at hand. `#rest` is a private field. */
const COMMENT = String.raw`(?:\/\/|\/\*|<!--|#(?=[ \t.…]))[ \t]{0,20}`;
const WHAT = "(?:the )?(?:rest|remainder|remaining|existing|previous|original|other|unchanged|same)";

export const OMISSIONS: Marks = {
  // `// ... existing code ...`, `# … rest of the file`
  "... existing code": new RegExp(`${COMMENT}(?:\\.{3}|…)[ \\t]{0,20}\\(?[ \\t]{0,20}${WHAT}\\b`, "gi"),
  // `// rest of the function unchanged`, `/* the remaining methods stay the same */`
  "rest unchanged": new RegExp(
    `${COMMENT}(?:\\(|\\[)?(?:the )?(?:rest|remainder|remaining)\\b[^\\n]{0,60}\\b(?:unchanged|not changed|(?:the )?same|as (?:before|is|it was)|omitted|goes here|for brevity)\\b`,
    "gi",
  ),
  "omitted for brevity": new RegExp(`${COMMENT}[^\\n]{0,60}\\b(?:omitted|left out|truncated|elided) for brevity\\b`, "gi"),
};
