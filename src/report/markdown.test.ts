import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hostileText } from "../../test/support/hostile.ts";
import { recorded, RUN } from "../../test/support/runs.ts";
import { code, escaped, runMarkdown } from "./markdown.ts";

test("a run as Markdown", () => {
  assert.equal(
    runMarkdown(recorded()),
    `# stet repair: run \`${RUN}\`

- finished, exit code 1
- started 2025-01-31 12:00:05 UTC, took 1 min 12 s
- base \`ba5eba5\`, branch \`stet/repair-${RUN}\` at \`c0ffeec\`

## Landed

- \`c0ffeec\` Fix TS2304 in src/a.ts: Import x

## Did not land

- **2 × worse**: tsc finds something new in src/b.ts:8: TS2322: Type 'string' is not assignable.
  - TS2304 in src/b.ts: Change to 'why'
  - TS2304 in src/b.ts: Change to 'zed'
- **1 × refused**: test/c.test.ts is a test or defines a check, and what measures a change must not be part of it; \\-\\-allow\\-path exempts it for one run.
  - TS2304 in test/c.test.ts: Import x

## Remaining: 3 findings

| category | findings | rules | for example |
|---|--:|---|---|
| undefined name | 3 | TS2304 \\(3\\) | src/b.ts:7 |

## Figures

- 1 of 4 attempts landed \\(25 %\\)
- Surviving: 3 undefined name; 3 after rung 0

## Checks

- \`tsc\`: 4 → 3 findings`,
  );
});

test("text cannot become markup, a mention or a reference", () => {
  assert.equal(escaped("<img src=x> [a](b) `c` @ada fixes #1 | *d*"), "\\<img src\\=x\\> \\[a\\]\\(b\\) \\`c\\` @ ada fixes \\# 1 \\| \\*d\\*");
  assert.equal(code("a`b``c"), "```a`b``c```");
  assert.equal(code("`a"), "`` `a ``");
  fc.assert(
    fc.property(hostileText(["`", "``", "<b>", "@ada", "|", "\\"]), (text) => {
      assert.doesNotMatch(escaped(text).replace(/\\./g, " "), /[`*_[\]<>|#]|\n/);
      assert.doesNotMatch(escaped(text).replace(/\\(.)/g, "$1"), /(?<!\w)@\w/, "as it is shown");
      const span = code(text);
      const fence = /^`+/.exec(span)?.[0] ?? "";
      assert.doesNotMatch(span.slice(fence.length, -fence.length).replace(/^ | $/g, ""), new RegExp(`(?<!\`)${fence}(?!\`)`));
    }),
  );
});
