import assert from "node:assert/strict";
import { test } from "node:test";
import { provideGo } from "../../test/support/go.ts";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { Command, Workspace } from "../domain/plugin.ts";
import { isRead } from "../domain/reading.ts";
import { validator } from "./go-vet.ts";

provideGo();

const check = validator.create({ name: "go", use: "go-vet" });
const MODULE = "module example.com/sample\n\ngo 1.19\n";

test("what the compiler and what the analyzers say, with the package's stages", async () => {
  using workspace = plainWorkspace({ "go.mod": MODULE, "a.go": 'package sample\n\nfunc a() { missing() }\n\nvar b = "%d"\n' });
  const broken = await check.read(workspace);
  assert.ok(isRead(broken), JSON.stringify(broken));
  assert.deepEqual(broken.findings.map(({ at, rule, category, depth }) => [at?.file, at?.line, at?.column, rule, category, depth?.stage]), [["a.go", 3, 12, "undefined", "undefined_name", 0]]);
  assert.deepEqual(broken.reached, { "example.com/sample": 0 });
  using mended = plainWorkspace({ "go.mod": MODULE, "a.go": 'package sample\n\nvar b = "%d"\n' });
  const analyzed = await check.read(mended);
  assert.ok(isRead(analyzed), JSON.stringify(analyzed));
  assert.deepEqual(analyzed.findings.map(({ rule, depth }) => [rule, depth?.stage]), [["printf", 1]]);
  assert.deepEqual(analyzed.reached, { "example.com/sample": 1 });
});

/** The workspace with this in place of all that go prints. */
function printing(workspace: Workspace, text: string, code: number): Workspace {
  const argv = ["node", "-e", "process.stdout.write(process.argv[1]); process.exitCode = Number(process.argv[2])", "--", text, String(code)];
  return { ...workspace, run: (command: Command) => workspace.run({ ...command, argv }) };
}

test("columns in bytes are told in code units, fixes by their bytes; what is outside of the repository gets none", async () => {
  using workspace = plainWorkspace({ "go.mod": MODULE, "a.go": 'package é\nvar é, x = 1, 2\n' });
  const fix = (filename: string) => [{ message: "do", edits: [{ filename, start: 15, end: 17, new: "e" }] }];
  const at = (file: string, message: string) => ({ posn: `${file}:2:9`, message, suggested_fixes: fix(file) });
  const report = { m: { a: [at(`${workspace.root}/a.go`, "own"), at("/elsewhere/lib/b.go", "other")] } };
  const reading = await check.read(printing(workspace, `# m\n${JSON.stringify(report, undefined, "\t")}\n`, 0));
  assert.ok(isRead(reading), JSON.stringify(reading));
  const [own, other] = reading.findings;
  assert.deepEqual([own?.at, own?.fixes], [{ file: "a.go", line: 2, column: 8 }, [{ title: "do", safety: "unsafe", edits: [{ file: "a.go", start: 14, before: "é", after: "e" }] }]]);
  assert.deepEqual([other?.at?.file.startsWith("../"), other?.fixes], [true, undefined]);
});

test("a module that is not there is missing, what nobody knows is unreadable", async () => {
  using workspace = plainWorkspace({ "go.mod": MODULE });
  const missing = "a.go:2:8: example.com/x@v1.0.0: module lookup disabled by GOPROXY=off\n";
  assert.equal((await check.read(printing(workspace, missing, 1))).kind, "missing");
  assert.equal((await check.read(printing(workspace, "flag provided but not defined: -json\nusage: go vet\n", 2))).kind, "unreadable");
  const none = await check.read(printing(workspace, 'go: warning: "./..." matched no packages\nno packages to vet\n', 0));
  assert.ok(isRead(none));
});

test("finds modules wherever they are, but for test data and what others wrote", async () => {
  const files = { "go.mod": "", "tools/go.mod": "", "testdata/x/go.mod": "", "vendor/y/go.mod": "" };
  assert.deepEqual(await validator.detect(projectOf(files)), [{ name: "go-vet", use: "go-vet", modules: ["", "tools"] }]);
});
