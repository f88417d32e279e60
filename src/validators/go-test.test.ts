import assert from "node:assert/strict";
import { test } from "node:test";
import { provideGo } from "../../test/support/go.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { Command, Workspace } from "../domain/plugin.ts";
import { isRead } from "../domain/reading.ts";
import { validator } from "./go-test.ts";

provideGo();

const check = validator.create({ name: "go", use: "go-test", modules: ["tools"] });
const MODULE = "module example.com/sample/tools\n\ngo 1.19\n";
const TESTS = 'package tools\n\nimport "testing"\n\nfunc TestA(t *testing.T) { t.Error("no") }\n\nfunc TestB(t *testing.T) {}\n';

test("reads the tests of a module, each by its package, with where it failed", async () => {
  using workspace = plainWorkspace({ "tools/go.mod": MODULE, "tools/a.go": "package tools\n", "tools/a_test.go": TESTS });
  const reading = await check.read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  assert.deepEqual(reading.inventory, { "example.com/sample/tools > TestA": "failed", "example.com/sample/tools > TestB": "passed" });
  assert.deepEqual(reading.findings.map(({ message, at }) => [message, at?.file, at?.line]), [["example.com/sample/tools > TestA", "tools/a_test.go", 5]]);
});

test("what does not compile is a suite of its package, and what its tests would say lies behind it", async () => {
  using workspace = plainWorkspace({ "tools/go.mod": MODULE, "tools/a.go": "package tools\n\nfunc a() { missing() }\n", "tools/a_test.go": TESTS });
  const reading = await check.read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  assert.deepEqual(reading.findings.map(({ rule, depth }) => [rule, depth?.stage]), [["suite", 0]]);
  assert.deepEqual([reading.reached, reading.inventory], [{ "example.com/sample/tools": 0 }, {}]);
});

function printing(workspace: Workspace, text: string, code: number): Workspace {
  const argv = ["node", "-e", "process.stdout.write(process.argv[1]); process.exitCode = Number(process.argv[2])", "--", text, String(code)];
  return { ...workspace, run: (command: Command) => workspace.run({ ...command, argv }) };
}

test("a test that failed because an inner one did is told once; a package that failed without one is a suite", async () => {
  using workspace = plainWorkspace({ "tools/go.mod": MODULE });
  const say = (Package: string, Action: string, Test?: string): string => `${JSON.stringify({ Action, Package, Test })}\n`;
  const [own, other] = ["example.com/sample/tools", "example.com/sample/tools/main"];
  const text = say(own, "fail", "TestA/x/y") + say(own, "fail", "TestA/x") + say(own, "fail", "TestA") + say(own, "fail") + say(other, "pass", "TestB") + say(other, "fail");
  const reading = await check.read(printing(workspace, text, 1));
  assert.ok(isRead(reading), JSON.stringify(reading));
  assert.deepEqual(reading.findings.map(({ rule, message }) => [rule, message]), [["test", `${own} > TestA > x > y`], ["suite", other]]);
});
