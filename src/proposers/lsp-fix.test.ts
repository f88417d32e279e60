import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { applied, biomeFindings, checkFindings, collect } from "../../test/support/proposals.ts";
import { packageRoot, plainWorkspace } from "../../test/support/workspace.ts";
import type { Workspace } from "../domain/plugin.ts";
import { finding } from "../domain/finding.ts";
import { validator as biome } from "../validators/biome.ts";
import { validator as oxlint } from "../validators/oxlint.ts";
import { proposer } from "./lsp-fix.ts";

const CONFIG = { "biome.json": '{ "linter": { "rules": { "style": { "useConst": "error" }, "suspicious": { "noDoubleEquals": "error" } } } }\n' };
const TEXT = '\uFEFFconst s = "😀é"; export { s };\r\nlet b = 1;\r\nexport const c = b == s;';

test("Biome's fixes are graded by Biome, keep BOM, CRLF and wide characters, and none switches a rule off", async () => {
  using workspace = plainWorkspace({ ...CONFIG, "src/a.ts": TEXT });
  const proposals = await collect(proposer, await biomeFindings(workspace), workspace);
  const made = await Promise.all(proposals.map(async (one) => [one.safety, one.title, (await applied(one, workspace))["src/a.ts"]]));
  assert.deepEqual(made.sort(), [
    ["safe", "useConst in src/a.ts: Use const instead.", TEXT.replace("let b", "const b")],
    ["unsafe", "noDoubleEquals in src/a.ts: Use === instead.", TEXT.replace("==", "===")],
  ]);
});

test("an older Biome, which has no fixes for a place without a character, is asked for the first one", async () => {
  using plain = plainWorkspace({ ...CONFIG, "src/a.ts": TEXT });
  const findings = await biomeFindings(plain);
  mkdirSync(join(plain.root, "old"));
  writeFileSync(join(plain.root, "old/biome"), `#!/bin/sh\nPATH="\${PATH#*/old:}" exec node ${join(packageRoot, "test/support/old-biome.mjs")} "$@"\n`, { mode: 0o755 });
  const path = `${join(plain.root, "old")}:${join(plain.root, "node_modules/.bin")}:${process.env["PATH"] ?? ""}`;
  const workspace: Workspace = { ...plain, run: (command) => plain.run({ ...command, env: { ...command.env, PATH: path } }) };
  const proposals = await collect(proposer, findings, workspace);
  assert.deepEqual(proposals.map(({ safety, findings: meant }) => `${safety} ${meant.map(({ rule }) => rule).join()}`).sort(), ["safe useConst", "unsafe noDoubleEquals"]);
});

test("formatting and imports that are found are mended", async () => {
  using workspace = plainWorkspace({ ...CONFIG, "src/a.js": 'import b from "b";\nimport a from "a";\n\nexport const x = [a,b ];\n' });
  const proposals = await collect(proposer, await checkFindings(biome, workspace, { format: true }), workspace);
  const made = await Promise.all(proposals.map(async (one) => (await applied(one, workspace))["src/a.js"]));
  assert.deepEqual(made.sort(), [
    'import a from "a";\nimport b from "b";\n\nexport const x = [a,b ];\n',
    'import b from "b";\nimport a from "a";\n\nexport const x = [a, b];\n',
  ]);
});

test("a fix in a file that is formatted is formatted with it, and in another file nothing else changes", async () => {
  const config = { "biome.json": '{ "formatter": { "indentStyle": "space" }, "linter": { "rules": { "style": { "useBlockStatements": "error" } } } }\n' };
  using workspace = plainWorkspace({ ...config, "src/a.js": "if (a) b();\nif (c) d();\n", "src/b.js": "if (a) b()\n" });
  const proposals = await collect(proposer, await biomeFindings(workspace), workspace);
  const made = await Promise.all(proposals.map(async (one) => Object.values(await applied(one, workspace))[0]));
  assert.deepEqual(made, [
    "if (a) {\n  b();\n}\nif (c) {\n  d();\n}\n",
    "if (a) {\n  b();\n}\nif (c) d();\n",
    "if (a) b();\nif (c) {\n  d();\n}\n",
    "if (a) { b() }\n",
  ]);
});

test("oxlint's fixes are safe where it makes them by itself, and each is for its own finding", async () => {
  using workspace = plainWorkspace({
    ".oxlintrc.json": '{ "rules": { "no-var": "error", "eqeqeq": "error", "no-console": "error" } }\n',
    "src/a.js": '\uFEFFconst s = "😀é"; var a = s;\r\nexport const b = a == s;\r\nconsole.log(b);\r\n',
  });
  const proposals = await collect(proposer, await checkFindings(oxlint, workspace), workspace);
  const made = proposals.map(({ safety, findings, edits }) => [safety, findings.map(({ rule }) => rule).join(), edits[0]?.before, edits[0]?.after]);
  assert.deepEqual(made.sort(), [
    ["safe", "no-var", "var a = s;", "const a = s;"],
    ["unsafe", "eqeqeq", " == ", " === "],
    ["unsafe", "no-console", "console.log(b);", ""],
  ]);
});

test("nothing comes of a text whose places are not sure, of a file that is gone, or of another tool's findings", async () => {
  using workspace = plainWorkspace({ ...CONFIG, "src/a.js": "// one\rlet b = 1;\nexport { b };\n" });
  const at = (file: string) => finding({ by: "lint", tool: "biome", rule: "useConst", category: "other", message: "m", at: { file, line: 2, column: 1 } });
  const { tool: _tool, ...another } = at("src/a.js");
  assert.deepEqual(await collect(proposer, [at("src/a.js"), at("src/gone.js"), at("../out.js"), another], workspace), []);
});

test("a server that is not there is told as a fault", async () => {
  using workspace = plainWorkspace({ ...CONFIG, "src/a.js": "let b = 1;\nexport { b };\n" });
  const findings = await biomeFindings(workspace);
  const lost = { ...workspace, run: (asked: Parameters<typeof workspace.run>[0]) => workspace.run({ ...asked, env: { PATH: "/nowhere" } }) };
  await assert.rejects(collect(proposer, findings, lost), { code: "crashed" });
});
