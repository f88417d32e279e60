/**
 * What commit objects say, and who commits. Trees come ready made (see `system/tree.ts`); nothing here reads a file, runs
 * a hook, signs, or moves a ref.
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
  const lines = (await git.maybe(["config", "--null", "--get-regexp", "^user\\.(name|email)$"])) ?? "";
  // `<key>\n<value>\0`; of several values the last one counts.
  const found = new Map(lines.split("\0").map((line): [string, string] => [line.split("\n", 1)[0] ?? "", line.slice(line.indexOf("\n") + 1)]));
  const [name, email] = [found.get("user.name"), found.get("user.email")];
  return isUsable(name) && isUsable(email) ? { name, email } : BOT;
}

/** git drops these characters at both ends of a name and refuses one of nothing else (git: ident.c, `crud`). */
function isUsable(part: string | undefined): part is string {
  return part !== undefined && /[^\0- .,:;<>"\\']/.test(part);
}

/** The content of a commit object. No hook runs, nothing is signed, no ref moves; `message` stands there as it is. */
export function commitText(commit: { tree: string; parent: string; message: string; who: Identity; atMs: number }): string {
  const { tree, parent, message, who, atMs } = commit;
  if (message.includes("\0")) throw new RangeError("NUL in a commit message");
  const signature = `${clean(who.name)} <${clean(who.email)}> ${Math.floor(atMs / 1000)} +0000`;
  return `tree ${tree}\nparent ${parent}\nauthor ${signature}\ncommitter ${signature}\n\n${message}`;
}

/** As git writes a name: without what it drops at both ends, and without what would end it. */
function clean(part: string): string {
  return part.replace(/^[\0- .,:;<>"\\']+|[\0- .,:;<>"\\']+$/g, "").replace(/[\n<>]/g, "");
}
