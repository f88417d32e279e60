/**
 * A body that throws "not implemented" satisfies every type checker and does nothing. Language services offer such
 * stubs, and models write them when they are stuck; landing one would count as a repair what is a hole. Counted per
 * file before and after, so that a stub which stands there already may stay.
 */
import type { Gate } from "../domain/plugin.ts";
import { reason } from "../domain/reason.ts";
import { changesOf } from "./shared/changes.ts";
import { grown, type Marks } from "./shared/growth.ts";
import { languageOf } from "./shared/languages.ts";

const name = "stub";

/** In every language at once, but prose: none of these means anything else elsewhere. */
const STUBS: Marks = {
  // TypeScript's own fixes write "Method not implemented." and "Function not implemented."
  "not implemented": /Error\s*\(\s*["'`][^"'`\n]{0,200}?\b(?:not\s+(?:yet\s+)?(?:been\s+)?implemented|unimplemented)\b/gi,
  // In capitals and in front, since "todo not found" is an honest message of a to-do list.
  "TODO error": /Error\s*\(\s*["'`]\s*TODO\b/g,
  NotImplemented: /\b(?:throw|raise)\s+(?:new\s+)?(?:[\w$]{1,100}\.)?NotImplemented(?:Error|Exception)?\b/g,
  "todo!": /\b(?:todo|unimplemented)!\s*[([{]/g,
  "pass # TODO": /\bpass[ \t]*#[ \t]*(?:todo|fixme)\b/gi,
  panic: /\bpanic!?\s*\(\s*["`](?:todo|not (?:yet )?implemented|unimplemented)\b/gi,
};

export const gate: Gate = {
  name,
  summary: "Refuses a proposal that adds a body which only says that it is not implemented.",
  judge(proposal, context) {
    return changesOf(proposal, context).flatMap(({ file, before, after }) => {
      if (after === null || languageOf(file) === "prose") return [];
      return grown(STUBS, before ?? "", after).map((mark) => reason(name, "new-stub", { file, mark }));
    });
  },
};
