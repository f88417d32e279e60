import assert from "node:assert/strict";
import { test } from "node:test";
import { applied, collect, lintFindings } from "../../test/support/proposals.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { proposer } from "./eslint-fix.ts";

const CONFIG = { "package.json": '{ "type": "module" }\n', "eslint.config.js": 'export default [{ rules: { "no-var": "error", "prefer-const": "error", eqeqeq: "error" } }];\n' };

async function outcome(files: Record<string, string>): Promise<Record<string, string | null>[]> {
  using workspace = plainWorkspace({ ...CONFIG, ...files });
  const proposals = await collect(proposer, await lintFindings(workspace), workspace);
  return await Promise.all(proposals.map((one) => applied(one, workspace)));
}

test("fixes that call for one another come as one", async () => {
  const [first] = await outcome({ "a.js": "var one = 1;\n\nexport const text = 'kept';\n\nvar two = one;\nexport { two };\n" });
  assert.deepEqual(first, { "a.js": "const one = 1;\n\nexport const text = 'kept';\n\nconst two = one;\nexport { two };\n" });
});

test("BOM, CRLF and a missing final newline stay as they are", async () => {
  const [first] = await outcome({ "a.js": "\uFEFF// é\r\nvar one = 1;\r\nexport { one };" });
  assert.deepEqual(first, { "a.js": "\uFEFF// é\r\nconst one = 1;\r\nexport { one };" });
});

test("nothing comes of findings that only have suggestions, or of another tool's", async () => {
  assert.deepEqual(await outcome({ "a.js": "export const same = (a, b) => a == b;\n" }), []);
  using workspace = plainWorkspace({ ...CONFIG, "a.js": "var one = 1;\nexport { one };\n" });
  const others = (await lintFindings(workspace)).map(({ tool: _tool, ...rest }) => rest);
  assert.deepEqual(await collect(proposer, others, workspace), []);
});

test("an ESLint that cannot run is told as a fault", async () => {
  using workspace = plainWorkspace({ ...CONFIG, "a.js": "var one = 1;\nexport { one };\n" });
  const findings = await lintFindings(workspace);
  using broken = plainWorkspace({ "eslint.config.js": "throw new Error('broken');\n", "a.js": "var one = 1;\nexport { one };\n" });
  await assert.rejects(collect(proposer, findings, broken), { code: "crashed" });
});
