/** Bodies that only say that they are not implemented, by the name that a reason gives them. */
import type { Marks } from "./growth.ts";

/** In every language at once, but prose: none of these means anything else elsewhere. */
export const STUBS: Marks = {
  // TypeScript's own fixes write "Method not implemented." and "Function not implemented."
  "not implemented": /Error\s*\(\s*["'`][^"'`\n]{0,200}?\b(?:not\s+(?:yet\s+)?(?:been\s+)?implemented|unimplemented)\b/gi,
  // In capitals and in front, since "todo not found" is an honest message of a to-do list.
  "TODO error": /Error\s*\(\s*["'`]\s*TODO\b/g,
  NotImplemented: /\b(?:throw|raise)\s+(?:new\s+)?(?:[\w$]{1,100}\.)?NotImplemented(?:Error|Exception)?\b/g,
  "todo!": /\b(?:todo|unimplemented)!\s*[([{]/g,
  "pass # TODO": /\bpass[ \t]*#[ \t]*(?:todo|fixme)\b/gi,
  panic: /\bpanic!?\s*\(\s*["`](?:todo|not (?:yet )?implemented|unimplemented)\b/gi,
};
