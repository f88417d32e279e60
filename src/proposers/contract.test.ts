/** What every proposer keeps to, whatever it proposes. A proposer without a case here fails the suite. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { applied, collect, compilerFindings, lintFindings, snapshot } from "../../test/support/proposals.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { finding, type Finding } from "../domain/finding.ts";
import type { Proposer, Workspace } from "../domain/plugin.ts";
import { proposer as eslintFix } from "./eslint-fix.ts";
import { proposer as toolFix } from "./tool-fix.ts";
import { proposer as tsCodefix } from "./ts-codefix.ts";

interface Case {
  readonly proposer: Proposer;
  readonly files: Record<string, string>;
  readonly find: (workspace: Workspace) => Promise<Finding[]>;
}

const cases: Record<string, Case> = {
  "eslint-fix": {
    proposer: eslintFix,
    files: {
      "eslint.config.js": 'export default [{ rules: { "no-var": "error", "prefer-const": "error" } }];\n',
      "package.json": '{ "type": "module" }\n',
      "a.js": "var one = 1;\nexport const sum = one;\n",
      "b.js": "var two = 1;\nexport const sum = two;\n",
    },
    find: lintFindings,
  },
  "tool-fix": {
    proposer: toolFix,
    files: {
      "eslint.config.js": 'export default [{ rules: { "no-var": "error", "no-useless-escape": "error" } }];\n',
      "package.json": '{ "type": "module" }\n',
      "a.js": "var one = 1;\nvar two = 1;\nexport const sum = one + two;\nexport const text = 'a\\d\\e';\n",
    },
    find: lintFindings,
  },
  "ts-codefix": {
    proposer: tsCodefix,
    files: {
      "tsconfig.json": '{ "compilerOptions": { "noUnusedLocals": true, "skipLibCheck": true, "lib": ["es2022"], "types": [] }, "include": ["src"] }\n',
      "src/b.ts": "export const far = 1;\n",
      "src/a.ts": "const unused = 1;\nconst other = 1;\nexport const sum = far + far + su;\n",
    },
    find: compilerFindings,
  },
};

test("every proposer of the folder has a case", () => {
  const names = readdirSync(import.meta.dirname).filter((name) => /^[^.]+\.ts$/.test(name) && name !== "index.ts");
  assert.deepEqual(names.map((name) => name.slice(0, -3)).sort(), Object.keys(cases).sort());
});

for (const [name, { proposer, files, find }] of Object.entries(cases)) {
  test(`${name}: proposals are whole, fit the tree, keep their ids, and leave the workspace alone`, async () => {
    using workspace = plainWorkspace(files);
    const findings = await find(workspace);
    const before = snapshot(workspace.root);
    const proposals = await collect(proposer, findings, workspace);
    assert.ok(proposals.length > findings.length / 2);
    for (const proposal of proposals) {
      assert.equal(proposal.by, name);
      assert.equal(proposal.base, workspace.tree);
      assert.equal(proposal.rung, proposer.rung);
      assert.match(proposal.title, /^[^\n\r]+$/);
      assert.ok(proposal.findings.length > 0 && proposal.findings.every((one) => findings.includes(one)));
      assert.ok(Object.keys(await applied(proposal, workspace)).length > 0);
    }
    const ids = proposals.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual((await collect(proposer, findings, workspace)).map(({ id }) => id), ids);
    assert.deepEqual(snapshot(workspace.root), before);
  });

  test(`${name}: an abort ends it`, { timeout: 60_000 }, async () => {
    using workspace = plainWorkspace(files);
    const findings = await find(workspace);
    await assert.rejects(collect(proposer, findings, workspace, AbortSignal.abort()), { name: "AbortError" });
    const controller = new AbortController();
    const running = collect(proposer, findings, workspace, controller.signal);
    controller.abort();
    await assert.rejects(running, { name: "AbortError" });
  });

  test(`${name}: what it knows nothing of yields nothing`, async () => {
    using workspace = plainWorkspace(files);
    const unknown = [
      finding({ by: "someone", rule: "made-up", category: "other", message: "no place" }),
      finding({ by: "someone", rule: "TS2304", category: "other", message: "no place" }),
      finding({ by: "someone", rule: "TS2304", category: "other", message: "gone", at: { file: "src/gone.ts", line: 9, column: 9 } }),
      finding({ by: "someone", rule: "TS2304", category: "other", message: "out", at: { file: "../out.ts", line: 1, column: 1 } }),
      finding({ by: "someone", rule: "TS99999", category: "other", message: "new", at: { file: "src/a.ts", line: 1, column: 1 } }),
      finding({ by: "someone", rule: "TS2304", category: "other", message: "far", at: { file: "src/a.ts", line: 99, column: 1 } }),
    ];
    assert.deepEqual(await collect(proposer, unknown, workspace), []);
    assert.deepEqual(await collect(proposer, [], workspace), []);
  });
}
