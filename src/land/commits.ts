/**
 * Makes commit objects. Trees come ready made (see `system/tree.ts`); nothing here reads a file, runs a hook, signs, or
 * moves a ref.
 */
import type { Git } from "../system/git.ts";

export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** Who commits where the user has no identity set. `.invalid` can never be a real address (RFC 2606). */
const BOT: Identity = { name: "stet", email: "stet@stet.invalid" };

/** The user's own identity from git's configuration, or the bot's. */
export async function identity(git: Git): Promise<Identity> {
  const [name, email] = await Promise.all([git.maybe(["config", "user.name"]), git.maybe(["config", "user.email"])]);
  return isUsable(name) && isUsable(email) ? { name, email } : BOT;
}

/** git drops these characters at both ends of a name and refuses one of nothing else (git: ident.c, `crud`). */
function isUsable(part: string | undefined): part is string {
  return part !== undefined && /[^\0- .,:;<>"\\']/.test(part);
}

/** Makes a commit object. No hook runs, nothing is signed, no ref moves. */
export async function commitTree(
  git: Git,
  commit: { tree: string; parent: string; message: string; who: Identity; atMs: number },
): Promise<string> {
  const { tree, parent, message, who, atMs } = commit;
  // Without the `@` git takes a small number, of a clock that was never set, for a year.
  const date = `@${Math.floor(atMs / 1000)} +0000`;
  const env = {
    GIT_AUTHOR_NAME: who.name,
    GIT_AUTHOR_EMAIL: who.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: who.name,
    GIT_COMMITTER_EMAIL: who.email,
    GIT_COMMITTER_DATE: date,
  };
  return git.text(["commit-tree", "--no-gpg-sign", tree, "-p", parent, "-F", "-"], { stdin: message, env });
}
