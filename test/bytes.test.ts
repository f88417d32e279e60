/**
 * Promise 5, through the whole command line: what is outside of an edit keeps every byte, line ending, BOM and mode,
 * whatever a file is and whatever it is called. What cannot be edited as text stays as it is, and is told.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fingerprint, Sandbox } from "./support/cli.ts";
import { temporaryRepository } from "./support/workspace.ts";

const CONFIG = JSON.stringify({ checks: [{ name: "words", run: ["sh", "-c", "! grep -rqs bad src"] }] });

/** File names that a shell, git or a careless program could read as something else. */
const NAMES = [
  "plain.txt",
  "with space.txt",
  "quote'\"`$(x).txt",
  "-leading-dash.txt",
  "--all",
  "ünïcödé 文字 🙂.txt",
  ":(glob)star.txt",
  ":!exclude.txt",
  ":/top.txt",
  "0:stage.txt",
  "glob*[a-z]?.txt",
  "{a,b}.txt",
  "#hash!bang.txt",
  "%s%n.txt",
  "~tilde",
  "trailing space ",
];

/** Names that a gate takes for an attempt at something else: such files stay as they are. */
const REFUSED = ["line\nbreak.txt", "tab\tand\rreturn.txt", "back\\slash.txt"];

/** What stands in each kind of file, with ONE to become TWO somewhere in the middle. */
const KINDS: Readonly<Record<string, Buffer>> = {
  crlf: Buffer.from("first\r\nONE\r\nlast\r\n"),
  "mixed-endings": Buffer.from("first\nONE\r\nthird\rstill third\n\n"),
  bom: Buffer.from("\ufefffirst\nONE\nlast\n"),
  "no-final-newline": Buffer.from("first\nONE\nlast"),
  executable: Buffer.from("#!/bin/sh\necho ONE\n"),
  "looks-like-hunk": Buffer.from("a\r@@ -1 +1 @@\rb\u2028@@ -1,2 +3,4 @@ ONE\nlast $& $1 $$\n"),
  "trailing-blanks": Buffer.from("  first \t \n\tONE  \n\n\n\n"),
  "dollar-id": Buffer.from("$Id$ ONE $Id: 0123 $\n"),
};

/** Neither is a text in UTF-8: never edited, whatever a tool does to it. */
const UNDECODABLE: Readonly<Record<string, Buffer>> = {
  "latin-1": Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a, 0x4f, 0x4e, 0x45, 0x0a]),
  nul: Buffer.from("ONE\0\n"),
};

function write(repository: Sandbox, path: string, content: Buffer | string): void {
  mkdirSync(dirname(join(repository.root, path)), { recursive: true });
  writeFileSync(join(repository.root, path), content);
}

function commit(repository: Sandbox): void {
  repository.git("add", "--all");
  repository.git("commit", "--quiet", "--message=more");
}

/** Path and content of every blob of a revision, as git has them; modes too. */
function contents(repository: Sandbox, revision: string): Map<string, { mode: string; bytes: Buffer }> {
  const run = (...args: string[]): Buffer => execFileSync("git", args, { cwd: repository.root });
  const entries = run("ls-tree", "-r", "-z", revision).toString("utf8").split("\0").filter((line) => line !== "");
  return new Map(
    entries.map((entry) => {
      const [mode = "", type = "", id = ""] = entry.slice(0, entry.indexOf("\t")).split(" ");
      return [entry.slice(entry.indexOf("\t") + 1), { mode, bytes: type === "blob" ? run("cat-file", "blob", id) : Buffer.from(id) }];
    }),
  );
}

/** Puts TWO for ONE in every file below src, byte for byte, and does nothing else. */
const REPLACE = [
  "node",
  "-e",
  `const fs = require("fs"), path = require("path");
  const visit = (folder) => fs.readdirSync(folder, { withFileTypes: true }).forEach((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) visit(file);
    else if (entry.isFile()) fs.writeFileSync(file, fs.readFileSync(file, "latin1").replace("ONE", "TWO"), "latin1");
  });
  visit("src");`,
];

function replaced(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString("latin1").replace("ONE", "TWO"), "latin1");
}

/** Compares as text that shows what differs. */
function assertContents(repository: Sandbox, expected: ReadonlyMap<string, { mode: string; bytes: Buffer }>): void {
  const shown = (map: ReadonlyMap<string, { mode: string; bytes: Buffer }>): string[] =>
    [...map].map(([path, { mode, bytes }]) => JSON.stringify([path, mode, bytes.toString("latin1")])).sort();
  assert.deepEqual(shown(contents(repository, repository.branch())), shown(expected));
}

test("an edit lands in files of every kind, and every other byte stays", async () => {
  using repository = new Sandbox({ "stet.config.json": CONFIG, ".gitattributes": "* text=auto eol=crlf ident\n" }, { dependencies: false });
  repository.git("config", "core.autocrlf", "true");
  // As they are: git would convert them on the way in.
  writeFileSync(join(repository.root, ".git/info/attributes"), "* -text -ident\n");
  for (const [name, bytes] of Object.entries({ ...KINDS, ...UNDECODABLE })) write(repository, `src/${name}`, bytes);
  chmodSync(join(repository.root, "src/executable"), 0o755);
  symlinkSync("crlf", join(repository.root, "src/link"));
  commit(repository);
  const before = [fingerprint(repository.root), contents(repository, "main")] as const;

  const run = await repository.stet(["try", "--", ...REPLACE]);
  assert.equal(run.code, 1, run.stderr);
  assert.equal(fingerprint(repository.root), before[0]);
  const edited = new Set(Object.keys(KINDS).map((name) => `src/${name}`));
  assertContents(repository, new Map([...before[1]].map(([path, { mode, bytes }]) => [path, { mode, bytes: edited.has(path) ? replaced(bytes) : bytes }])));
  for (const name of Object.keys(UNDECODABLE)) assert.ok(run.stdout.includes(`src/${name}`), run.stdout);
});

test("a file may be called anything", async () => {
  using repository = new Sandbox({ "stet.config.json": CONFIG }, { dependencies: false });
  for (const name of [...NAMES, ...REFUSED]) write(repository, `src/${name}`, "first\nONE\nlast\n");
  write(repository, "src/:(top)folder/-rf/x", "ONE\n");
  write(repository, "2:root", "ONE\n");
  commit(repository);
  for (const name of NAMES) write(repository, `src/${name}`, "touched\n");
  utimesSync(join(repository.root, "2:root"), 1_000_000_000, 1_000_000_000); // not a change, whatever its name says to git
  const before = [fingerprint(repository.root), contents(repository, "main")] as const;
  const run = await repository.stet(["try", "--", ...REPLACE]);
  assert.equal(run.code, 1, run.stdout + run.stderr);
  assert.equal(fingerprint(repository.root), before[0]);
  const edited = (path: string): boolean => path.startsWith("src/") && !REFUSED.includes(path.slice(4));
  assertContents(repository, new Map([...before[1]].map(([path, { mode, bytes }]) => [path, { mode, bytes: edited(path) ? replaced(bytes) : bytes }])));
  assert.match(run.stderr, new RegExp(`^${NAMES.length} files with uncommitted changes`, "m"));
  // A carriage return, a tab or an escape of a file's name must not reach a terminal as it is.
  assert.doesNotMatch(run.stdout + run.stderr, /[\r\t\x1b]/);
});

test("new files of any name land, and files of any name are removed", async () => {
  using repository = new Sandbox({ "stet.config.json": CONFIG }, { dependencies: false });
  for (const name of [...NAMES, ...REFUSED]) write(repository, `src/old/${name}`, "old\n");
  commit(repository);
  const code = `const fs = require("fs"), path = require("path"); fs.rmSync("src/old", { recursive: true });
    for (const name of ${JSON.stringify([...NAMES, ...REFUSED])}) {
      fs.mkdirSync(path.dirname("src/new/" + name), { recursive: true }); fs.writeFileSync("src/new/" + name, "new");
    }`;
  const run = await repository.stet(["try", "--", "node", "-e", code]);
  assert.equal(run.code, 1, run.stdout + run.stderr);
  const isKept = (path: string): boolean => !path.startsWith("src/old/") || REFUSED.includes(path.slice("src/old/".length));
  const made = NAMES.map((name): [string, { mode: string; bytes: Buffer }] => [`src/new/${name}`, { mode: "100644", bytes: Buffer.from("new") }]);
  assertContents(repository, new Map([...[...contents(repository, "main")].filter(([path]) => isKept(path)), ...made]));
});

test("a submodule stays as it is, and what a tool does in or to it does not land", async () => {
  using library = temporaryRepository({ "lib.txt": "ONE\n" });
  using repository = new Sandbox({ "stet.config.json": CONFIG, "src/a.txt": "ONE\n" }, { dependencies: false });
  repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.root, "src/library");
  commit(repository);
  const before = [fingerprint(repository.root), contents(repository, "main")] as const;
  const run = await repository.stet(["try", "--", ...REPLACE]);
  assert.equal(run.code, 0, run.stdout + run.stderr);
  const bad = await repository.stet(["try", "--", "sh", "-c", "echo TWO > src/a.txt; rm -rf src/library; echo x > src/library"]);
  assert.equal(bad.code, 1, bad.stdout + bad.stderr);
  assert.ok(bad.stdout.includes("src/library"));
  assert.equal(fingerprint(repository.root), before[0]);
  for (const [branch] of repository.branches()) {
    assert.deepEqual(contents(repository, branch).get("src/library"), before[1].get("src/library"));
    assert.equal(repository.show("src/a.txt", branch), "TWO\n");
  }
});
