/** What is learned from real repositories, and that nothing of theirs runs while git is asked. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder, temporaryRepository } from "../../../../../test/support/workspace.ts";
import { historyOf } from "./history.ts";

function committing(root: string): (files: Record<string, string>) => void {
  return (files) => {
    for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
    execFileSync("git", ["add", "--all"], { cwd: root });
    execFileSync("git", ["commit", "--quiet", "--message=change"], { cwd: root });
  };
}

const LONG = "export const text = 'so long that git knows it again, wherever it goes';\n";

test("a name's successors, the latest first; a line that changed more than names says nothing", () => {
  using folder = temporaryRepository({ "a.ts": "export const one = 1;\nexport function far(it: string): string { return it; }\n" });
  const commit = committing(folder.root);
  commit({ "a.ts": "export const two = 1;\nexport function far(it: string): string { return it; }\n" });
  commit({ "a.ts": "export const three = 1;\nexport const near = (value: number, more: boolean) => more;\n" });
  commit({ "a.ts": "export const one = 1;\n" });
  commit({ "a.ts": "export const four = 1;\n" });
  const history = historyOf(folder.root);
  assert.deepEqual(history.replacements("a.ts", "one"), ["four", "two"]);
  assert.deepEqual(history.replacements("a.ts", "two"), ["three"]);
  assert.deepEqual(history.replacements("a.ts", "far"), []);
  assert.deepEqual(history.replacements("missing.ts", "one"), []);
});

test("a file is followed from place to place, and its text before the last change is known", () => {
  using folder = temporaryRepository({ "a.ts": LONG });
  const commit = committing(folder.root);
  renameSync(join(folder.root, "a.ts"), join(folder.root, "b.ts"));
  commit({});
  renameSync(join(folder.root, "b.ts"), join(folder.root, "c d.ts"));
  commit({});
  commit({ "c d.ts": `${LONG}more();\n` });
  const history = historyOf(folder.root);
  assert.equal(history.movedTo("a.ts"), "c d.ts");
  assert.equal(history.movedTo("c d.ts"), undefined);
  assert.equal(history.before("c d.ts"), LONG);
});

test("without git, without a commit: no answer, no fault", () => {
  using bare = temporaryFolder({ "a.ts": LONG });
  using empty = temporaryFolder({ ".git/HEAD": "0000000000000000000000000000000000000000\n" });
  for (const { root } of [bare, empty]) {
    const history = historyOf(root);
    assert.deepEqual(history.replacements("a.ts", "text"), []);
    assert.equal(history.movedTo("a.ts"), undefined);
    assert.equal(history.before("a.ts"), undefined);
  }
});

test("nothing of the repository's runs: no external diff, no text conversion, no monitor", () => {
  using folder = temporaryRepository({ "a.ts": LONG, ".gitattributes": "*.ts diff=evil\n" });
  committing(folder.root)({ "a.ts": LONG.replace("text", "words") });
  const mark = join(folder.root, "ran");
  const program = `touch '${mark}'; cat`;
  for (const name of ["diff.evil.textconv", "diff.evil.command", "diff.external", "core.fsmonitor", "core.pager"]) {
    execFileSync("git", ["config", name, `sh -c "${program}"`], { cwd: folder.root });
  }
  const history = historyOf(folder.root);
  assert.deepEqual(history.replacements("a.ts", "text"), ["words"]);
  assert.equal(history.before("a.ts"), LONG);
  assert.equal(existsSync(mark), false);
});
