import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { ground, type Ground } from "../../test/support/kit.ts";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { difference } from "./difference.ts";

const FILES = {
  ".gitignore": "node_modules\n.stet\nignored\n*.log\n",
  "a.txt": "aaaa\n",
  "src/b.txt": "b\r\n",
  "src/deep/c.txt": "c",
  "packages/x/package.json": "{}",
};

/** Every file below a folder with its kind, right to be run and bytes; the decoy aside. */
function standing(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (folder: string): void => {
    for (const name of readdirSync(join(root, folder))) {
      const path = join(folder, name);
      if (path === ".git") continue;
      const stats = lstatSync(join(root, path));
      if (stats.isDirectory()) visit(path);
      else if (stats.isSymbolicLink()) found[path] = `link ${readlinkSync(join(root, path))}`;
      else found[path] = `${stats.mode & 0o100 ? "run" : "file"} ${readFileSync(join(root, path), "latin1")}`;
    }
  };
  visit("");
  return found;
}

/** The same of a tree, as git has it. */
function stored(place: Ground, tree: string): Record<string, string> {
  const lines = place.git("ls-tree", "-r", "-z", tree).split("\0").filter((line) => line !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const [, mode = "", id = "", path = ""] = /^(\d+) \w+ (\w+)\t(.*)$/s.exec(line) ?? [];
      const bytes = execFileSync("git", ["cat-file", "blob", id], { cwd: place.root, encoding: "latin1" });
      return [path, mode === "120000" ? `link ${bytes}` : `${mode === "100755" ? "run" : "file"} ${bytes}`];
    }),
  );
}

const at = (place: Ground, path: string): string => join(place.worktree.root, path);
const own = (place: Ground, path: string): string => join(place.shadow.folder, "worktrees/0", path);

/** What a check may leave behind. `outside` is a folder that it must not lead stet into. */
const SOILS: Record<string, (place: Ground, outside: string) => void> = {
  "new files, also ignored ones": (place) => {
    for (const folder of ["new/deep", "ignored", "src/empty"]) mkdirSync(at(place, folder), { recursive: true });
    for (const file of ["new/deep/x", "ignored/x", "x.log", "src/y", ".stray"]) writeFileSync(at(place, file), "x");
  },
  "other bytes of the same size": (place) => writeFileSync(at(place, "a.txt"), "bbbb\n"),
  "other bytes of the same size, with the old times": (place) => {
    const { atime, mtime } = statSync(at(place, "a.txt"));
    writeFileSync(at(place, "a.txt"), "bbbb\n");
    utimesSync(at(place, "a.txt"), atime, mtime);
  },
  "deletions": (place) => rmSync(at(place, "src"), { recursive: true }),
  "other modes": (place) => chmodSync(at(place, "a.txt"), 0o755),
  "a folder where a file was, and the other way round": (place) => {
    for (const path of ["a.txt", "src"]) rmSync(at(place, path), { recursive: true });
    mkdirSync(at(place, "a.txt/deep"), { recursive: true });
    for (const file of ["a.txt/deep/x", "src"]) writeFileSync(at(place, file), "x");
  },
  "closed folders": (place) => {
    mkdirSync(at(place, "closed/deep"), { recursive: true });
    writeFileSync(at(place, "closed/deep/x"), "x");
    for (const folder of ["closed/deep", "closed", "src/deep", "src"]) chmodSync(at(place, folder), 0);
  },
  "a nested repository": (place) => {
    mkdirSync(at(place, "nested/inner"), { recursive: true });
    for (const folder of ["nested", "src"]) execFileSync("git", ["init", "--quiet", at(place, folder)]);
    writeFileSync(at(place, "nested/inner/.git"), "gitdir: /nowhere\n");
  },
  "a symlink in place of a folder": (place, outside) => {
    const moved = join(outside, `src${readdirSync(outside).length}`);
    renameSync(at(place, "src"), moved);
    symlinkSync(moved, at(place, "src"));
  },
  "symlinks in place of files": (place, outside) => {
    rmSync(at(place, "a.txt"));
    symlinkSync(join(outside, "kept"), at(place, "a.txt"));
    symlinkSync(outside, at(place, "new-link"));
  },
  "a symlink in place of the decoy": (place, outside) => {
    rmSync(at(place, ".git"), { recursive: true });
    symlinkSync(outside, at(place, ".git"));
  },
  "a symlink in place of the whole": (place, outside) => {
    rmSync(place.worktree.root, { recursive: true });
    symlinkSync(outside, place.worktree.root);
  },
  "nothing at all": (place) => rmSync(place.worktree.root, { recursive: true }),
  "a pipe": (place) => void execFileSync("mkfifo", [at(place, "pipe"), at(place, "src/pipe")]),
  "a broken index": (place) => writeFileSync(own(place, "index"), "DIRC broken"),
  "a lock of a killed git": (place) => writeFileSync(own(place, "index.lock"), ""),
};

for (const [name, soil] of Object.entries(SOILS)) {
  test(`the next tree is exactly itself after ${name}`, async () => {
    using place = await ground(FILES);
    using outside = temporaryFolder({ kept: "kept\n", "folder/kept": "kept\n" });
    const other = place.git("commit-tree", "-m", "x", place.git("mktree"));
    const expected = stored(place, place.tree);
    const { root } = await place.worktree.open(place.tree);
    assert.deepEqual(standing(root), expected);
    soil(place, outside.root);
    const left = standing(outside.root);
    await place.worktree.open(place.tree);
    assert.deepEqual(standing(root), expected);
    assert.deepEqual(standing(outside.root), left, "nothing outside is touched");
    soil(place, outside.root);
    await place.worktree.open(`${other}^{tree}`);
    assert.deepEqual(readdirSync(root), [".git"]);
    assert.deepEqual(existsSync(join(outside.root, "folder/kept")), true);
  });
}

/** Programs that leave a mark if anything runs them, in every place where git would look for them. */
function trap(place: Ground, mark: string): void {
  const program = join(place.cache, "program.sh");
  writeFileSync(program, `#!/bin/sh\ntouch "${mark}"\ncat\n`);
  chmodSync(program, 0o755);
  const programs = `[filter "x"]\n\tclean = P\n\tsmudge = P\n\tprocess = P\n[core]\n\tfsmonitor = P\n\tpager = P\n[diff]\n\texternal = P\n`;
  const settings = `[core]\n\tautocrlf = true\n\ttrustctime = false\n\tcheckStat = minimal\n\tfileMode = false\n\tattributesFile = ${join(place.cache, "attributes")}\n`;
  writeFileSync(join(place.cache, ".gitconfig"), programs.replaceAll("P", program) + settings);
  writeFileSync(join(place.cache, "attributes"), "* filter=x text eol=crlf ident\n");
}

test("what a blob holds is what stands on disk, whatever attributes and settings say, and no program of theirs runs", async () => {
  const attributes = "* text=auto eol=crlf filter=x ident working-tree-encoding=UTF-16\n*.bin binary\n";
  const bytes = { "a.txt": "$Id$\n", "dos.txt": "$Id: x$\r\n", "mixed.txt": "a\r\nb\n", "sub/x.bin": "x\r\n" };
  using place = await ground(bytes);
  // Committed as they are: the attributes come after.
  writeFileSync(join(place.root, ".gitattributes"), attributes);
  const blob = place.git("hash-object", "-w", "--no-filters", ".gitattributes");
  place.git("update-index", "--add", "--cacheinfo", `100644,${blob},.gitattributes`);
  const tree = place.git("write-tree");
  const mark = join(place.cache, "mark");
  trap(place, mark);
  const home = process.env["HOME"];
  process.env["HOME"] = place.cache;
  try {
    const { root } = await place.worktree.open(tree);
    assert.deepEqual(standing(root), stored(place, tree));
    for (const [path, text] of Object.entries(bytes)) assert.equal(readFileSync(join(root, path), "utf8"), text);
    // git compares bytes where a file is as new as the index, and times in seconds where it is not.
    utimesSync(own(place, "index"), new Date(), Date.now() / 1000 + 60);
    await setTimeout(1_100);
    SOILS["other bytes of the same size, with the old times"]?.(place, "");
    await place.worktree.open(tree);
    assert.equal(readFileSync(join(root, "a.txt"), "utf8"), bytes["a.txt"]);
    assert.equal(await place.worktree.capture(), tree);
  } finally {
    process.env["HOME"] = home;
  }
  assert.equal(existsSync(mark), false);
});

test("a change of the same size within the second of the checkout is captured a second later", async () => {
  using place = await ground(FILES);
  await setTimeout(1_000 - (performance.timeOrigin + performance.now()) % 1_000);
  await place.worktree.open(place.tree);
  writeFileSync(at(place, "a.txt"), "bbbb\n");
  await setTimeout(1_100);
  const changes = await difference(place.shadow.git, place.tree, await place.worktree.capture());
  assert.deepEqual(changes.map(({ file }) => file), ["a.txt"]);
});

test("a tool's change is taken as it stands on disk", async () => {
  using place = await ground(FILES);
  await place.worktree.open(place.tree);
  writeFileSync(at(place, "a.txt"), "aaa\r\n");
  writeFileSync(at(place, "new file.txt"), "new");
  writeFileSync(at(place, "x.log"), "ignored");
  rmSync(at(place, "src/b.txt"));
  chmodSync(at(place, "src/deep/c.txt"), 0o755);
  const changes = await difference(place.shadow.git, place.tree, await place.worktree.capture());
  assert.deepEqual(
    changes.flatMap(({ edits }) => edits.map(({ file, before, after, mode }) => [file, before, after, mode])),
    [
      ["a.txt", "aaaa\n", "aaa\r\n", undefined],
      ["new file.txt", null, "new", "100644"],
      ["src/b.txt", "b\r\n", null, undefined],
      ["src/deep/c.txt", "", "", "100755"],
    ],
  );
});

test("the decoy serves tools, and whatever is done to it stays without effect on stet", async () => {
  using place = await ground(FILES);
  const { root } = await place.worktree.open(place.tree);
  const inside = (...args: readonly string[]): string => execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: "pipe" }).trim();
  assert.deepEqual([inside("rev-parse", "HEAD"), inside("status", "--porcelain"), inside("ls-files").split("\n").length], [place.commit, "", 5]);
  assert.equal(inside("show", "HEAD:a.txt"), "aaaa");
  const mark = join(place.cache, "mark");
  writeFileSync(at(place, "evil.sh"), `#!/bin/sh\ntouch "${mark}"\n`);
  chmodSync(at(place, "evil.sh"), 0o755);
  inside("config", "core.fsmonitor", at(place, "evil.sh"));
  inside("config", "core.hooksPath", root);
  inside("config", "core.worktree", "/");
  writeFileSync(at(place, ".git/index"), "broken");
  writeFileSync(at(place, ".git/info-exclude"), "*");
  const [only, ...more] = await difference(place.shadow.git, place.tree, await place.worktree.capture());
  assert.deepEqual([only?.file, more.length], ["evil.sh", 0]);
  await place.worktree.open(place.tree);
  assert.equal(existsSync(mark), false);
  assert.deepEqual([inside("rev-parse", "HEAD"), inside("status", "--porcelain")], [place.commit, ""]);
});

test("the scratch folder is empty for each tree, and texts are read from both places only as regular files", async () => {
  using place = await ground(FILES);
  const workspace = await place.worktree.open(place.tree);
  writeFileSync(join(workspace.scratch, "report"), "x");
  assert.equal(await workspace.readText(join(workspace.scratch, "report")), "x");
  assert.equal(await workspace.readText("a.txt"), "aaaa\n");
  symlinkSync("/etc/passwd", at(place, "link"));
  writeFileSync(at(place, "binary"), Buffer.from([0xe9]));
  for (const path of ["link", "binary", "src", "none", "a.txt/below"]) assert.equal(await workspace.readText(path), undefined, path);
  await place.worktree.open(place.tree);
  assert.deepEqual(readdirSync(workspace.scratch), []);
});
