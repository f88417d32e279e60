import assert from "node:assert/strict";
import { test } from "node:test";
import { plainWorkspace } from "../../../test/support/workspace.ts";
import { finding } from "../../domain/finding.ts";
import { isRead, type Read } from "../../domain/reading.ts";
import { openFileOracle } from "./file-oracle.ts";

const baseline: Read = { kind: "read", check: "lint", findings: [], durationMs: 1 };
const found = (file: string) => finding({ by: "lint", rule: "r", category: "other", message: "m", at: { file, line: 1, column: 1 } });

/** What was looked at, look by look, where these files change as said. */
async function looks(areAlone: boolean, changes: readonly Record<string, string | null>[], only?: readonly string[]): Promise<{ asked: string[]; seen: string[] }> {
  using workspace = plainWorkspace({});
  const asked: string[] = [];
  const oracle = openFileOracle((file) => file.endsWith(".py"), (_, __, files) => {
    asked.push(files.join());
    return Promise.resolve({ ...baseline, findings: files.map(found) });
  }, areAlone);
  const seen: string[] = [];
  for (const change of changes) {
    const to = new Map(Object.entries(change));
    const before = new Map([...to.keys()].map((file) => [file, ""]));
    const glimpse = await oracle.look({ from: before, to, changed: before, baseline, workspace: () => Promise.resolve(workspace), ...(only && { only }) });
    assert.ok(glimpse && isRead(glimpse.after));
    seen.push(glimpse.after.findings.map(({ at }) => at?.file).sort().join());
  }
  return { asked, seen };
}

const CHANGES = [{ "a.py": "1", "b.py": "1", "c.rs": "" }, { "a.py": "1", "b.py": "2" }, { "a.py": "1", "b.py": "1" }, { "a.py": null, "b.py": "2" }];

test("where a text alone counts it is looked at once; where more counts, each time", async () => {
  assert.deepEqual(await looks(true, CHANGES), { asked: ["a.py,b.py", "b.py"], seen: ["a.py,b.py", "a.py,b.py", "a.py,b.py", "b.py"] });
  assert.deepEqual((await looks(false, CHANGES)).asked, ["a.py,b.py", "a.py,b.py", "a.py,b.py", "b.py"]);
});

test("where some files alone matter only these are looked at", async () => {
  assert.deepEqual(await looks(false, CHANGES, ["b.py", "elsewhere.py"]), { asked: ["b.py", "b.py", "b.py", "b.py"], seen: ["b.py", "b.py", "b.py", "b.py"] });
});
