import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { Git } from "./git.ts";
import { changeTree, listTree, writeTree, type FileChange } from "./tree.ts";
import { Writing } from "./writing.ts";

interface Place extends Disposable {
  readonly git: Git;
  readonly empty: string;
  readonly run: (args: readonly string[], input?: string | Buffer) => string;
}

function place(objectFormat: string): Place {
  const folder = temporaryFolder();
  execFileSync("git", ["init", "--quiet", "--bare", `--object-format=${objectFormat}`, folder.root]);
  const run = (args: readonly string[], input: string | Buffer = ""): string =>
    execFileSync("git", args, { cwd: folder.root, input, encoding: "utf8", stdio: "pipe" }).trim();
  return { git: new Git({ gitDir: folder.root }), empty: run(["mktree"]), run, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

/** What git's own index makes of the same changes. */
function byIndex({ run }: Place, base: string, changes: readonly FileChange[]): string {
  run(["read-tree", base]);
  const lines = changes.map(({ path, content, mode }) => {
    const id = content === null ? "0".repeat(base.length) : run(["hash-object", "-w", "--stdin"], content);
    return `${content === null ? 0 : mode} ${id}\t${path}\0`;
  });
  run(["update-index", "-z", "--index-info"], lines.join(""));
  return run(["write-tree"]);
}

const names = fc.constantFrom("a", "a.b", "a-b", "a0", "ab", "b", "é", "日本", "-n", "a b", "A");
const paths = fc.array(names, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const contents = fc.option(fc.constantFrom("", "x", "y\r\n", "\ufeffz"));
const modes = fc.constantFrom("100644" as const, "100755" as const);
const change = fc.record({ path: paths, content: contents, mode: modes });

/** One change a path, and no path that is a folder of another's. */
const changes = fc.array(change, { maxLength: 8 }).map((all) =>
  all.filter(({ path }, index) => all.every((other, at) => at === index || (other.path !== path && !other.path.startsWith(`${path}/`) && !path.startsWith(`${other.path}/`)))),
);

for (const objectFormat of ["sha1", "sha256"]) {
  test(`${objectFormat}: trees are those that git's own index makes`, async () => {
    using where = place(objectFormat);
    await fc.assert(
      fc.asyncProperty(changes, changes, async (first, second) => {
        const files = first.filter(({ content }) => content !== null);
        const base = await writeTree(where.git, where.empty, files);
        assert.equal(base, byIndex(where, where.empty, files));
        const known = new Set((await listTree(where.git, base)).map(({ path }) => path));
        const apart = second.filter(({ path }) => ![...known].some((file) => file.startsWith(`${path}/`) || path.startsWith(`${file}/`)));
        assert.equal(await writeTree(where.git, base, apart), byIndex(where, base, apart));
      }),
      { numRuns: 25 },
    );
    where.run(["fsck", "--strict", "--no-dangling"]);
  });
}

test("names that are no UTF-8, odd modes and submodules beside a change stay byte for byte", async () => {
  using where = place("sha1");
  const blob = where.run(["hash-object", "-w", "--stdin"], "x");
  const id = Buffer.from(blob, "hex");
  const rows = [["100664", Buffer.from("b")], ["120000", Buffer.from([0xe9, 0x2e])], ["160000", Buffer.from([0xff])]] as const;
  const bytes = Buffer.concat(rows.flatMap(([mode, name]) => [Buffer.from(`${mode} `), name, Buffer.from([0]), id]));
  const base = where.run(["hash-object", "-t", "tree", "-w", "--stdin", "--literally"], bytes);
  const tree = await writeTree(where.git, base, [{ path: "a/new", content: "new", mode: "100644" }]);
  const inner = where.run(["rev-parse", `${tree}:a`]);
  const expected = Buffer.concat([Buffer.from("40000 a\0"), Buffer.from(inner, "hex"), bytes]);
  assert.ok(execFileSync("git", ["cat-file", "tree", tree], { cwd: where.git.places?.gitDir }).equals(expected));
});

test("nothing is written before it is flushed, and then all of it", async () => {
  using where = place("sha1");
  const writing = new Writing(where.git, 40);
  const tree = await changeTree(writing, where.empty, [{ path: "a/b/c.txt", content: "x".repeat(100_000), mode: "100644" }]);
  const commit = writing.commit(`tree ${tree}\nauthor a <a> 1 +0000\ncommitter a <a> 1 +0000\n\nmessage`);
  assert.throws(() => where.run(["cat-file", "-e", tree]));
  await writing.flush(commit);
  assert.equal(where.run(["cat-file", "-p", `${commit}:a/b/c.txt`]).length, 100_000);
  where.run(["fsck", "--strict"]);
  await writing.flush(commit);
});

test("what is no path of a tree is refused", async () => {
  using where = place("sha1");
  for (const path of ["", "/a", "a/", "a//b", "../a", "a/./b", ".git/config", "a/.GIT/x", "a\0b"]) {
    await assert.rejects(writeTree(where.git, where.empty, [{ path, content: "x", mode: "100644" }]), RangeError, path);
  }
});
