/** Unused declarations: what can go, what only looks as if it could. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applied, collect, compilerFindings } from "../../test/support/proposals.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { proposer } from "./ts-codefix.ts";

const tsconfig = JSON.stringify({
  compilerOptions: { strict: true, target: "es2022", skipLibCheck: true, lib: ["es2022"], types: [], noUnusedLocals: true, noUnusedParameters: true },
  include: ["src"],
});

test("unused locals go in one where nothing in them runs", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": tsconfig,
    "src/a.ts": "const one = 1;\nfunction two() { return one2(); }\nfunction one2() {}\nexport const three = one2;\nconst four = () => one2();\n",
  });
  const proposals = await collect(proposer, await compilerFindings(workspace), workspace);
  const [together] = proposals;
  assert.ok(together);
  assert.equal(together.findings.length, 3);
  assert.equal(together.safety, "safe");
  assert.equal(together.title, "TS6133 in src/a.ts: Delete all unused declarations");
  assert.deepEqual(await applied(together, workspace), { "src/a.ts": "function one2() {}\nexport const three = one2;\n" });
});

test("a deletion that would take a call with it is shown and never tried, and the others go without it", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": tsconfig,
    "src/a.ts": "declare function launch(): number;\nconst one = 1;\nconst two = launch();\nconst three = 3;\nexport {};\n",
  });
  const proposals = await collect(proposer, await compilerFindings(workspace), workspace);
  const live = proposals.filter(({ edits }) => edits.some(({ before }) => before?.includes("launch()")));
  assert.deepEqual(live.map(({ safety, caution }) => [safety, caution]), [["display", "live-code"]]);
  const [together] = proposals;
  assert.ok(together);
  assert.equal(together.safety, "safe");
  assert.deepEqual(await applied(together, workspace), {
    "src/a.ts": "declare function launch(): number;\nconst two = launch();\nexport {};\n",
  });
});

test("an unused parameter gets its underscore before it is deleted", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": tsconfig,
    "src/a.ts": "function first(one: number, two?: number) { return one; }\nexport const result = first(1);\n",
  });
  const proposals = await collect(proposer, await compilerFindings(workspace), workspace);
  const results = await Promise.all(proposals.map((proposal) => applied(proposal, workspace)));
  assert.match(results[0]?.["src/a.ts"] ?? "", /first\(one: number, _two\?: number\)/);
  assert.match(results[1]?.["src/a.ts"] ?? "", /first\(one: number\)/);
});

test("a fix-all that would reach beyond the findings asked about is not used", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": tsconfig,
    "src/a.ts": "const one = 1;\nconst two = 2;\nconst three = 3;\nexport {};\n",
  });
  const asked = (await compilerFindings(workspace)).slice(0, 2);
  const [together] = await collect(proposer, asked, workspace);
  assert.ok(together);
  assert.equal(together.findings.length, 2);
  assert.deepEqual(await applied(together, workspace), { "src/a.ts": "const three = 3;\nexport {};\n" });
});

test("unused imports and unreachable code", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": tsconfig.replace('"strict":true', '"strict":true,"allowUnreachableCode":false'),
    "src/b.ts": "export const far = 1;\nexport const near = 2;\nexport declare function launch(): void;\n",
    "src/a.ts": 'import { far, launch, near } from "./b";\nexport function run() {\n  return near;\n  launch();\n}\n',
  });
  const proposals = await collect(proposer, await compilerFindings(workspace), workspace);
  const bySafety = proposals.map(({ findings, safety }) => `${findings[0]?.rule ?? ""} ${safety}`);
  assert.deepEqual(bySafety, ["TS6133 safe", "TS7027 unsafe"]);
  const results = await Promise.all(proposals.map((proposal) => applied(proposal, workspace)));
  assert.match(results[0]?.["src/a.ts"] ?? "", /^import \{ launch, near \} from/);
  assert.match(results[1]?.["src/a.ts"] ?? "", /return near;\n\}/);
});
