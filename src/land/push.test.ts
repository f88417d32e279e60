/** Pushes to a real bare remote: what moves, what is left alone, and how each failure is told. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ground } from "../../test/support/kit.ts";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { Git } from "../system/git.ts";
import { push, pushFaultOf, remoteBranches, remoteTip } from "./push.ts";

const REF = "refs/heads/stet/a";

async function scene() {
  const place = await ground({ "a.txt": "a\n" });
  const remote = temporaryFolder({});
  execFileSync("git", ["init", "--quiet", "--bare", remote.root]);
  const git = new Git({ gitDir: place.git("rev-parse", "--absolute-git-dir") });
  place.git("remote", "add", "origin", remote.root);
  const [base, next] = [place.git("rev-parse", "HEAD"), place.git("commit-tree", "-p", "HEAD", "-m", "next", "HEAD^{tree}")];
  const dispose = (): void => {
    place[Symbol.dispose]();
    remote[Symbol.dispose]();
  };
  return { git, remote: remote.root, base, next, [Symbol.dispose]: dispose };
}

test("a new branch is pushed, moved from where it was left, and found again", async () => {
  using at = await scene();
  const options = { git: at.git, remote: "origin", ref: REF };
  assert.deepEqual(await push({ ...options, commit: at.base, expected: null }), { ok: true });
  assert.deepEqual(await push({ ...options, commit: at.next, expected: at.base }), { ok: true });
  assert.equal(await remoteTip(at.git, "origin", REF), at.next);
  assert.deepEqual(await remoteBranches(at.git, "origin"), ["stet/a"]);
  assert.equal(await remoteTip(at.git, "origin", "refs/heads/stet/b"), null);
});

test("a branch that somebody else has moved or made is left alone", async () => {
  using at = await scene();
  const options = { git: at.git, remote: "origin", ref: REF };
  await push({ ...options, commit: at.next, expected: null });
  for (const expected of [null, at.base]) {
    const pushed = await push({ ...options, commit: at.base, expected });
    assert.equal(!pushed.ok && pushed.kind, "conflict", JSON.stringify(pushed));
  }
  assert.equal(await remoteTip(at.git, "origin", REF), at.next);
});

test("a remote that refuses, one that is not there, and a ref that is not stet's", async () => {
  using at = await scene();
  const hook = join(at.remote, "hooks/pre-receive");
  writeFileSync(hook, "#!/bin/sh\necho no >&2\nexit 1\n");
  chmodSync(hook, 0o755);
  const options = { git: at.git, ref: REF, commit: at.base, expected: null };
  const kind = async (remote: string): Promise<unknown> => {
    const pushed = await push({ ...options, remote });
    return !pushed.ok && [pushed.kind, pushed.reason.code];
  };
  assert.deepEqual(await kind("origin"), ["protected", "push-protected"]);
  assert.deepEqual(await kind("nowhere"), ["missing", "push-missing"]);
  assert.deepEqual(await kind("http://127.0.0.1:1/x.git"), ["transient", "push-transient"]);
  await assert.rejects(push({ ...options, remote: "origin", ref: "refs/heads/main" }), /not a branch of stet's own/);
});

test("failures are known by what git, ssh and forges say", () => {
  const messages = {
    auth: [
      "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
      "git@github.com: Permission denied (publickey).",
      "remote: Permission to owner/name.git denied to someone.\nfatal: unable to access 'https://github.com/owner/name.git/': The requested URL returned error: 403",
      "remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://gitlab.com/a/b.git/'",
      "Host key verification failed.",
    ],
    conflict: [
      " ! [rejected]        stet/a -> stet/a (stale info)",
      " ! [rejected]        stet/a -> stet/a (non-fast-forward)",
      "error: cannot lock ref 'refs/heads/stet/a': is at 1 but expected 2",
    ],
    protected: [
      "remote: error: GH006: Protected branch update failed for refs/heads/main.",
      " ! [remote rejected] stet/a -> stet/a (pre-receive hook declined)",
      "remote: GitLab: You are not allowed to push code to protected branches on this project.",
    ],
    transient: [
      "ssh: Could not resolve hostname github.com: Temporary failure in name resolution",
      "fatal: unable to access 'https://x/': Could not resolve host: x",
      "fatal: unable to access 'https://x/': The requested URL returned error: 502",
      "send-pack: unexpected disconnect while reading sideband packet",
      "error: RPC failed; curl 56 Recv failure: Connection reset by peer",
    ],
    missing: ["remote: Repository not found.", "fatal: 'x' does not appear to be a git repository"],
    rejected: ["remote: something of its own", ""],
  };
  for (const [kind, texts] of Object.entries(messages)) for (const text of texts) assert.equal(pushFaultOf(text), kind, text);
});
