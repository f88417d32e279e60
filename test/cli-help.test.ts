/** Help teaches by examples and fits a terminal; the version is the package's. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Sandbox } from "./support/cli.ts";
import { packageRoot } from "./support/workspace.ts";

const COLUMNS = 80;

/** No line is too long, and none that shows a command goes on in the next. */
function assertFits(text: string): void {
  const lines = text.split("\n");
  assert.deepEqual(lines.filter((line) => line.length > COLUMNS), []);
  for (const [index, line] of lines.entries()) {
    if (/^ {2}\$ /.test(line)) assert.match(lines[index + 1] ?? "", /^(?: {2}\$ .*)?$/, line);
  }
}

test("the help of stet names every command, and each command's has examples", async () => {
  using sandbox = new Sandbox({});
  const { code, stdout } = await sandbox.stet(["--help"]);
  assert.equal(code, 0);
  assertFits(stdout);
  const names = [...stdout.slice(stdout.indexOf("Commands:")).matchAll(/^ {2}(\w+)/gm)].map(([, name = ""]) => name);
  assert.deepEqual(names, ["repair", "try", "apply", "review", "accept", "reject", "build", "runs", "report", "undo", "doctor", "init", "help"]);
  for (const name of names.slice(0, -1)) {
    const help = await sandbox.stet([name, "--help"]);
    assert.equal(help.code, 0);
    assertFits(help.stdout);
    assert.match(help.stdout, new RegExp(`\nExamples:\n(?: {2}\\$ .*\n)* {2}\\$ stet ${name}\\b`));
    assert.ok(!help.stdout.includes(sandbox.root), "no default is a path of this machine");
  }
  assert.equal((await sandbox.stet(["help", "try"])).stdout, (await sandbox.stet(["try", "--help"])).stdout);
});

test("--version is what package.json says", async () => {
  using sandbox = new Sandbox({});
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
  assert.partialDeepStrictEqual(manifest, { version: (await sandbox.stet(["--version"])).stdout.trim() });
});
