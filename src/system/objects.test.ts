import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { temporaryFolder, temporaryRepository } from "../../test/support/workspace.ts";
import { Git, GitFault } from "./git.ts";
import { idOf, readAll, readObject } from "./objects.ts";

interface Place extends Disposable {
  readonly root: string;
  readonly git: Git;
  write(bytes: Buffer | string): string;
}

function place(): Place {
  const folder = temporaryFolder();
  execFileSync("git", ["init", "--quiet", "--bare", folder.root]);
  const write = (input: Buffer | string): string =>
    execFileSync("git", ["hash-object", "-w", "--stdin"], { cwd: folder.root, input, encoding: "utf8" }).trim();
  return { root: folder.root, git: new Git({ gitDir: folder.root }), write, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

/** git that counts how often it is started. */
function counted(where: Place): { readonly env: string; count(): number } {
  const log = join(where.root, "calls");
  const program = join(where.root, "git");
  writeFileSync(log, "");
  writeFileSync(program, `#!/bin/sh\necho x >> "${log}"\nexec "${execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim()}" "$@"\n`);
  chmodSync(program, 0o755);
  return { env: `${where.root}:${process.env["PATH"] ?? ""}`, count: () => readFileSync(log, "utf8").trim().split("\n").length };
}

test("any number of objects, of any size, cost one git, also those that are written while it runs", async () => {
  using where = place();
  const bytes = ["", "\n", "a\nb", "blob 3\0abc", "x".repeat(3_000_000), Buffer.from([0, 255, 10])].map((one) => Buffer.from(one));
  const ids = bytes.map((one) => where.write(one));
  const path = process.env["PATH"];
  const calls = counted(where);
  process.env["PATH"] = calls.env;
  try {
    const all = await readAll(where.git, [...ids, "1".repeat(40)]);
    assert.deepEqual([...all.values()].map((one) => [one.type, one.bytes.length]), bytes.map(({ length }) => ["blob", length]));
    for (const [index, id] of ids.entries()) assert.ok(all.get(id)?.bytes.equals(bytes[index] ?? Buffer.alloc(0)), String(index));
    process.env["PATH"] = path;
    const later = where.write("later");
    assert.equal((await readObject(where.git, later))?.bytes.toString(), "later");
    const many = Array.from({ length: 2_000 }, (_, index) => ids[index % ids.length] ?? "");
    const each = await Promise.all(many.slice(0, 100).map((id) => readObject(where.git, id)));
    assert.deepEqual(each.map((one) => one?.id), many.slice(0, 100), "answers come to who asked");
    assert.equal(calls.count(), 1);
  } finally {
    process.env["PATH"] = path;
  }
});

test("a revision in any of git's words has an id, and what is none has none, however it is written", async () => {
  using repository = temporaryRepository({ "a.txt": "one\n" });
  const git = new Git({ gitDir: join(repository.root, ".git") });
  const told = (revision: string): string => execFileSync("git", ["rev-parse", revision], { cwd: repository.root, encoding: "utf8" }).trim();
  for (const word of ["HEAD", "main", "@", "HEAD^{/ba}", "HEAD~0^{commit}", "refs/heads/main", ":/base", "HEAD:a.txt"]) {
    assert.equal(await idOf(git, word), told(word), word);
  }
  const id = told("HEAD");
  for (const word of ["", "HEAD~7", "nope", "no such thing", `${id} blob 3`, "HEAD\nHEAD", "HEAD\0", "--all", "refs/heads/stet", ":/no such"]) {
    assert.equal(await idOf(git, word), undefined, word);
  }
  assert.equal(await idOf(git, "HEAD"), id, "each question had one answer");
});

test("a git that is ended tells who waits, and the next question starts another", async () => {
  using where = place();
  const id = where.write("one");
  const program = join(where.root, "git");
  writeFileSync(program, "#!/bin/sh\nread name\nkill -9 $$\n");
  chmodSync(program, 0o755);
  const path = process.env["PATH"];
  process.env["PATH"] = `${where.root}:${path ?? ""}`;
  const asked = Promise.allSettled([readObject(where.git, id), readObject(where.git, id)]);
  process.env["PATH"] = path;
  for (const one of await asked) assert.ok(one.status === "rejected" && one.reason instanceof GitFault && one.reason.died);
  assert.equal((await readObject(where.git, id))?.bytes.toString(), "one");
});

test("a git that is not needed any more ends by itself", async () => {
  using where = place();
  await readObject(where.git, where.write("one"));
  const running = (): boolean => execFileSync("sh", ["-c", "grep -lz cat-file /proc/[0-9]*/cmdline 2>/dev/null | cut -d/ -f3 | while read p; do readlink /proc/$p/cwd; done; true"], { encoding: "utf8" }).includes(where.root);
  assert.ok(running());
  for (let waited = 0; waited < 300 && running(); waited++) await setTimeout(200);
  assert.ok(!running());
});

test("what is no name of an object is asked of nobody", async () => {
  using where = place();
  for (const name of ["HEAD", `${"1".repeat(40)}\nHEAD`, "", "1".repeat(39), `${"1".repeat(40)}:a`]) {
    await assert.rejects(readObject(where.git, name), RangeError);
  }
});
