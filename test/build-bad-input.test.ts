/** What goes wrong around a build: the spec is rewritten while it runs, and the remote will not have it. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scriptedBuilder } from "./support/builder.ts";
import { Sandbox } from "./support/cli.ts";
import { ScriptedForge } from "./support/forge.ts";
import { ScriptedProvider } from "./support/provider.ts";

const CONFIG = '{ "checks": [{ "name": "good", "run": ["sh", "-c", "! grep -rn BAD src"] }] }\n';

test("a spec that is rewritten meanwhile is built as it stood; a remote that refuses loses nothing, and one with a protected main is never asked for it", async () => {
  await using forge = await ScriptedForge.start();
  const { asked, answer } = scriptedBuilder({ One: { "src/one.txt": "1\n" }, Two: { "src/two.txt": "2\n" } });
  const rewritten = "- [ ] Something else entirely\n";
  await using provider = await ScriptedProvider.start((request) => {
    if (asked.length === 0) {
      writeFileSync(join(at.root, "PLAN.md"), rewritten);
      at.git("commit", "--quiet", "--all", "--message", "another plan");
    }
    return answer(request);
  });
  using at = new Sandbox({ "stet.config.json": CONFIG, "src/base.txt": "base\n", "PLAN.md": "- [ ] One\n- [ ] Two\n" }, { dependencies: false });
  const remote = join(at.cache, "remote.git");
  execFileSync("git", ["init", "--quiet", "--bare", remote]);
  at.git("remote", "add", "origin", "https://github.com/owner/name.git");
  at.git("config", "remote.origin.pushurl", remote);
  const hook = (text: string): void => {
    writeFileSync(join(remote, "hooks/pre-receive"), `#!/bin/sh\n${text}\n`);
    chmodSync(join(remote, "hooks/pre-receive"), 0o755);
  };
  const build = (): ReturnType<Sandbox["stet"]> => at.stet(["build", "--pr", "--model", `compatible:${provider.url}#m`], { env: { GITHUB_API_URL: forge.url, GITHUB_TOKEN: "t" } });
  const heads = (): string => execFileSync("git", ["for-each-ref", "--format=%(refname)"], { cwd: remote, encoding: "utf8" });

  hook("echo 'nobody pushes today' >&2; exit 1");
  const refused = await build();
  assert.equal(refused.code, 1, refused.stdout + refused.stderr);
  assert.match(refused.stdout, /2 chunks built[^]*The rules of origin refuse stet\/plan/);
  assert.deepEqual([heads(), forge.pulls.length, readFileSync(join(at.root, "PLAN.md"), "utf8")], ["", 0, rewritten]);
  assert.equal(at.show("PLAN.md"), "- [x] One\n- [x] Two\n");

  hook('while read -r old new ref; do case "$ref" in refs/heads/stet/*) ;; *) echo "$ref is protected" >&2; exit 1 ;; esac; done');
  const before = asked.length;
  const pushed = await build();
  assert.equal(pushed.code, 0, pushed.stdout + pushed.stderr);
  assert.deepEqual([heads(), forge.pulls.map(({ head, base, draft }) => [head, base, draft]), asked.length], ["refs/heads/stet/plan\n", [["stet/plan", "main", false]], before]);
});
