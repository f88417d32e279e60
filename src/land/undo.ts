/** Takes a run's landing back: its ref goes to where it stood before, if and only if it stands where the run left it. */
import { reason, type Reason } from "../domain/reason.ts";
import { GitFault, type Git } from "../system/git.ts";
import { checkedOutAt } from "./land.ts";

export interface UndoOptions {
  readonly git: Git;
  readonly ref: string;
  /** Where the run left the ref. */
  readonly tip: string;
  /** Where it stood before; null where the run made it. */
  readonly before: string | null;
}

/** Nothing, or why it was left alone. */
export async function undo({ git, ref, tip, before }: UndoOptions): Promise<Reason | undefined> {
  const stands = await git.maybe(["rev-parse", "--verify", "--quiet", ref]);
  if (stands === undefined) return reason("undo", "branch-gone", { ref });
  if (stands !== tip) return reason("undo", "branch-moved", { ref, expected: tip, found: stands });
  const folder = await checkedOutAt(git, ref);
  if (folder !== undefined) return reason("undo", "branch-checked-out", { ref, folder });
  const change = before === null ? ["-d", ref, tip] : [ref, before, tip];
  try {
    await git.text(["update-ref", "--no-deref", "-m", "stet: undo", ...change]);
    return undefined;
  } catch (error) {
    if (error instanceof GitFault) return reason("undo", "branch-moved", { ref, expected: tip, found: "" });
    throw error;
  }
}
