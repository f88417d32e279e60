/** How a remote is reached, and whether it lets itself be read without a word from anybody. Moves nothing. */
import { gitArgv, gitEnvironment, type Git } from "../system/git.ts";
import { run } from "../system/process.ts";
import { pushFaultOf, quietly, type PushFaultKind } from "./push.ts";

export type Transport = "https" | "http" | "ssh" | "git" | "local";

/** By the address that git pushes to. */
export function transportOf(address: string): Transport {
  const scheme = /^(?:git\+)?(https?|ssh|git):\/\//i.exec(address)?.[1]?.toLowerCase();
  if (scheme === "https" || scheme === "http" || scheme === "ssh" || scheme === "git") return scheme;
  return /^(?:[\w.-]+@)?[\w.-]+:(?!\/\/)/.test(address) && !/^[a-z]:[\\/]/i.test(address) ? "ssh" : "local";
}

/** The address that pushes go to, which may be another one than fetches come from; undefined where there is no such remote. */
export async function pushAddress(git: Git, remote: string): Promise<string | undefined> {
  return git.maybe(["remote", "get-url", "--push", "--", remote]);
}

/** Whether a helper of git's keeps passwords for this address. */
export async function hasHelper(git: Git, address: string): Promise<boolean> {
  return ((await git.maybe(["config", "--get-urlmatch", "credential.helper", address])) ?? "").trim() !== "";
}

const REACH_TIMEOUT_MS = 20_000;

/** Why the remote at this address cannot be read; undefined where it can. `detail` is hostile text. */
export async function unreachable(git: Git, address: string): Promise<{ readonly kind: PushFaultKind | "timeout"; readonly detail: string } | undefined> {
  const env = { ...gitEnvironment(git.places), ...(await quietly(git)) };
  const argv = gitArgv(["ls-remote", "--heads", "--", address]);
  const { ended, stderr } = await run({ argv, cwd: git.places?.gitDir ?? "/", env, timeoutMs: REACH_TIMEOUT_MS, maxOutputBytes: 4_000_000 });
  if (ended.kind === "exited" && ended.code === 0) return undefined;
  return { kind: ended.kind === "timeout" ? "timeout" : pushFaultOf(stderr), detail: stderr.trim().slice(-500) };
}
