import assert from "node:assert/strict";
import { test } from "node:test";
import { fingerprint, Sandbox } from "./support/cli.ts";

const TSCONFIG = JSON.stringify({
  compilerOptions: { strict: true, skipLibCheck: true, lib: ["es2024"], noEmit: true, module: "nodenext", target: "es2024", types: ["node"] },
  include: ["src"],
});

const MODULE = "export const a = 1;\n\nexport function one(): number {\n  return a;\n}\n\n// middle\n\nexport function two(): number {\n  return a + 1;\n}\n";

const FILES = { "tsconfig.json": TSCONFIG, "src/a.ts": MODULE, "src/b.ts": "export const b = 2;\n", "src/c.ts": "export const c = 3;\n" };

const script = (code: string): string[] => ["--", "node", "--input-type=module", "-e", `import { readFileSync, writeFileSync } from "node:fs";\n${code}`];
const replace = (file: string, from: string, to: string): string =>
  `writeFileSync(${JSON.stringify(file)}, readFileSync(${JSON.stringify(file)}, "utf8").replace(${JSON.stringify(from)}, () => ${JSON.stringify(to)}));\n`;

test("keeps the green files of a change and strikes the red one, naming the check", async () => {
  using repository = new Sandbox(FILES);
  const before = fingerprint(repository.root);
  const codemod = script(replace("src/b.ts", "2", "22") + replace("src/c.ts", "c = 3", 'c: number = "three"'));
  const run = await repository.stet(["try", ...codemod]);
  assert.equal(run.code, 1, run.stderr);
  assert.equal(repository.show("src/b.ts"), "export const b = 22;\n");
  assert.equal(repository.show("src/c.ts"), FILES["src/c.ts"]);
  assert.match(run.stdout, /tsc/);
  assert.match(run.stdout, /src\/c\.ts/);
  assert.equal(fingerprint(repository.root), before);
});

test("splits a file by hunks where one of them is red", async () => {
  using repository = new Sandbox(FILES);
  const codemod = script(replace("src/a.ts", "return a;", 'return "a";') + replace("src/a.ts", "return a + 1", "return a + 2"));
  const run = await repository.stet(["try", ...codemod]);
  assert.equal(run.code, 1, run.stderr);
  assert.equal(repository.show("src/a.ts"), MODULE.replace("a + 1", "a + 2"));
});

test("--whole lands all or nothing", async () => {
  using repository = new Sandbox(FILES);
  const red = script(replace("src/b.ts", "2", "22") + replace("src/c.ts", "c = 3", 'c: number = "three"'));
  assert.equal((await repository.stet(["try", "--whole", ...red])).code, 1);
  assert.equal(repository.branches().size, 0);
  const green = script(replace("src/b.ts", "2", "22") + replace("src/c.ts", "3", "33"));
  assert.equal((await repository.stet(["try", "--whole", ...green])).code, 0);
  assert.equal(repository.show("src/c.ts"), "export const c = 33;\n");
});

test("parts that are red alone and green together land together", async () => {
  using repository = new Sandbox({ ...FILES, "src/d.ts": 'import { b } from "./b.js";\n\nexport const d = b;\n' });
  const rename = replace("src/b.ts", "b = 2", "bee = 2") + replace("src/d.ts", "{ b }", "{ bee }") + replace("src/d.ts", "d = b", "d = bee");
  const run = await repository.stet(["try", ...script(rename + replace("src/c.ts", "c = 3", 'c: number = "x"'))]);
  assert.equal(run.code, 1, run.stderr);
  assert.match(repository.show("src/d.ts"), /bee/);
  assert.match(repository.show("src/b.ts"), /bee/);
  assert.doesNotMatch(repository.show("src/c.ts"), /"x"/);
});

test("new files, deletions and modes land; what a check must not see does not", async () => {
  using repository = new Sandbox({ ...FILES, "old.txt": "old\n" });
  const code = 'import { chmodSync, unlinkSync, symlinkSync } from "node:fs";\nwriteFileSync("new.sh", "#!/bin/sh\\n");\nchmodSync("new.sh", 0o755);\nunlinkSync("old.txt");\nsymlinkSync("/etc/passwd", "link");\nwriteFileSync("tsconfig.json", "{}");\nwriteFileSync("blob.bin", Buffer.from([0, 1, 2, 255]));\n';
  const run = await repository.stet(["try", ...script(code)]);
  assert.equal(run.code, 1, run.stderr);
  const tree = repository.git("ls-tree", "-r", repository.branch());
  assert.match(tree, /^100755 blob \w+\tnew\.sh$/m);
  assert.doesNotMatch(tree, /old\.txt|link|blob\.bin/);
  assert.equal(repository.show("tsconfig.json"), TSCONFIG);
  for (const word of ["link", "blob.bin", "tsconfig.json"]) assert.ok(run.stdout.includes(word), word);
});

test("replacement patterns land as the bytes they are", async () => {
  using repository = new Sandbox(FILES);
  const after = "export const b = \"$& $1 $$ $`\";\n";
  await repository.stet(["try", ...script(`writeFileSync("src/b.ts", ${JSON.stringify(after)});`)]);
  assert.equal(repository.show("src/b.ts"), after);
});

test("a tool that is not there, or dies, is told apart from one that changes nothing", async () => {
  using repository = new Sandbox(FILES);
  const missing = await repository.stet(["try", "--", "no-such-tool"]);
  assert.equal(missing.code, 78);
  assert.match(missing.stderr, /no-such-tool/);
  const nothing = await repository.stet(["try", "--", "true"]);
  assert.equal(nothing.code, 0, nothing.stderr);
  assert.equal(repository.branches().size, 0);
});

test("what the tool does to git stays in the worktree", async () => {
  using repository = new Sandbox(FILES);
  const before = fingerprint(repository.root);
  const shell = 'echo "export const b = 4;" > src/b.ts; git checkout -q -b evil; git -c user.name=x -c user.email=x@x commit -qam evil; git tag evil; git config core.hooksPath /tmp';
  const run = await repository.stet(["try", "--", "sh", "-c", shell]);
  assert.equal(run.code, 0, run.stdout + run.stderr);
  assert.equal(fingerprint(repository.root), before);
  assert.equal(repository.show("src/b.ts"), "export const b = 4;\n");
  assert.equal(repository.git("tag"), "");
});

test("a change that no check can see costs no check, and lands as the same", async () => {
  using repository = new Sandbox({ ...FILES, "README.md": "old\n", "scripts/tool.js": "export const old = 1;\n" });
  const run = await repository.stet(["try", "--json", ...script(replace("README.md", "old", "new") + replace("scripts/tool.js", "old", "next"))]);
  assert.equal(run.code, 0, run.stderr);
  const events = run.stdout.trim().split("\n").map((line) => JSON.parse(line) as { type: string; check?: string; cached?: boolean });
  const ran = events.filter(({ type, check, cached }) => type === "check-ended" && check === "tsc" && cached === false);
  assert.equal(ran.length, 1, "the baseline alone");
  assert.equal(repository.show("scripts/tool.js"), "export const next = 1;\n");
});
