import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { useOwnCache } from "../../test/support/cache.ts";
import { snapshot } from "../../test/support/container.ts";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { Git } from "./git.ts";
import { listTree, readBase, readObjects, writeTree } from "./tree.ts";

useOwnCache();

const ODD = ["a b.txt", "é.txt", "\"q\".txt", "tab\there.txt", ":(top)x.txt", "*.txt", "-n", "deep/er/x.txt"];

interface Place extends Disposable {
  readonly root: string;
  readonly git: Git;
  readonly base: string;
}

function place(objectFormat: string): Place {
  const folder = temporaryFolder({ "a.txt": "a\r\n", "run.sh": "run\n", ...Object.fromEntries(ODD.map((path) => [path, path])) });
  const { root } = folder;
  const run = (...args: readonly string[]): string => execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: "pipe" }).trim();
  run("init", "--quiet", `--object-format=${objectFormat}`);
  chmodSync(join(root, "run.sh"), 0o755);
  symlinkSync("a.txt", join(root, "link"));
  symlinkSync("deep", join(root, "linked"));
  writeFileSync(join(root, "latin.txt"), Buffer.from([0xe9]));
  writeFileSync(join(root, "nul.txt"), "a\0b");
  run("add", "--all");
  run("update-index", "--add", "--cacheinfo", `160000,${"1".repeat(objectFormat === "sha1" ? 40 : 64)},module`);
  return { root, git: new Git({ gitDir: join(root, ".git") }), base: run("write-tree"), [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

for (const objectFormat of ["sha1", "sha256"]) {
  test(`${objectFormat}: files are changed, made and removed, and everything else stays as it is`, async () => {
    using where = place(objectFormat);
    const changes = [
      { path: "a.txt", content: "\ufeffA\r\n", mode: "100644" as const },
      { path: "new/é b.txt", content: "", mode: "100755" as const },
      ...ODD.map((path) => ({ path, content: null, mode: "100644" as const })),
    ];
    const tree = await writeTree(where.git, where.base, changes);
    const [before, after] = await Promise.all([where.base, tree].map((one) => listTree(where.git, one)));
    assert.ok(before && after);
    const touched = changes.map(({ path }) => path);
    assert.deepEqual(after.filter(({ path }) => !touched.includes(path)), before.filter(({ path }) => !touched.includes(path)));
    assert.deepEqual(after.filter(({ path }) => touched.includes(path)).map(({ path, mode }) => [path, mode]), [["a.txt", "100644"], ["new/é b.txt", "100755"]]);
    const [first] = after.filter(({ path }) => path === "a.txt");
    assert.equal((await readObjects(where.git, [first?.id ?? ""])).get(first?.id ?? "")?.toString("utf8"), "\ufeffA\r\n");
    assert.equal(await writeTree(where.git, where.base, []), where.base);
  });

  test(`${objectFormat}: what stands at a path is told by its kind`, async () => {
    using where = place(objectFormat);
    const kinds = async (paths: readonly string[]): Promise<string[]> => [...(await readBase(where.git, where.base, paths)).values()].map(({ kind }) => kind);
    const paths = ["a.txt", "link", "linked", "linked/er", "module", "latin.txt", "nul.txt", "deep", "none", "a.txt/below", ""];
    const expected = ["text", "symlink", "symlink", "absent", "submodule", "undecodable", "undecodable", "absent", "absent", "absent", "absent"];
    assert.deepEqual(await kinds(paths), expected);
    const many = Array.from({ length: 300 }, (_, index) => `none/${index}`);
    assert.deepEqual((await kinds([...paths, ...many])).slice(0, paths.length), expected, "also of very many paths");
    const run = (await readBase(where.git, where.base, ["run.sh"])).get("run.sh");
    assert.deepEqual(run, { kind: "text", text: "run\n", mode: "100755" });
    for (const path of ODD) assert.deepEqual((await readBase(where.git, where.base, [path])).get(path), { kind: "text", text: path, mode: "100644" });
  });
}

test("a tree without any file can be made", async () => {
  using where = place("sha1");
  const all = (await listTree(where.git, where.base)).map(({ path }) => ({ path, content: null, mode: "100644" as const }));
  assert.deepEqual(await listTree(where.git, await writeTree(where.git, where.base, all)), []);
});

test("objects come back byte for byte, and an unknown one is left out", async () => {
  using where = place("sha1");
  const texts = ["", "\n", "a\nb", "x".repeat(100_000), "blob 3\0abc"];
  const changes = texts.map((content, index) => ({ path: `${index}`, content, mode: "100644" as const }));
  const entries = (await listTree(where.git, await writeTree(where.git, where.base, changes))).filter(({ path }) => /^\d$/.test(path));
  const ids = [...entries.map(({ id }) => id), "1".repeat(40), entries[0]?.id ?? ""];
  const objects = await readObjects(where.git, ids);
  assert.deepEqual(entries.map(({ id }) => objects.get(id)?.toString("utf8")), texts);
  assert.equal(objects.size, texts.length);
});

test("the user's index, HEAD and files stay as they are", async () => {
  using where = place("sha1");
  mkdirSync(join(where.root, ".git/objects"), { recursive: true });
  const before = Object.entries(snapshot(where.root)).filter(([path]) => !path.includes("/.git/objects"));
  await writeTree(where.git, where.base, [{ path: "a.txt", content: "new", mode: "100644" }]);
  assert.deepEqual(Object.entries(snapshot(where.root)).filter(([path]) => !path.includes("/.git/objects")), before);
});
