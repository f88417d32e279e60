import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { temporaryRepository } from "../../test/support/workspace.ts";
import { commitText } from "./commits.ts";

test("a commit says to the byte what git's own commit-tree would say", () => {
  using where = temporaryRepository({ "a.txt": "a\n" });
  const git = (args: readonly string[], input = "", env: Record<string, string> = {}): Buffer =>
    execFileSync("git", args, { cwd: where.root, input, env: { ...process.env, ...env }, stdio: "pipe" });
  const [tree = "", parent = ""] = git(["rev-parse", "HEAD^{tree}", "HEAD"]).toString().trim().split("\n");
  const people = [{ name: "Eve Évora", email: "eve@example.invalid" }, { name: " .A <x>\n B. ", email: "<e@x>," }, { name: "O'Neil \"x\"", email: "a\\" }];
  const messages = ["one line", "title\n\nbody\n", "# kept\n\n\n  also kept  \n\n", "é 日本 \u{1f600}\r\n", ""];
  for (const who of people) {
    for (const [index, message] of messages.entries()) {
      const atMs = index * 987_654_321_987;
      const date = `@${Math.floor(atMs / 1000)} +0000`;
      const env = { GIT_AUTHOR_NAME: who.name, GIT_AUTHOR_EMAIL: who.email, GIT_AUTHOR_DATE: date, GIT_COMMITTER_NAME: who.name, GIT_COMMITTER_EMAIL: who.email, GIT_COMMITTER_DATE: date };
      const commit = git(["commit-tree", tree, "-p", parent, "-F", "-"], message, env).toString().trim();
      assert.equal(commitText({ tree, parent, message, who, atMs }), git(["cat-file", "commit", commit]).toString());
    }
  }
  const own = { name: "a", email: "a" };
  assert.throws(() => commitText({ tree, parent, message: "a\0b", who: own, atMs: 0 }), RangeError);
});
