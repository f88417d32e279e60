/** Whatever is typed wrong or is not there: one clear line, and the exit code of the interface contract. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chownSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Sandbox } from "./support/cli.ts";
import { assertTold, GREEN } from "./support/told.ts";
import { temporaryFolder } from "./support/workspace.ts";

test("what cannot be understood is a matter of usage: 64", async () => {
  using sandbox = new Sandbox({});
  const cases: [string[], RegExp][] = [
    [["repiar"], /unknown command 'repiar' \(Did you mean repair\?\); stet --help tells more/],
    [["help", "nope"], /unknown command 'nope'/],
    [["repair", "--nope"], /unknown option '--nope'; stet repair --help/],
    [["runs", "extra"], /too many arguments for 'runs'/],
    [["undo"], /missing required argument 'run'/],
    [["try"], /missing required argument 'command'/],
    [["try", "npx", "eslint", "--fix"], /unknown option '--fix'; put -- before/],
    [["repair", "--deadline", "abc"], /'--deadline <time>' argument 'abc' is invalid\. Give a time such as 90s/],
    [["repair", "--deadline", "25h"], /--deadline .* a day at most/],
    [["repair", "--max-files", "0"], /'--max-files <n>' argument '0' is invalid\. Give a whole number/],
    [["repair", "--max-files", "1e3"], /--max-files .*1e3/],
    [["try", "--timeout", "9999999999", "--", "true"], /--timeout .* a day at most/],
    [["build", "--parallel", "-1"], /'--parallel <n>' argument '-1' is invalid\. Give a whole number/],
    [["build", "--parallel", "9"], /--parallel .* from 1 to 8/],
    [["repair", "--sandbox", "jail"], /--sandbox .* Allowed choices are auto, bwrap, unshare, none/],
    [["repair", "--allow", "nope"], /--allow: there is no gate "nope"; there are display, .*size.* and suppressions\./],
    [["repair", "--allow", "exact"], /the gate exact cannot be switched off/],
    [["\u001b[2J\u202e"], /unknown command '\\u\{1B\}\[2J\\u\{202E\}'/],
  ];
  for (const [argv, line] of cases) assertTold(await sandbox.stet(argv), 64, line);
});

test("without a command the help is shown, and nothing was asked: 64", async () => {
  using sandbox = new Sandbox({});
  const run = await sandbox.stet([]);
  assert.equal(run.code, 64);
  assert.match(run.stderr, /Usage: stet/);
});

test("what is named and not there is missing input: 66", async () => {
  using sandbox = new Sandbox({ "stet.config.json": GREEN, "src/a.txt": "a\n" });
  writeFileSync(join(sandbox.root, "later.txt"), "not committed\n");
  const cases: [string[], number, RegExp][] = [
    [["repair", "--base", "v9"], 66, /There is no commit "v9" here/],
    [["repair", "--base", "HEAD:src"], 66, /There is no commit "HEAD:src"/],
    [["repair", "--config", "nope.json"], 66, /There is no configuration file nope\.json/],
    [["repair", "nope"], 66, /nope does not exist in the commit that the run starts from/],
    [["repair", "src/a.txt", "later.txt"], 66, /later\.txt does not exist in the commit/],
    [["repair", "../elsewhere"], 64, /\.\.\/elsewhere is outside of this repository/],
    [["repair", "/etc"], 64, /\/etc is outside of this repository/],
    [["report"], 66, /There are no runs here yet/],
    [["report", "nope"], 66, /There is no run "nope"; stet runs lists them/],
    [["undo", "nope"], 66, /There is no run "nope"/],
  ];
  for (const [argv, code, line] of cases) assertTold(await sandbox.stet(argv), code, line);
  assert.equal(sandbox.branches().size, 0);
});

test("a folder that is no checkout of a repository: 66", async () => {
  using sandbox = new Sandbox({});
  using plain = temporaryFolder({ "file.txt": "" });
  const at = (cwd: string): ReturnType<Sandbox["stet"]> => sandbox.stet(["repair", "--cwd", cwd]);
  assertTold(await at(plain.root), 66, /is not in a git repository; go into one, or name it with --cwd/);
  assertTold(await at(join(plain.root, "nope")), 66, /There is no folder .*nope/);
  assertTold(await at(join(plain.root, "file.txt")), 66, /There is no folder .*file\.txt/);
  assertTold(await at(join(sandbox.root, ".git")), 66, /is a git directory without a checkout/);
  execFileSync("git", ["init", "-q", "--bare", join(plain.root, "bare.git")]);
  assertTold(await at(join(plain.root, "bare.git")), 66, /is a git directory without a checkout/);
  execFileSync("git", ["init", "-q", join(plain.root, "new")]);
  assertTold(await at(join(plain.root, "new")), 66, /has no commit yet/);
});

// Only root can give a folder away.
if (process.getuid?.() === 0) {
  test("a repository of somebody else's is left alone, as git does: 77", async () => {
    using sandbox = new Sandbox({});
    for (const path of [sandbox.root, join(sandbox.root, ".git")]) chownSync(path, 65_534, 65_534);
    assertTold(await sandbox.stet(["repair"]), 77, /Git does not trust .*safe\.directory/);
  });
}

test("without git on the PATH: 78", async () => {
  using sandbox = new Sandbox({});
  assertTold(await sandbox.stet(["repair"], { env: { PATH: "/nonexistent" } }), 78, /There is no git on the PATH/);
});

test("a branch that stands in the way of stet's own cannot be worked around: 73", async () => {
  using sandbox = new Sandbox({ "stet.config.json": GREEN });
  sandbox.git("branch", "stet");
  assertTold(await sandbox.stet(["repair"]), 73, /The branch refs\/heads\/stet stands where stet's own branches belong/);
});
