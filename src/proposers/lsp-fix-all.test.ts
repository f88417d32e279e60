import assert from "node:assert/strict";
import { test } from "node:test";
import { applied, biomeFindings, checkFindings, collect } from "../../test/support/proposals.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { validator as biome } from "../validators/biome.ts";
import { proposer } from "./lsp-fix-all.ts";

const RULES = { style: { useConst: "error", useTemplate: "error", useSingleVarDeclarator: "error" } };
const CONFIG = { "biome.json": `${JSON.stringify({ formatter: { lineWidth: 40, indentStyle: "space" }, linter: { rules: RULES } })}\n` };

test("what was formatted is formatted afterwards, what was not is left as it is", async () => {
  using workspace = plainWorkspace({
    ...CONFIG,
    "src/a.js": "let abc = 1;\nlet second = 1;\nexport { abc, second };\n",
    "src/b.js": "let one = 1\nexport { one }\n",
  });
  const [first, second] = await collect(proposer, await biomeFindings(workspace), workspace);
  assert.ok(first && second);
  assert.equal(first.findings.length, 2);
  assert.equal((await applied(first, workspace))["src/a.js"], "const abc = 1;\nconst second = 1;\nexport { abc, second };\n");
  assert.equal((await applied(second, workspace))["src/b.js"], "const one = 1\nexport { one }\n");
});

test("a line that a fix makes too long is broken as the formatter would", async () => {
  using workspace = plainWorkspace({ ...CONFIG, "src/a.js": "let value1 = first(second, third, fou);\nexport { value1 };\n" });
  const [only] = await collect(proposer, await checkFindings(biome, workspace, { format: true }), workspace);
  assert.ok(only);
  const after = (await applied(only, workspace))["src/a.js"];
  assert.equal(after, "const value1 = first(\n  second,\n  third,\n  fou,\n);\nexport { value1 };\n");
});

test("unsafe fixes are not part of it", async () => {
  using workspace = plainWorkspace({ "biome.json": "{}\n", "src/a.js": "export const same = (a, b) => a == b;\n" });
  const findings = await biomeFindings(workspace);
  assert.notEqual(findings.length, 0);
  assert.deepEqual(await collect(proposer, findings, workspace), []);
});
