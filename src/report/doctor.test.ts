import assert from "node:assert/strict";
import { test } from "node:test";
import { doctorText, type Diagnosis } from "./doctor.ts";
import { noPaint } from "./paint.ts";

const good: Diagnosis = { area: "tools", name: "git", ok: "ok", detail: "git version 2.43.0" };
const limited: Diagnosis = { area: "sandbox", name: "network", ok: "warn", detail: "unshare: \x1b[1mnot permitted\n" };
const broken: Diagnosis = { area: "checks", name: "eslint", ok: "fail", detail: "missing", advice: "run npm ci" };

test("diagnoses stand by area, with advice below", () => {
  assert.equal(
    doctorText([good, limited, broken], noPaint),
    `tools
  ok    git      git version 2.43.0

sandbox
  warn  network  unshare: \\u{1B}[1mnot permitted

checks
  fail  eslint   missing
        → run npm ci

stet cannot run here until the line marked "fail" is mended.`,
  );
});

test("the conclusion follows the worst line", () => {
  assert.match(doctorText([good], noPaint), /\n\nstet can run here\.$/);
  assert.match(doctorText([good, limited], noPaint), /\n\nstet can run here, with the limits marked "warn"\.$/);
  assert.match(doctorText([broken, broken], noPaint), /the 2 lines marked "fail" are mended\.$/);
});
