/**
 * What a git that was killed leaves beside a ref: its lock file, which would keep every later git from moving the ref.
 * Only a lock that was to move the ref to stet's own commit is removed, and only by who holds the repository's run lock.
 */
import { resolve } from "node:path";
import { readMaybe, removeAll } from "./files.ts";
import type { Git } from "./git.ts";

/** A branch of stet's own. The ledger's lines could come with a hostile checkout. */
const OWN_REF = /^refs\/heads\/stet\/[\w-]+$/;

/** Removes the lock of `ref` where it is one that was taken to move it to `to`. */
export async function removeRefLock(git: Git, ref: string, to: string): Promise<void> {
  if (!OWN_REF.test(ref)) return;
  const path = resolve(git.places?.gitDir ?? "", await git.text(["rev-parse", "--git-path", `${ref}.lock`]));
  const content = await readMaybe(path);
  // git takes the lock first and writes the new commit's id into it after.
  if (content !== undefined && ["", to].includes(content.trim())) await removeAll(path);
}
