/** Which project a file belongs to, which TypeScript is asked, and what happens when it fails. */
import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { applied, collect, compilerFindings } from "../../test/support/proposals.ts";
import { packageRoot, plainWorkspace } from "../../test/support/workspace.ts";
import type { Workspace } from "../domain/plugin.ts";
import type { Proposal } from "../domain/proposal.ts";
import { proposer } from "./ts-codefix.ts";

const config = (compilerOptions: object, rest: object = { include: ["src"] }): string =>
  JSON.stringify({ compilerOptions: { strict: true, target: "es2022", skipLibCheck: true, lib: ["es2022"], types: [], ...compilerOptions }, ...rest });

async function texts(proposals: readonly Proposal[], workspace: Workspace): Promise<(string | null)[]> {
  const results = await Promise.all(proposals.map((proposal) => applied(proposal, workspace)));
  return results.flatMap((result) => Object.values(result));
}

test("in a monorepo each file is fixed under its own package's configuration", async () => {
  using workspace = plainWorkspace({
    "packages/loose/tsconfig.json": config({ module: "esnext", moduleResolution: "bundler" }),
    "packages/loose/src/lib.ts": "export interface Far { a: 1 }\n",
    "packages/loose/src/a.ts": "export type Near = Far;\n",
    "packages/exact/tsconfig.json": config({ module: "nodenext", verbatimModuleSyntax: true }),
    "packages/exact/package.json": '{ "type": "module" }',
    "packages/exact/src/lib.ts": "export interface Wide { a: 1 }\n",
    "packages/exact/src/a.ts": "export type Near = Wide;\n",
  });
  const findings = await compilerFindings(workspace, ["packages/loose", "packages/exact"]);
  assert.equal(findings.length, 2);
  assert.deepEqual(await texts(await collect(proposer, findings, workspace), workspace), [
    'import type { Wide } from "./lib.js";\n\nexport type Near = Wide;\n',
    'import { Far } from "./lib";\n\nexport type Near = Far;\n',
  ]);
});

test("references are followed from a solution file and across packages, without a build", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
    "tsconfig.app.json": config(
      { composite: true, rootDir: "app", outDir: "out/app", module: "esnext", moduleResolution: "bundler" },
      { include: ["app"], references: [{ path: "./lib" }] },
    ),
    "lib/tsconfig.json": config({ composite: true, rootDir: ".", outDir: "../out/lib" }, { include: ["*.ts"] }),
    "lib/index.ts": "export const near = 1;\nexport const other = 2;\n",
    "app/a.ts": 'import { other } from "../lib/index";\nexport const sum = other + near;\n',
  });
  const findings = await compilerFindings(workspace, ["tsconfig.app.json"]);
  const names = findings.filter(({ rule }) => rule === "TS2304");
  assert.equal(names.length, 1);
  const [text] = await texts(await collect(proposer, names, workspace), workspace);
  assert.equal(text, 'import { near, other } from "../lib/index";\nexport const sum = other + near;\n');
});

test("a file that only an oddly named configuration contains is found through it", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": config({}),
    "tsconfig.test.json": config({ noUnusedLocals: true }, { include: ["tests"] }),
    "src/a.ts": "export {};\n",
    "tests/deep/a.ts": "const unused = 1;\nexport {};\n",
  });
  const findings = await compilerFindings(workspace, ["tsconfig.test.json"]);
  assert.deepEqual(await texts(await collect(proposer, findings, workspace), workspace), ["export {};\n"]);
});

/** A `node_modules/typescript` of the project's own in place of the shared one. */
function installTypeScript(workspace: Workspace, files: Record<string, string>): void {
  const folder = join(workspace.root, "node_modules/typescript");
  rmSync(join(workspace.root, "node_modules"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const unused = { "tsconfig.json": config({ noUnusedLocals: true }), "src/a.ts": "const unused = 1;\nexport {};\n" };

test("a native TypeScript has no language service: stet's own is used", async () => {
  using workspace = plainWorkspace(unused);
  const findings = await compilerFindings(workspace);
  installTypeScript(workspace, {
    "package.json": '{ "name": "typescript", "version": "7.0.2", "main": "lib/version.cjs" }',
    "lib/version.cjs": 'module.exports = { version: "7.0.2", versionMajorMinor: "7.0" };\n',
  });
  assert.deepEqual(await texts(await collect(proposer, findings, workspace), workspace), ["export {};\n"]);
});

test("the project's own TypeScript is used, and its crash in one file costs no other file's proposals", async () => {
  using workspace = plainWorkspace({ ...unused, "src/b.ts": "const other = 1;\nexport {};\n" });
  const findings = await compilerFindings(workspace);
  assert.equal(findings.length, 2);
  const real = JSON.stringify(join(packageRoot, "node_modules/typescript"));
  installTypeScript(workspace, {
    "index.js": `const ts = require(${real});
class ProjectService extends ts.server.ProjectService {
  openClientFile(file, ...rest) {
    if (file.endsWith("src/a.ts")) throw new Error("Debug Failure.");
    return super.openClientFile(file, ...rest);
  }
}
module.exports = { ...ts, server: { ...ts.server, ProjectService } };
`,
  });
  const proposals: Proposal[] = [];
  const running = (async () => {
    for await (const offer of proposer.propose(findings, workspace)) if (!("declined" in offer)) proposals.push(offer);
  })();
  await assert.rejects(running, { name: "ProposerFault", code: "incomplete", detail: "src/a.ts: Error: Debug Failure." });
  assert.deepEqual(proposals.map(({ edits }) => edits[0]?.file), ["src/b.ts"]);
});

test("plug-ins that the project's configuration names are not loaded", async () => {
  using workspace = plainWorkspace({ ...unused, "tsconfig.json": config({ noUnusedLocals: true, plugins: [{ name: "planted" }] }) });
  const findings = await compilerFindings(workspace);
  rmSync(join(workspace.root, "node_modules"));
  const planted = join(workspace.root, "node_modules/planted");
  mkdirSync(planted, { recursive: true });
  writeFileSync(join(planted, "index.js"), 'throw new Error("planted");\n');
  symlinkSync(join(packageRoot, "node_modules/typescript"), join(workspace.root, "node_modules/typescript"));
  assert.equal((await collect(proposer, findings, workspace)).length, 1);
});

test("a worker that cannot start or does not end in time is a fault, never an absence of proposals", async () => {
  using workspace = plainWorkspace(unused);
  const findings = await compilerFindings(workspace);
  const broken: Workspace = {
    ...workspace,
    run: (command) => workspace.run({ ...command, env: { NODE_OPTIONS: "--require=./gone.cjs" } }),
  };
  await assert.rejects(collect(proposer, findings, broken), { name: "ProposerFault", code: "crashed", detail: /gone\.cjs/ });
  const hurried: Workspace = { ...workspace, run: (command) => workspace.run({ ...command, timeoutMs: 1 }) };
  await assert.rejects(collect(proposer, findings, hurried), { name: "ProposerFault", code: "timeout" });
});
