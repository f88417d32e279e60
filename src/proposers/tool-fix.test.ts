import assert from "node:assert/strict";
import { test } from "node:test";
import { applied, collect, lintFindings } from "../../test/support/proposals.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { finding, type Finding, type Fix } from "../domain/finding.ts";
import { proposer } from "./tool-fix.ts";

const config = (rules: object): Record<string, string> => ({
  "eslint.config.js": `export default [{ rules: ${JSON.stringify(rules)} }];\n`,
  "package.json": '{ "type": "module" }\n',
});

test("first every fix of a rule in a file at once, then each by itself", async () => {
  using workspace = plainWorkspace({
    ...config({ "no-var": "error" }),
    "a.js": "var one = 1;\nvar two = 2;\nexport default one + two;\n",
    "b.js": "var three = 3;\nexport default three;\n",
  });
  const proposals = await collect(proposer, await lintFindings(workspace), workspace);
  assert.deepEqual(
    proposals.map(({ title, findings, safety }) => [title, findings.length, safety]),
    [
      ["no-var in a.js", 2, "safe"],
      ["no-var in a.js: fix", 1, "safe"],
      ["no-var in a.js: fix", 1, "safe"],
      ["no-var in b.js: fix", 1, "safe"],
    ],
  );
  const [together] = proposals;
  assert.ok(together);
  assert.deepEqual(await applied(together, workspace), { "a.js": "let one = 1;\nlet two = 2;\nexport default one + two;\n" });
});

test("suggestions come one by one in the tool's order, and are unsafe together", async () => {
  using workspace = plainWorkspace({ ...config({ "no-useless-escape": "error" }), "a.js": "export default 'a\\d\\e';\n" });
  const findings = await lintFindings(workspace);
  const proposals = await collect(proposer, findings, workspace);
  assert.deepEqual(proposals.map(({ findings, safety }) => [findings.length, safety]), [
    [2, "unsafe"],
    ...findings.flatMap(({ fixes = [] }) => fixes.map(() => [1, "unsafe"])),
  ]);
  const results = await Promise.all(proposals.map((proposal) => applied(proposal, workspace)));
  assert.deepEqual(results[0], { "a.js": "export default 'ade';\n" });
  assert.deepEqual(results[1], { "a.js": "export default 'ad\\e';\n" });
  assert.deepEqual(results[2], { "a.js": "export default 'a\\\\d\\e';\n" });
});

const text = "abcdef";
const fix = (safety: Fix["safety"], start: number, before: string, after: string): Fix => ({
  title: `put ${after}`,
  safety,
  edits: [{ file: "a.txt", start, before, after }],
});
const offering = (message: string, ...fixes: Fix[]): Finding =>
  finding({ by: "tool", rule: "R1", category: "other", message, at: { file: "a.txt", line: 1, column: 1 }, fixes });

test("a fix that conflicts with an earlier one stays out of the whole", async () => {
  using workspace = plainWorkspace({ "a.txt": text });
  const findings = [
    offering("one", fix("safe", 0, "ab", "X")),
    offering("two", fix("safe", 1, "bc", "Y")),
    offering("three", fix("safe", 4, "e", "Z")),
  ];
  const [together, ...singles] = await collect(proposer, findings, workspace);
  assert.ok(together);
  assert.deepEqual(together.findings.map(({ message }) => message), ["one", "three"]);
  assert.deepEqual(await applied(together, workspace), { "a.txt": "XcdZf" });
  assert.equal(singles.length, 3);
});

test("equal changes of equal findings at two places are two proposals", async () => {
  using workspace = plainWorkspace({ "a.txt": "aa" });
  const findings = [0, 1].map((start) => offering("same", fix("safe", start, "a", "b")));
  const [together, ...singles] = await collect(proposer, findings, workspace);
  assert.equal(together?.edits.length, 2);
  assert.deepEqual(singles.map(({ edits }) => edits[0]?.start), [0, 1]);
});

test("one change that settles two findings is proposed once, for both", async () => {
  using workspace = plainWorkspace({ "a.txt": text });
  const findings = [offering("one", fix("safe", 0, "a", "A")), offering("two", fix("unsafe", 0, "a", "A"))];
  const proposals = await collect(proposer, findings, workspace);
  assert.deepEqual(proposals.map(({ findings, safety, edits }) => [findings.length, safety, edits.length]), [[2, "unsafe", 1]]);
});

test("safe before unsafe, and what is for display never makes the whole display-only", async () => {
  using workspace = plainWorkspace({ "a.txt": text });
  const findings = [
    offering("one", fix("display", 0, "a", "1"), fix("unsafe", 0, "a", "2"), fix("safe", 0, "a", "3")),
    offering("two", fix("unsafe", 2, "c", "4")),
    offering("three", fix("display", 4, "e", "5")),
    offering("four"),
  ];
  const proposals = await collect(proposer, findings, workspace);
  const summary = proposals.map(({ safety, edits }) => `${safety} ${edits.map(({ after }) => after).join("")}`);
  assert.deepEqual(summary, ["unsafe 34", "safe 3", "unsafe 2", "display 1", "unsafe 4", "display 5"]);
});

test("hostile titles become one short line", async () => {
  using workspace = plainWorkspace({ "a.txt": text });
  const hostile = { ...fix("safe", 0, "a", "b"), title: `x\r\n\u001b[2J${"😀".repeat(200)}` };
  const [only] = await collect(proposer, [offering("one", hostile)], workspace);
  assert.match(only?.title ?? "", /^R1 in a\.txt: x \[2J😀+…$/u);
  assert.equal(Array.from(only?.title ?? "").length, 120);
});
