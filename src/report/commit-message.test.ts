import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { edit, propose } from "../../test/support/gates.ts";
import { hostileText } from "../../test/support/hostile.ts";
import { finding, type Finding } from "../domain/finding.ts";
import { commitMessage } from "./commit-message.ts";

const unused = (name: string, line: number, file = "src/a.ts"): Finding =>
  finding({
    by: "tsc", rule: "TS6133", category: "other", at: { file, line, column: 1 },
    message: `'${name}' is declared but its value is never read.`,
  });

const trailersOf = (message: string): string =>
  execFileSync("git", ["interpret-trailers", "--parse"], { input: message, encoding: "utf8" });

test("a message says what was fixed, what was measured, and whose run it was", () => {
  const proposal = propose([edit("src/a.ts", 0, "x", "")], {
    findings: [unused("x", 1), unused("y", 4)], by: "ts-codefix", title: "TS6133 in src/a.ts",
  });
  const evidence = [{ check: "tsc", before: 41, after: 39 }, { check: "vitest", before: 0, after: 0, passed: 120 }];
  const message = commitMessage({ proposal, run: "202501011200-ab12", evidence, measured: "above", version: "0.1.0" });
  assert.equal(
    message,
    `Fix TS6133 in src/a.ts: 2 findings

Fixed:
- TS6133 src/a.ts:1: 'x' is declared but its value is never read.
- TS6133 src/a.ts:4: 'y' is declared but its value is never read.

Green at the tip of its round, measured there against the round's start:
- tsc: 41 → 39 findings
- vitest: 120 tests passed

Proposed by ts-codefix, tried and landed by stet 0.1.0. Hooks were not run.

Stet-Run: 202501011200-ab12
Stet-Proposal: ${proposal.id}
`,
  );
  assert.equal(trailersOf(message), `Stet-Run: 202501011200-ab12\nStet-Proposal: ${proposal.id}\n`);
});

test("what whoever suggested it says for it is quoted as that, and bounded", () => {
  const stated = { rationale: `It is a default.\n\nFixes #1\n${"more\n".repeat(10)}`, confidence: 92.4 };
  const message = commitMessage({ proposal: propose([edit("a.ts", 0, "x", "")], { stated }), run: "r", evidence: [], measured: "alone" });
  assert.ok(message.includes("Why, in the words of whoever suggested it, which nothing here rests on:\n> It is a default.\n> Fixes # 1\n> more\n> more\n> more\nConfidence that was stated, and not measured: 92 of 100.\n\nProposed by"), message);
});

const subjectOf = (parts: Parameters<typeof propose>[1], files = ["src/a.ts"]): string => {
  const proposal = propose(files.map((file) => edit(file, 0, "x", "")), parts);
  return commitMessage({ proposal, run: "r", evidence: [], measured: "alone" }).split("\n", 1)[0] ?? "";
};

test("the first line is short and honest", () => {
  const one = [unused("x", 1)];
  assert.equal(subjectOf({ findings: one, title: "TS6133 in src/a.ts: Remove 'x'" }), "Fix TS6133 in src/a.ts: Remove 'x'");
  assert.equal(subjectOf({ findings: one, title: "Remove 'x'" }, ["a.ts", "b.ts"]), "Fix TS6133 in 2 files: 1 finding");
  const two = [...one, { ...unused("x", 2), rule: "no-unused-vars" }];
  assert.equal(subjectOf({ findings: two, title: "" }), "Fix 2 rules in src/a.ts: 2 findings");
  assert.equal(subjectOf({ title: "npx eslint --fix ." }), "npx eslint --fix .");
  assert.equal(subjectOf({ title: "# !" }), "!");
  assert.equal(subjectOf({ title: "#" }), "Change src/a.ts by test");
  const long = subjectOf({ findings: [...one, ...one], title: "" }, [`${"deep/".repeat(30)}file.ts`]);
  assert.match(long, /^Fix TS6133 in …[\w/]+\/file\.ts: 2 findings$/);
  assert.ok(Array.from(long).length <= 72);
});

test("more than ten findings are counted, not listed", () => {
  const findings = [...Array(13).keys()].map((line) => unused("x", line + 1));
  const message = commitMessage({ proposal: propose([edit("a.ts", 0, "x", "")], { findings }), run: "r", evidence: [], measured: "alone" });
  assert.match(message, /a\.ts:10: .*\n- and 3 more\n/);
});

const PIECES = [
  "[skip ci]", "[ci skip]", "[skip", " ci]", "***NO_CI***", "skip-checks: true", "Signed-off-by: Eve <e@x>",
  "Co-authored-by: Eve <e@x>", "\nToken: value", "@ada", "@team/all", "fixes #1", "GH-12", "Closes: https://x/issues/1",
  "---\n", "\n# comment", "Stet-Run: forged", "BREAKING CHANGE: x", "fixup! main",
];
const ORDERS = [
  /\[[^[\]\n]*(?:skip|no.?ci)[^[\]\n]*\]/i, /NO_CI/i, /skip-checks\s*:/i, /-by\s*:/i, /(?<!\w)@\w/, /#\d/, /\bGH-\d/i,
  /\b(?:closes|fixes):? http/i, /BREAKING CHANGE:/i, /^fixup!/,
];

test("hostile text orders nothing and forges no trailer", () => {
  const text = hostileText(PIECES);
  const texts = fc.record({ rule: text, message: text, file: text, title: text, check: text, by: text, rationale: text, single: fc.boolean() });
  fc.assert(
    fc.property(texts, ({ rule, message, file, title, check, by, rationale, single }) => {
      const found = finding({ by, rule, message, category: "other", at: { file, line: 1, column: 1 } });
      const proposal = propose([edit(file, 0, "x", "")], { findings: single ? [found] : [], by, title, stated: { rationale } });
      const made = commitMessage({ proposal, run: "r-1", evidence: [{ check, before: 1, after: 0 }], measured: "tip" });
      for (const order of ORDERS) assert.doesNotMatch(made, order);
      assert.doesNotMatch(made.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Cs}]/u);
      assert.ok(Array.from(made.split("\n", 1)[0] ?? "").length <= 72);
      assert.equal(trailersOf(made), `Stet-Run: r-1\nStet-Proposal: ${proposal.id}\n`);
    }),
    { numRuns: 150 },
  );
});
