/** What a push or a build would meet is told beforehand, each state with its own advice, and nothing ever waits for an answer. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { temporaryFolder, temporaryRepository } from "../../test/support/workspace.ts";
import { transportOf } from "../land/transport.ts";
import type { Diagnosis } from "../report/doctor.ts";
import { diskLine } from "../report/preflight.ts";
import { Git } from "../system/git.ts";
import { isOpen } from "../system/ssh.ts";
import { preflight, refuseUnready } from "./preflight.ts";

const home = temporaryFolder();
after(() => home[Symbol.dispose]());
// Nothing of this machine's own takes part.
process.env["HOME"] = home.root;
process.env["XDG_CONFIG_HOME"] = home.root;
for (const name of ["SSH_AUTH_SOCK", "GITHUB_TOKEN", "GH_TOKEN", "GITLAB_TOKEN", "STET_FORGE"]) process.env[name] = "";

const folder = temporaryRepository({ "a.txt": "a\n" });
after(() => folder[Symbol.dispose]());
const repository = (...args: string[]): void => void execFileSync("git", args, { cwd: folder.root, stdio: "pipe" });
repository("remote", "add", "origin", "git@github.example:owner/name.git");

interface Look {
  readonly asksRemote?: boolean;
  readonly push?: boolean;
  readonly engines?: readonly { name: string }[];
}

async function look({ asksRemote = false, push = false, engines = [] }: Look = {}): Promise<Record<string, Diagnosis>> {
  const git = new Git({ gitDir: join(folder.root, ".git") });
  const found = await preflight({ git, remote: "origin", asksRemote, engines, needs: { push, engine: push } });
  return Object.fromEntries(found.map((one) => [one.name, one]));
}

const keyIn = (name: string, passphrase: string): string => {
  const file = join(home.root, name);
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", passphrase, "-f", file]);
  return file;
};

test("an agent that is not there, empty, loaded or deaf", { timeout: 60_000 }, async () => {
  assert.partialDeepStrictEqual((await look())["ssh-agent"], { ok: "warn", detail: "no agent" });
  const socket = join(home.root, "agent");
  const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
  try {
    for (let tries = 0; tries < 3_000 && !existsSync(socket); tries++) await sleep(20);
    process.env["SSH_AUTH_SOCK"] = socket;
    assert.partialDeepStrictEqual((await look())["ssh-agent"], { ok: "warn", detail: "an agent without keys" });
    execFileSync("ssh-add", ["-q", keyIn("open", "")], { env: { ...process.env } });
    assert.deepEqual((await look())["ssh-agent"], { area: "pushing", name: "ssh-agent", detail: "loaded with 1 key", ok: "ok" });
    agent.kill("SIGSTOP");
    assert.partialDeepStrictEqual((await look())["ssh-agent"], { ok: "warn", detail: "an agent that does not answer" });
  } finally {
    process.env["SSH_AUTH_SOCK"] = "";
    agent.kill("SIGKILL");
  }
});

test("a key without a passphrase is told from one that has one, and nobody is asked for it", async () => {
  assert.equal(await isOpen(join(home.root, "open")), true);
  assert.equal(await isOpen(keyIn("locked", "secret")), false);
  assert.equal(await isOpen(join(home.root, "open.pub")), false);
});

test("identity, and signatures that stet does not make", async () => {
  assert.partialDeepStrictEqual(await look(), { identity: { ok: "ok", detail: "Ada Tester <ada@example.invalid>" }, signing: { ok: "ok" } });
  repository("config", "commit.gpgSign", "true");
  repository("config", "gpg.format", "ssh");
  repository("config", "--unset", "user.name");
  const found = await look();
  assert.match(found["signing"]?.detail ?? "", /set \(ssh\); stet's commits are not signed/);
  assert.partialDeepStrictEqual(found, { identity: { ok: "warn" }, signing: { ok: "warn" } });
  repository("config", "--unset", "commit.gpgSign");
  repository("config", "user.name", "Ada Tester");
});

test("a forge needs its token where a pull request is wanted, https a helper", async () => {
  repository("remote", "set-url", "origin", "https://user@github.com/owner/name.git");
  const without = await look({ push: true });
  assert.partialDeepStrictEqual(without, { forge: { ok: "fail", advice: "GITHUB_TOKEN or GH_TOKEN holds one that may push and open pull requests" }, credentials: { ok: "warn" } });
  assert.equal(without["transport"]?.detail, "origin by https: https://***@github.com/owner/name.git");
  assert.equal((await look())["forge"]?.ok, "ok");
  process.env["GITHUB_TOKEN"] = "t0ken-of-nobody";
  repository("config", "credential.helper", "store");
  assert.partialDeepStrictEqual(await look({ push: true }), { forge: { ok: "ok", detail: "github, with a token" }, credentials: { ok: "ok" } });
  process.env["GITHUB_TOKEN"] = "";
});

test("a remote is asked quietly: it answers, is not there, or wants a password that nobody gives", async () => {
  using bare = temporaryFolder();
  execFileSync("git", ["init", "--quiet", "--bare", bare.root]);
  repository("remote", "set-url", "origin", bare.root);
  assert.partialDeepStrictEqual((await look({ asksRemote: true }))["answer"], { ok: "ok" });
  repository("remote", "set-url", "origin", join(bare.root, "nowhere"));
  assert.partialDeepStrictEqual((await look({ asksRemote: true, push: true }))["answer"], { ok: "fail", advice: "the address is wrong, or whoever is logged in may not see it" });
  const server = createServer((_, response) => response.writeHead(401, { "www-authenticate": "Basic" }).end());
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  repository("remote", "set-url", "origin", `http://127.0.0.1:${(server.address() as AddressInfo).port}/owner/name.git`);
  const found = await look({ asksRemote: true });
  server.close();
  assert.match(found["answer"]?.advice ?? "", /^log in once by hand/);
  assert.partialDeepStrictEqual(found["transport"], { ok: "warn" });
});

test("what a build needs and has not ends it before it begins, with what to do", async () => {
  const engines = [{ name: "claude" }];
  const ready = Object.values(await look({ engines }));
  refuseUnready(ready);
  assert.throws(() => refuseUnready([...ready, diskLine(1_000, "/cache")]), { code: "not-ready", exitCode: 78 });
  repository("remote", "remove", "origin");
  assert.partialDeepStrictEqual(await look({ push: true }), { remote: { ok: "fail" }, engines: { ok: "fail" } });
  assert.partialDeepStrictEqual(await look(), { remote: { ok: "ok" }, engines: { ok: "ok", detail: "none" } });
  assert.deepEqual([3e8, 1e9, 1e11].map((bytes) => diskLine(bytes, "/cache").ok), ["warn", "warn", "ok"]);
});

test("each address has its transport", () => {
  const cases = { "https://h/a": "https", "http://h/a": "http", "ssh://git@h/a": "ssh", "git@h:a/b": "ssh", "h:a": "ssh", "git://h/a": "git", "/srv/a.git": "local", "../a": "local", "file:///a": "local", "C:\\a": "local" };
  assert.deepEqual(Object.fromEntries(Object.keys(cases).map((address) => [address, transportOf(address)])), cases);
});
