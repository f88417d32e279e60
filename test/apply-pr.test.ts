/** `stet apply --pr`: a branch on a bare remote and one pull request on a forge on loopback, however often it is run. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Sandbox } from "./support/cli.ts";
import { ScriptedForge } from "./support/forge.ts";

const FILES = {
  "package.json": '{ "name": "sample", "type": "module", "scripts": { "test": "node --test" } }\n',
  "src/a.js": "export const a = true;\nexport const b = true;\n",
  "test/a.test.js": 'import { test } from "node:test";\ntest("is", () => undefined);\n',
};

const row = (...names: string[]): string =>
  `${JSON.stringify({
    ...{ schema_version: 2, file: "src/a.js", reviewed_at: "2026-11-01T00:00:00Z", confidence_avg: 95, confidence_min: 90, gradient_tier: "auto" },
    findings: names.map((name) => ({ message: `flip ${name}`, rule: `flip-${name}`, line: 1, confidence: 95, patches: [{ edits: [{ old_string: `${name} = true`, new_string: `${name} = false` }] }] })),
  })}\n`;

test("pushes, opens one pull request, brings it up to date, and takes a closed one for a no", async () => {
  await using forge = await ScriptedForge.start();
  using repository = new Sandbox(FILES, { dependencies: false });
  const [remote, rows] = [join(repository.cache, "remote.git"), join(repository.cache, "rows.jsonl")];
  execFileSync("git", ["init", "--quiet", "--bare", remote]);
  repository.git("remote", "add", "origin", "https://github.com/owner/name.git");
  repository.git("config", "remote.origin.pushurl", remote);
  const env = { GITHUB_API_URL: forge.url, GITHUB_TOKEN: "secret-token" };
  const go = (...more: string[]) => repository.stet(["apply", "--pr", rows, ...more], { env });

  writeFileSync(rows, row("a", "nothing"));
  const first = await go();
  assert.equal(first.code, 1, first.stderr + first.stdout);
  assert.match(forge.pulls[0]?.comments.join() ?? "", /1 finding did not land:[\s\S]*flip\\-nothing/);
  assert.match(first.stdout, /Pushed stet\/apply-\S+ to origin: http:\/\/127\.0\.0\.1:\d+\/owner\/name\/pull\/1/);
  assert.match(forge.pulls[0]?.body ?? "", /flip\\-a/);

  const back = join(repository.cache, "back.sarif");
  writeFileSync(rows, row("a", "b"));
  const second = await go("--write-back", back);
  assert.equal(second.code, 0, second.stderr + second.stdout);
  assert.deepEqual([forge.pulls[0]?.comments.length, forge.pulls[0]?.comments[0]?.includes("Everything that was found has landed")], [1, true]);
  const { results } = (JSON.parse(readFileSync(back, "utf8")) as { runs: { results: { properties: { stet: { kind: string; commit: string } } }[] }[] }).runs[0] ?? { results: [] };
  assert.deepEqual(results.map(({ properties: { stet } }) => [stet.kind, repository.git("cat-file", "-t", stet.commit)]), [["landed", "commit"], ["landed", "commit"]], "the first by the run before");
  const tips = (at: string): string => execFileSync("git", ["for-each-ref", "--format=%(objectname)", "refs/heads/stet"], { cwd: at, encoding: "utf8" });
  assert.equal(tips(remote), tips(repository.root));
  assert.deepEqual([forge.pulls.length, forge.pulls[0]?.body.includes("flip\\-b")], [1, true]);

  if (forge.pulls[0]) forge.pulls[0].state = "closed";
  const fresh = await go("--fresh");
  assert.equal(fresh.code, 1);
  assert.match(fresh.stdout, /There is a pull request for it already/);
  assert.equal(forge.pulls.length, 1);
  assert.ok(!JSON.stringify(repository.ledger()).includes("secret-token"));
});

test("suggestions in review comments are read through the forge's API, with the token", async () => {
  await using forge = await ScriptedForge.start();
  using repository = new Sandbox(FILES, { dependencies: false });
  repository.git("remote", "add", "origin", "https://github.com/owner/name.git");
  const env = { GITHUB_API_URL: forge.url, GITHUB_TOKEN: "secret-token" };
  const said = { id: 1, pull_request_review_id: 7, path: "src/a.js", line: 2, original_line: 2, side: "RIGHT", commit_id: repository.git("rev-parse", "HEAD"), body: "Off by default.\n```suggestion\nexport const b = false;\n```" };
  forge.reviewComments = [{ ...said, user: { login: "reviewer" } }];
  const run = await repository.stet(["apply", "--comments", "12"], { env });
  assert.equal(run.code, 0, run.stderr + run.stdout);
  assert.match(repository.show("src/a.js"), /const b = false/);
  assert.ok(forge.requests.every(({ headers }) => headers.authorization === "token secret-token"));

  repository.git("remote", "add", "lab", "https://gitlab.com/group/name.git");
  const position = { new_path: "src/a.js", new_line: 2, position_type: "text", head_sha: said.commit_id };
  forge.reviewComments = [{ noteable_type: "MergeRequest", system: true, body: "added 1 commit" }, { noteable_type: "MergeRequest", author: { username: "reviewer" }, body: "Both.\n```suggestion:-1+0\nexport const a = false;\nexport const b = false;\n```", position }];
  const lab = await repository.stet(["apply", "--comments", "7", "--remote", "lab"], { env: { GITLAB_API_URL: forge.url, GITLAB_TOKEN: "other-token" } });
  assert.equal(lab.code, 0, lab.stderr + lab.stdout);
  assert.equal(forge.requests.at(-1)?.path, "/api/v4/projects/group%2Fname/merge_requests/7/discussions");
  assert.equal(forge.requests.at(-1)?.headers["private-token"], "other-token");
  const [ref = ""] = /stet\/apply-\S+/.exec(lab.stdout) ?? [];
  assert.match(repository.show("src/a.js", ref), /const a = false;\nexport const b = false;/);
  forge.faults.push({ status: 404 });
  const gone = await repository.stet(["apply", "--comments", "13"], { env });
  assert.equal(gone.code, 66, gone.stdout);
  assert.equal((await repository.stet(["apply"])).code, 64);
});
