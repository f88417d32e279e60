import assert from "node:assert/strict";
import { test } from "node:test";
import type { Policy } from "../domain/plugin.ts";
import { context, edit, propose } from "../../test/support/gates.ts";
import { gate } from "./deny.ts";

function codes(file: string, parts: Partial<Policy> = {}): string[] {
  return gate.judge(propose([edit(file, 0, null, "x")]), context({}, parts)).map(({ code }) => code);
}

test("GOOD: plain paths beside what is denied", () => {
  const deny = ["docs", "ops/prod/"];
  for (const file of ["src/a.ts", "docs-old/a.md", "src/docs/a.md", "ops/test/a", ".github/x", "a b/ü.ts", "..."]) {
    assert.deepEqual(codes(file, { deny }), [], file);
  }
});

test("BAD: a denied prefix, by segment and in any letter case", () => {
  const deny = ["./docs//", "ops\\prod"];
  for (const file of ["docs/a.md", "docs", "Docs/a.md", "ops/prod/x"]) assert.deepEqual(codes(file, { deny }), ["denied"], file);
});

test("the user's exemption lifts a denied prefix", () => {
  assert.deepEqual(codes("docs/a.md", { deny: ["docs"], allowPaths: ["docs/*.md"] }), []);
  assert.deepEqual(codes("docs/b/a.md", { deny: ["docs"], allowPaths: ["docs/*.md"] }), ["denied"]);
});

test("BAD: git's and stet's own files, whatever is allowed", () => {
  const files = [
    ".git/config", "a/.git/hooks/pre-commit", ".GIT/config", ".git /x", ".git./x", "GIT~1/x", ".gitmodules",
    "a/.gitattributes", ".stet/ledger.jsonl", "./.git/x", "a\\.git\\x", "src/../.git/x",
  ];
  for (const file of files) assert.deepEqual(codes(file, { allowPaths: ["**", ".git/**"] }), ["internal"], file);
});

test("BAD: paths that are not plain, whatever is allowed", () => {
  const files = [
    "", "/etc/passwd", "C:/x", "c:x", "../x", "a/../b", "a//b", "a/", "./a", ".", "..", "a\\b", "\\\\host\\x", "a\0b",
    "a\nb", "a\u007fb", "a\u0085b", "a\ud800",
  ];
  for (const file of files) assert.deepEqual(codes(file, { allowPaths: ["**"] }), ["malformed-path"], JSON.stringify(file));
});

test("the reason names the prefix as the policy spells it", () => {
  const [why] = gate.judge(propose([edit("docs/a", 0, null, "x")]), context({}, { deny: ["./docs/"] }));
  assert.deepEqual(why?.args, { file: "docs/a", prefix: "./docs/" });
});
