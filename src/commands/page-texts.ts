/**
 * What stood in the files that a run's proposals change, for its page: read from git, as far as git still has it. A dry
 * run's later trees, for one, are nowhere but in a cache that may be gone.
 */
import type { RunState } from "../ledger/fold.ts";
import { MAX_SHOWN, textKey, type BaseTexts } from "../report/html/changes.ts";
import type { Git } from "../system/git.ts";
import { readBase } from "../system/tree.ts";

/** Of one file; a larger one is shown without the lines around a change. */
const MAX_TEXT_LENGTH = 500_000;
/** Of all together. */
const MAX_TOTAL_LENGTH = 50_000_000;

export async function baseTexts({ verdicts }: RunState, git: Git): Promise<BaseTexts> {
  const texts = new Map<string, string>();
  let total = 0;
  // Both of the page's lists are no longer than this.
  const proposals = verdicts.slice(0, 2 * MAX_SHOWN).map(({ proposal }) => proposal);
  for (const [tree, group] of Map.groupBy(proposals, ({ base }) => base)) {
    const files = [...new Set(group.flatMap(({ edits }) => edits.map(({ file }) => file)))];
    for (const [file, found] of await readBase(git, tree, files).catch(() => [])) {
      if (found.kind !== "text" || found.text.length > MAX_TEXT_LENGTH || total > MAX_TOTAL_LENGTH) continue;
      total += found.text.length;
      texts.set(textKey(tree, file), found.text);
    }
  }
  return texts;
}
