/**
 * Nothing lands that a reviewer cannot see: bidi controls that show code in another order than it runs ("Trojan
 * Source", CVE-2021-42574), zero-width characters that make two names of one, tags that speak to models only. What an
 * edit's own `before` holds as often may stay; whole emoji are seen, whatever they are made of.
 */
import type { Gate } from "../domain/plugin.ts";
import type { Edit, Proposal } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { changesOf, editsByFile } from "./shared/changes.ts";
import { codePointName, unseenIn } from "./shared/characters.ts";
import { settles } from "./shared/rules.ts";

const name = "invisible";
const BOM = "\ufeff";
/** Characters named in one reason; more say nothing new. */
const MAX_NAMED = 8;

export const gate: Gate = {
  name,
  summary: "Refuses a proposal that adds control, bidirectional, zero-width or other characters that a reader cannot see.",
  judge(proposal, context) {
    const changed = new Map(changesOf(proposal, context).map((change) => [change.file, change]));
    return [...editsByFile(proposal)].flatMap(([file, edits]) => {
      const { before, after } = changed.get(file) ?? { before: "", after: "" };
      // The whole file too, since two edits can each bring one half of a character.
      const added = new Set([...edits.flatMap((edit) => addedBy(edit, proposal)), ...addedTo(before, after, true)]);
      return added.size === 0 ? [] : [refusal(file, [...added])];
    });
  },
};

function addedBy({ start, before, after }: Edit, proposal: Proposal): readonly string[] {
  const mayHaveBom = start === 0 && ((before ?? "").startsWith(BOM) || settles(proposal, "unicode-bom"));
  return addedTo(before, after, mayHaveBom);
}

/** What rose from one text to the other; a BOM in front is no character of either where one may stand there. */
function addedTo(before: string | null, after: string | null, mayHaveBom: boolean): readonly string[] {
  const [had, has] = [before ?? "", after ?? ""].map((text) => unseenIn(mayHaveBom ? withoutBom(text) : text));
  return [...(has ?? [])].filter(([character, count]) => count > (had?.get(character) ?? 0)).map(([character]) => character);
}

function withoutBom(text: string): string {
  return text.startsWith(BOM) ? text.slice(1) : text;
}

function refusal(file: string, characters: readonly string[]): Reason {
  return reason(name, "unseen-characters", { file, characters: characters.slice(0, MAX_NAMED).map(codePointName) });
}
