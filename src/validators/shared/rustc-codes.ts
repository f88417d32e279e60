/**
 * What rustc's codes say about how far it has come. It goes through a crate in stages and may leave out a later one where
 * an earlier one found errors: names (parsing, expanding, resolving), types, borrowing, lints. A crate that others depend
 * on hides all of these where it has any error.
 */
import type { Diagnostic } from "./cargo-output.ts";

export const STAGES = { names: 0, types: 1, borrowing: 2, lints: 3 } as const;

const NAMES = new Set(
  [
    ..."0404 0405 0407 0408 0411 0412 0415 0416 0422 0423 0424 0425 0426 0428 0429 0430 0431 0432 0433 0434 0435 0437 0438".split(" "),
    ..."0463 0530 0531 0532 0573 0574 0575 0576 0583 0584 0585 0586 0603 0616 0658 0742 0758 0762 0763 0765 0766".split(" "),
  ].map((digits) => `E${digits}`),
);

const BORROWING = new Set(
  [
    ..."0372 0373 0381 0382 0383 0384 0492 0493 0499 0500 0501 0502 0503 0504 0505 0506 0507 0508 0509 0510 0515 0521".split(" "),
    ..."0524 0594 0595 0596 0597 0621 0626 0700 0710 0712 0713 0716 0745 0746".split(" "),
  ].map((digits) => `E${digits}`),
);

/** Lints that follow from how often a name is used, and from nothing else. */
export const LINTS_OF_USE: ReadonlySet<string> = new Set(["dead_code", "unused_imports", "unused_macros", "unused_variables", "unused_mut"]);

const COMPILER_CODE = /^E\d{4}$/;

/** rustc's code or lint. What has none is told apart by its words: the parser's errors never have one. */
export function ruleOf({ code, level, message }: Diagnostic): string {
  if (code) return code.code;
  if (/^cannot find (?:macro|attribute|derive macro)/.test(message)) return "unresolved-name";
  if (/^lifetime may not live long enough|^borrowed data escapes/.test(message)) return "lifetime";
  if (level === "error" && PARSERS.test(message)) return "syntax";
  return level;
}

/** How rustc's parser and lexer begin what they say. */
const PARSERS =
  /^(?:expected |unexpected |unclosed |mismatched closing|this file contains an? |unterminated |unknown (?:start|prefix|character)|missing |invalid |leading |incorrect |prefix |no rules expected|struct literals|comparison operators cannot|`[^`]+` (?:is not|without)|keyword )/;

export function stageOf(rule: string): number {
  if (NAMES.has(rule)) return STAGES.names;
  if (BORROWING.has(rule) || rule === "lifetime") return STAGES.borrowing;
  if (COMPILER_CODE.test(rule)) return STAGES.types;
  return ["syntax", "unresolved-name", "error", "warning"].includes(rule) ? STAGES.names : STAGES.lints;
}

/** Words that no change can give another meaning. */
export const FIXED_WORDS: ReadonlySet<string> = new Set(
  (
    "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub " +
    "ref return self Self static struct super trait true type union unsafe use where while std core alloc"
  ).split(" "),
);
