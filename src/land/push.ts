/**
 * Pushes a branch of stet's own to a remote, with the user's own credentials and never with a prompt. The remote's branch
 * moves only from where stet left it (a lease), so a person's commit there means hands off. Failures are told apart, since
 * each needs other advice. Hooks are not run.
 */
import { reason, type Reason } from "../domain/reason.ts";
import { GitFault, type Git } from "../system/git.ts";
import { BRANCH_PREFIX } from "./land.ts";

/**
 * - `auth`: no credentials, or they may not push here. `conflict`: the branch stands elsewhere than stet left it.
 * - `protected`: the remote's own rules refuse. `missing`: no such remote or repository.
 * - `transient`: the network, or the server's own fault; may work later. `rejected`: anything else that it says no to.
 */
export type PushFaultKind = "auth" | "conflict" | "protected" | "missing" | "transient" | "rejected";

export interface PushOptions {
  readonly git: Git;
  readonly remote: string;
  /** The full ref, below stet's own prefix; it has the same name there. */
  readonly ref: string;
  readonly commit: string;
  /** Where the remote's branch must stand now; null where it must not exist. */
  readonly expected: string | null;
}

export type Pushed = { readonly ok: true } | { readonly ok: false; readonly kind: PushFaultKind; readonly reason: Reason };

const MAX_DETAIL_LENGTH = 500;

export async function push({ git, remote, ref, commit, expected }: PushOptions): Promise<Pushed> {
  if (!ref.startsWith(BRANCH_PREFIX)) throw new Error(`not a branch of stet's own: ${ref}`);
  const lease = `--force-with-lease=${ref}:${expected ?? ""}`;
  try {
    await git.text(["push", "--no-verify", "--no-follow-tags", "--recurse-submodules=no", lease, "--", remote, `${commit}:${ref}`], {
      env: await quietly(git),
    });
    return { ok: true };
  } catch (error) {
    if (!(error instanceof GitFault)) throw error;
    // The connection may have ended after the branch had moved: only the remote knows.
    const kind = error.died ? "transient" : pushFaultOf(error.stderr);
    if (kind === "transient" && (await remoteTip(git, remote, ref).catch(() => undefined)) === commit) return { ok: true };
    return { ok: false, kind, reason: reason("push", `push-${kind}`, { remote, ref, detail: error.stderr.trim().slice(-MAX_DETAIL_LENGTH) }) };
  }
}

/** Where the branch stands on the remote; null where it does not exist. Throws `GitFault` where the remote does not say. */
export async function remoteTip(git: Git, remote: string, ref: string): Promise<string | null> {
  const line = await git.text(["ls-remote", "--refs", "--", remote, ref], { env: await quietly(git) });
  return line.split("\n").find((one) => one.endsWith(`\t${ref}`))?.split("\t")[0] ?? null;
}

/** All branches of the remote, without `refs/heads/`. Throws `GitFault`. */
export async function remoteBranches(git: Git, remote: string): Promise<string[]> {
  const text = await git.text(["ls-remote", "--heads", "--", remote], { env: await quietly(git) });
  return text.split("\n").flatMap((line) => line.split("\trefs/heads/")[1] ?? []);
}

/** Neither git nor ssh may ask: there may be nobody to answer, and a run must not wait for one. */
export async function quietly(git: Git): Promise<Record<string, string>> {
  const ssh = process.env["GIT_SSH_COMMAND"] ?? (await git.maybe(["config", "core.sshCommand"])) ?? "ssh";
  const askpass = { GIT_ASKPASS: "true", SSH_ASKPASS: "true", SSH_ASKPASS_REQUIRE: "force" };
  return { ...askpass, GIT_SSH_COMMAND: `${ssh} -oBatchMode=yes -oConnectTimeout=20`, GCM_INTERACTIVE: "never" };
}

/** What each kind is known by, in git's, ssh's and the forges' own words; the first that fits. */
const KNOWN: readonly (readonly [PushFaultKind, RegExp])[] = [
  ["conflict", /\[rejected\].*\((?:stale info|fetch first|non-fast-forward|already exists)\)|\bstale info\b|cannot lock ref|reference already exists/i],
  ["protected", /protected branch|pre-receive hook declined|hook declined|GH006|GH013|rule violations|not allowed to push|denyCurrentBranch|denying/i],
  ["transient", /could not resolve host|connection (?:refused|reset|timed out)|(?:failed|could not|couldn.t) (?:to )?connect|operation timed out|early EOF|unexpected disconnect|the remote end hung up|network is unreachable|temporary failure|HTTP 5\d\d|returned error: 5\d\d|returned error: 429|RPC failed|ended by SIG/i],
  ["missing", /repository .*not found|not appear to be a git repository|returned error: 404|no such remote|no such file or directory|project you were looking for could not be found/i],
  ["auth", /authentication failed|could not read (?:username|password)|permission (?:to .* )?denied|returned error: 40[13]|terminal prompts disabled|invalid (?:username|credentials)|host key verification failed|access denied|unauthorized/i],
];

/** Exported for its table of real messages. */
export function pushFaultOf(text: string): PushFaultKind {
  return KNOWN.find(([, pattern]) => pattern.test(text))?.[0] ?? "rejected";
}
