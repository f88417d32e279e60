/**
 * How a file's lines end is the file's own business: a change of one line must not rewrite all others, nor make the
 * file mixed. Kept are CRLF or LF where a file uses one kind only, the BOM, and whether the last line ends. The fix of
 * a rule that is about one of these (`linebreak-style`, `unicode-bom`, `eol-last`) may change that one.
 */
import type { Gate } from "../domain/plugin.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { changesOf } from "./shared/changes.ts";
import { settles } from "./shared/rules.ts";

const name = "line-endings";

export const gate: Gate = {
  name,
  summary: "Refuses a proposal that changes a file's kind of line ending, its byte order mark or whether its last line ends.",
  judge(proposal, context) {
    return changesOf(proposal, context).flatMap(({ file, before, after }) => {
      if (before === null || after === null) return [];
      return KEPT.filter(({ rule, holds }) => !holds(before, after) && !settles(proposal, rule)).map(
        ({ code }): Reason => reason(name, code, { file }),
      );
    });
  },
};

/** What is kept, the reason's code where it is not, and the rule whose fix may change it. */
const KEPT = [
  { code: "line-ending-changed", rule: "linebreak-style", holds: keepsEndings },
  { code: "bom-changed", rule: "unicode-bom", holds: keepsBom },
  { code: "final-newline-changed", rule: "eol-last", holds: keepsFinalNewline },
] as const;

/** A file of one kind stays of that kind; a mixed one, or one without any, has no kind to keep. */
function keepsEndings(before: string, after: string): boolean {
  const [had, has] = [endings(before), endings(after)];
  return had.size !== 1 || [...has].every((ending) => had.has(ending));
}

function endings(text: string): Set<string> {
  return new Set(text.match(/\r\n|\n|\r/g));
}

function keepsBom(before: string, after: string): boolean {
  return before.startsWith("\ufeff") === after.startsWith("\ufeff");
}

/** An empty text, with or without a BOM, says nothing about its last line. */
function keepsFinalNewline(before: string, after: string): boolean {
  const [had, has] = [before, after].map((text) => text.replace(/^\ufeff/, ""));
  return had === "" || has === "" || /[\r\n]$/.test(before) === /[\r\n]$/.test(after);
}
