/** `stet init --agents` writes the gates' own list as rules, into a block of its own, and nothing of a person's changes. */
import assert from "node:assert/strict";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gate as suppressions } from "../src/gates/suppressions.ts";
import { forbiddenIn } from "../src/gates/shared/forbidden.ts";
import { Sandbox } from "./support/cli.ts";
import { rewrite } from "./support/gates.ts";
import { assertTold } from "./support/told.ts";

const PROJECT = {
  "package.json": '{ "type": "module", "scripts": { "test": "node --test" } }\n',
  "src/a.js": "export const a = 1;\n",
  "src/a.test.js": 'import { test } from "node:test";\ntest("a", () => undefined);\n',
};

test("the rules name the checks and what is refused, and stand beside what a person wrote", async () => {
  using sandbox = new Sandbox(PROJECT);
  const path = join(sandbox.root, "AGENTS.md");
  const own = "# Our house\r\n\r\nSpeak plainly.\r\n";
  writeFileSync(path, own);
  const run = await sandbox.stet(["init", "--agents"]);
  assert.equal(run.code, 0, run.stderr);
  const text = readFileSync(path, "utf8");
  assert.ok(text.startsWith(own));
  assert.match(text, /- node-test: `node --test`\r\n/);
  for (const part of ["`eslint-disable`", "`skipped test`", "`not implemented`", "`rest unchanged`", "`package.json`"]) assert.ok(text.includes(part), part);
  assert.doesNotMatch(text, /noqa/);
  writeFileSync(path, `${text}\nMore of ours.\n`);
  assert.match((await sandbox.stet(["init", "--agents"])).stdout, /has these rules already/);
  assert.equal(readFileSync(path, "utf8"), `${text}\nMore of ours.\n`);
});

test("what it cannot be sure of it leaves alone: 73", async () => {
  using sandbox = new Sandbox({ ...PROJECT, "CLAUDE.md": "# Ours\n" });
  const path = join(sandbox.root, "AGENTS.md");
  symlinkSync("CLAUDE.md", path);
  assertTold(await sandbox.stet(["init", "--agents"]), 73, /AGENTS\.md is a link/);
  assert.equal(readFileSync(path, "utf8"), "# Ours\n");
});

test("each mark that is told is one that the gate refuses", () => {
  const samples: Record<string, string> = { "@ts-ignore": "// @ts-ignore\n", "eslint-disable": "// eslint-disable-next-line\n", any: "let a: any;\n", noqa: "x = 1  # noqa\n" };
  const told = forbiddenIn(["a.ts", "b.py"]).suppressions;
  for (const [mark, line] of Object.entries(samples)) {
    assert.ok(told.includes(mark), mark);
    const file = mark === "noqa" ? "b.py" : "a.ts";
    assert.deepEqual(suppressions.judge(...rewrite("\n", line, file)).map(({ args }) => args["mark"]), [mark]);
  }
});
