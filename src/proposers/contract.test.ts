/** What every proposer keeps to, whatever it proposes. A proposer without a case here fails the suite. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, test } from "node:test";
import { applied, biomeFindings, collect, compilerFindings, lintFindings, snapshot } from "../../test/support/proposals.ts";
import { openaiReply, ScriptedProvider } from "../../test/support/provider.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { finding, type Finding } from "../domain/finding.ts";
import type { Asking, Proposer, Workspace } from "../domain/plugin.ts";
import { Budget } from "../llm/budget.ts";
import { openClient } from "../llm/client.ts";
import { connect } from "../llm/connection.ts";
import { parseModelName } from "../llm/name.ts";
import { proposer as agent } from "./agent.ts";
import { proposer as eslintFix } from "./eslint-fix.ts";
import { proposer as lspFixAll } from "./lsp-fix-all.ts";
import { proposer as lspFix } from "./lsp-fix.ts";
import { proposer as model } from "./model.ts";
import type { ProposerKind } from "./shared/kind.ts";
import { proposer as toolFix } from "./tool-fix.ts";
import { proposer as tsCodefix } from "./ts-codefix.ts";

interface Case {
  /** A new one each time: some are asked once in a run. */
  readonly open: () => Proposer;
  readonly files: Record<string, string>;
  readonly find: (workspace: Workspace) => Promise<Finding[]>;
  /** What a run would hand it besides. */
  readonly asking?: (workspace: Workspace) => Asking;
}

const TYPO = { "src/a.ts": "export const n: number = 'x';\n" };
const typo = finding({ by: "tsc", rule: "TS2322", category: "type_mismatch", message: "not a number", at: { file: "src/a.ts", line: 1, column: 14 } });

/** Mends what it is asked about once it is TYPO, and gives up on everything else. */
const provider = await ScriptedProvider.start(({ text, body }) => {
  const turns = (body["messages"] as unknown[]).length;
  const edit = { old_string: "'x'", new_string: "1" };
  if (!text.includes("TS2322")) return openaiReply({ calls: [{ name: "give_up", input: { reason: "no idea" } }] });
  if (!text.includes("edit_file")) return openaiReply({ calls: [{ name: "patch_file", input: { path: "src/a.ts", edits: [edit] } }] });
  if (turns > 3) return openaiReply({ calls: [{ name: "finish", input: {} }] });
  return openaiReply({ calls: [{ name: "edit_file", input: { path: "src/a.ts", ...edit } }] });
});
after(() => provider[Symbol.asyncDispose]());

function opened(kind: ProposerKind): Proposer {
  const client = openClient({
    connections: [connect(parseModelName(`compatible:${provider.url}#m`), { environment: {}, now: () => 0 })],
    budget: new Budget(),
    priceOf: () => undefined,
    now: () => 0,
    random: () => 0,
  });
  return kind.open({ client, rung: kind.rung, name: kind.name });
}

const rehearsing = (workspace: Workspace): Asking => ({
  project: () => Promise.resolve({ files: ["src/a.ts"], readText: (path) => workspace.readText(path) }),
  rehearse: () => Promise.resolve({ kind: "better", reasons: [], risen: [], fallen: [typo] }),
});

const LET = {
  "biome.json": '{ "linter": { "rules": { "style": { "useConst": "error" } } } }\n',
  "src/a.js": "let one = 1;\nlet two = 1;\nexport const sum = one + two;\n",
};

const cases: Record<string, Case> = {
  "lsp-fix": { open: () => lspFix, files: LET, find: biomeFindings },
  "lsp-fix-all": { open: () => lspFixAll, files: { ...LET, "src/b.js": "let three = 1;\nexport { three };\n" }, find: biomeFindings },
  agent: { open: () => opened(agent), files: TYPO, find: () => Promise.resolve([typo]), asking: rehearsing },
  model: { open: () => opened(model), files: TYPO, find: () => Promise.resolve([typo]) },
  "eslint-fix": {
    open: () => eslintFix,
    files: {
      "eslint.config.js": 'export default [{ rules: { "no-var": "error", "prefer-const": "error" } }];\n',
      "package.json": '{ "type": "module" }\n',
      "a.js": "var one = 1;\nexport const sum = one;\n",
      "b.js": "var two = 1;\nexport const sum = two;\n",
    },
    find: lintFindings,
  },
  "tool-fix": {
    open: () => toolFix,
    files: {
      "eslint.config.js": 'export default [{ rules: { "no-var": "error", "no-useless-escape": "error" } }];\n',
      "package.json": '{ "type": "module" }\n',
      "a.js": "var one = 1;\nvar two = 1;\nexport const sum = one + two;\nexport const text = 'a\\d\\e';\n",
    },
    find: lintFindings,
  },
  "ts-codefix": {
    open: () => tsCodefix,
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

for (const [name, { open, files, find, asking = () => ({}) }] of Object.entries(cases)) {
  test(`${name}: proposals are whole, fit the tree, keep their ids, and leave the workspace alone`, async () => {
    using workspace = plainWorkspace(files);
    const findings = await find(workspace);
    const before = snapshot(workspace.root);
    const proposals = await collect(open(), findings, workspace, undefined, asking(workspace));
    assert.ok(proposals.length > findings.length / 2);
    for (const proposal of proposals) {
      assert.equal(proposal.by, name);
      assert.equal(proposal.base, workspace.tree);
      assert.equal(proposal.rung, open().rung);
      assert.match(proposal.title, /^[^\n\r]+$/);
      assert.ok(proposal.findings.length > 0 && proposal.findings.every((one) => findings.includes(one)));
      assert.ok(Object.keys(await applied(proposal, workspace)).length > 0);
    }
    const ids = proposals.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual((await collect(open(), findings, workspace, undefined, asking(workspace))).map(({ id }) => id), ids);
    assert.deepEqual(snapshot(workspace.root), before);
  });

  test(`${name}: an abort ends it`, { timeout: 60_000 }, async () => {
    using workspace = plainWorkspace(files);
    const findings = await find(workspace);
    await assert.rejects(collect(open(), findings, workspace, AbortSignal.abort(), asking(workspace)), { name: "AbortError" });
    const controller = new AbortController();
    const running = collect(open(), findings, workspace, controller.signal, asking(workspace));
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
    assert.deepEqual(await collect(open(), unknown, workspace, undefined, asking(workspace)), []);
    assert.deepEqual(await collect(open(), [], workspace), []);
  });
}
