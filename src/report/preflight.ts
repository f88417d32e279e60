/** What stands in the way of pushing and building, fact by fact, each with the advice for just that. `needs` makes some of them faults. */
import type { Diagnosis } from "./doctor.ts";
import { count, list } from "./layout.ts";

/** What the run is to do: without it, a thing that is missing is only told. */
export interface Needs {
  readonly push: boolean;
  readonly engine: boolean;
}

const pushing = (name: string, detail: string): Omit<Diagnosis, "ok"> => ({ area: "pushing", name, detail });

/** What is missing for something that nobody has asked for is well; it is told all the same. */
function missing(parts: Omit<Diagnosis, "ok">, isNeeded: boolean, advice: string): Diagnosis {
  return { ...parts, ok: isNeeded ? "fail" : "ok", advice };
}

/** Whose name commits bear. */
export function identityLine(name: string, email: string, isOwn: boolean): Diagnosis {
  const shown = pushing("identity", `${name} <${email}>`);
  return isOwn ? { ...shown, ok: "ok" } : { ...shown, ok: "warn", advice: "git has no user.name and user.email here; git config --global sets them, or commits bear stet's own name" };
}

export function noRemote(remote: string, needs: Needs): Diagnosis {
  return missing(pushing("remote", `there is no ${remote}`), needs.push, `git remote add ${remote} <address>, where branches are to be pushed`);
}

/** `address` without credentials. */
export function transportLine(transport: string, remote: string, address: string): Diagnosis {
  const shown = pushing("transport", `${remote} by ${transport}: ${address}`);
  if (transport === "http") return { ...shown, ok: "warn", advice: `credentials and code would go unencrypted; git remote set-url ${remote} https://…` };
  if (transport === "git") return { ...shown, ok: "warn", advice: `the git protocol knows nobody, so it takes no push; git remote set-url --push ${remote} <ssh or https address>` };
  return { ...shown, ok: "ok" };
}

/** `state` as `ssh-add -l` tells it; `files`: keys that open without a passphrase. */
export function agentLine(state: string, keys: number, files: readonly string[]): Diagnosis {
  if (state === "loaded") return { ...pushing("ssh-agent", `loaded with ${count(keys, "key")}`), ok: "ok" };
  const instead = files.length > 0 ? `; ${list(files)} ${files.length === 1 ? "opens" : "open"} without a passphrase` : "";
  const shown = pushing("ssh-agent", `${AGENT[state]?.detail ?? state}${instead}`);
  if (files.length > 0) return { ...shown, ok: "ok" };
  return { ...shown, ok: "warn", advice: AGENT[state]?.advice ?? "look at ssh-add -l" };
}

const AGENT: Readonly<Record<string, { readonly detail: string; readonly advice: string }>> = {
  "no-agent": { detail: "no agent", advice: "eval $(ssh-agent) and ssh-add, in the shell that starts stet: ssh could not ask for a passphrase" },
  empty: { detail: "an agent without keys", advice: "ssh-add loads a key: ssh could not ask for its passphrase" },
  unanswered: { detail: "an agent that does not answer", advice: "SSH_AUTH_SOCK leads to an agent that hangs; start another, or unset it" },
  "missing-program": { detail: "ssh-add is not installed", advice: "install OpenSSH's client, or push over https" },
};

export function helperLine(hasHelper: boolean): Diagnosis {
  if (hasHelper) return { ...pushing("credentials", "a helper of git's keeps them"), ok: "ok" };
  const advice = "git config --global credential.helper names one (or gh auth setup-git): git could not ask for a password";
  return { ...pushing("credentials", "no helper keeps them"), ok: "warn", advice };
}

/** What the remote said to a quiet question; `kind` undefined where it answered. */
export function reachLine(remote: string, kind: string | undefined, detail: string, needs: Needs): Diagnosis {
  if (kind === undefined) return { ...pushing("answer", `${remote} answers without asking anything`), ok: "ok" };
  const [line = ""] = detail.split("\n").filter((one) => one.trim() !== "").slice(-1);
  const advice = REACH[kind] ?? "git push --dry-run shows what it says to you";
  return { ...pushing("answer", kind === "timeout" ? `${remote} did not answer in 20 s` : `${remote} does not: ${line}`), ok: needs.push ? "fail" : "warn", advice };
}

const REACH: Readonly<Record<string, string>> = {
  auth: "log in once by hand (git push), or give the key or token that may push; nothing is asked for during a run",
  missing: "the address is wrong, or whoever is logged in may not see it",
  transient: "look at the network, and again later",
  timeout: "look at the network, and at helpers that wait for somebody",
};

/** Commits are never signed: their making must not wait for a passphrase. */
export function signingLine(isConfigured: boolean, format: string): Diagnosis {
  if (!isConfigured) return { ...pushing("signing", "not asked for"), ok: "ok" };
  const advice = "a branch that demands signatures will not take them as they are; sign where you merge";
  return { ...pushing("signing", `commit.gpgSign is set (${format}); stet's commits are not signed, since a key could ask for its passphrase`), ok: "warn", advice };
}

export function forgeLine(kind: string | undefined, variables: readonly string[], hasToken: boolean, needs: Needs): Diagnosis {
  if (kind === undefined) return { ...pushing("forge", "none that is known, so branches and no pull requests"), ok: "ok" };
  if (hasToken) return { ...pushing("forge", `${kind}, with a token`), ok: "ok" };
  return missing(pushing("forge", `${kind}, without a token`), needs.push, `${variables.join(" or ")} holds one that may push and open pull requests`);
}

export function enginesLine(names: readonly string[], needs: Needs): Diagnosis {
  const base = { area: "building", name: "engines" };
  if (names.length > 0) return { ...base, ok: "ok", detail: list(names) };
  return missing({ ...base, detail: "none" }, needs.engine, "stet build needs one: --model names a model, or claude, codex or an ACP agent is installed with its key in the environment");
}

const GIB = 1024 ** 3;
/** A large project's worktree with what its tools build; and what a run cannot do without. */
const ROOMY_BYTES = 5 * GIB;
const LEAST_BYTES = GIB / 4;

export function diskLine(freeBytes: number, folder: string): Diagnosis {
  const shown = { area: "building", name: "disk", detail: `${(freeBytes / GIB).toFixed(1)} GiB free for ${folder}` };
  const advice = "make room, or let STET_CACHE_DIR name a folder on another disk";
  if (freeBytes < LEAST_BYTES) return { ...shown, ok: "fail", advice };
  return freeBytes < ROOMY_BYTES ? { ...shown, ok: "warn", advice } : { ...shown, ok: "ok" };
}
