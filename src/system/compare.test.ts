import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { compareTrees } from "./compare.ts";
import { Git } from "./git.ts";
import { writeTree } from "./tree.ts";

test("differences are those that git tells, in its order, files in a folder's place and back among them", async () => {
  using folder = temporaryFolder();
  const run = (...args: readonly string[]): string => execFileSync("git", args, { cwd: folder.root, encoding: "utf8", input: "" });
  run("init", "--quiet", "--bare");
  const git = new Git({ gitDir: folder.root });
  const file = (path: string, content: string | null, mode: "100644" | "100755" = "100644") => ({ path, content, mode });
  const empty = run("mktree").trim();
  const same = [file("same/deep/x", "x"), file("a/b/c", "c"), file("a.txt", "a"), file("a0", "0"), file("é/\u{1f600}", "e")];
  const one = await writeTree(git, empty, [...same, file("place", "file"), file("gone/x", "x"), file("mode", "m")]);
  const other = await writeTree(git, empty, [...same.slice(0, 1), file("a/b/c", "C"), file("a.txt", "A"), file("a0", "1"), file("é/\u{1f600}", "E"), file("place/x", "x"), file("new", ""), file("mode", "m", "100755")]);
  for (const [from, to] of [[one, other], [other, one], [empty, one], [one, one]] as const) {
    const told = run("diff-tree", "-r", "-z", "--raw", "--no-renames", from, to).split("\0").slice(0, -1);
    const expected = told.flatMap((head, index) => (index % 2 === 0 ? [`${head.slice(1, -2)} ${told[index + 1] ?? ""}`] : []));
    const none = { mode: "000000", id: "0".repeat(40) };
    const found = (await compareTrees(git, from, to)).map(({ path, old = none, now = none }) => [old.mode, now.mode, old.id, now.id, path].join(" "));
    assert.deepEqual(found, expected);
  }
});
