import assert from "node:assert/strict";
import { test } from "node:test";
import { BRANCH, commits, landed, RUN, struck } from "../../test/support/runs.ts";
import type { Event } from "../domain/event.ts";
import type { Reading } from "../domain/reading.ts";
import { reason } from "../domain/reason.ts";
import { progress } from "./progress.ts";

const read: Reading = { kind: "read", check: "tsc", findings: [], durationMs: 3_200 };
const EVENTS: readonly Event[] = [
  { type: "run-started", run: RUN, base: "ba5e".repeat(10), checks: ["tsc", "vitest"] },
  { type: "notice", reason: reason("run", "uncommitted-changes", { files: 1 }) },
  { type: "check-started", check: "tsc", purpose: "baseline" },
  { type: "check-ended", reading: read, cached: false },
  { type: "check-ended", reading: { ...read, check: "vitest", inventory: { a: "passed" } }, cached: true },
  { type: "proposing", by: "ts-codefix", findings: 4 },
  { type: "round", number: 1, findings: 4, proposals: 2 },
  { type: "trying", proposals: 2, measurement: 1 },
  { type: "check-started", check: "tsc", purpose: "trial" },
  { type: "check-ended", reading: read, cached: false },
  { type: "check-ended", reading: { kind: "timeout", check: "vitest", detail: "", durationMs: 600_000 }, cached: false },
  { type: "verdict", verdict: landed, landed: true },
  { type: "verdict", verdict: struck[0] ?? landed, landed: false },
  { type: "landed", ref: BRANCH, commits },
  { type: "run-ended", run: RUN, status: "finished", exitCode: 0, reasons: [] },
];

/** A second passes with every look at the clock. */
function record(options: { isTTY: boolean; quiet?: boolean; columns?: number; stepMs?: number }): string[] {
  const { columns = 80, stepMs = 0, ...rest } = options;
  const written: string[] = [];
  let nowMs = 0;
  const listen = progress({ ...rest, columns, write: (text) => written.push(text), now: () => (nowMs += stepMs) });
  for (const event of EVENTS) listen(event);
  return written;
}

test("plain lines tell what happened, one event a line", () => {
  assert.equal(
    record({ isTTY: false }).join(""),
    `Run ${RUN} from ba5eba5, held against tsc and vitest
1 file with uncommitted changes: the run works from the commit, without them.
  tsc: 0 findings (3.2 s)
  vitest: 0 findings, 1 test (known from before)
Round 1: 4 findings, 2 proposals to try
  vitest: timeout (10 min 0 s)
Landed 1 commit on stet/repair-${RUN}
`,
  );
});

test("on long work a plain line says what goes on, at most every ten seconds", () => {
  const still = (stepMs: number): string[] => record({ isTTY: false, stepMs }).filter((line) => line.includes(" · "));
  assert.deepEqual(still(1_000), []);
  assert.equal(still(20_000).length, 7);
  assert.match(still(20_000)[0] ?? "", /^tsc on the base · \d+ min \d+ s\n$/);
});

test("a terminal has one line that is written over and gone at the end", () => {
  const written = record({ isTTY: true, columns: 100 });
  const clear = "\r\x1b[2K";
  assert.ok(written.includes(`${clear}tsc on a trial · round 1 · measurement 1, 2 proposals · 1 green · 1 struck · 0.0 s`));
  assert.equal(written.at(-1), clear);
  // What stays must not be written onto the status line.
  for (const [index, text] of written.entries()) {
    if (text.endsWith("\n")) assert.ok(written[index - 1] === undefined || written[index - 1] === clear || written[index - 1]?.endsWith("\n"));
  }
});

test("the status line never fills the last column, and its clock can be brought up to date", () => {
  const longest = Math.max(...record({ isTTY: true, columns: 20 }).filter((text) => !text.endsWith("\n")).map((text) => text.replace(/^\r\S\[2K/, "").length));
  assert.equal(longest, 19);
  const written: string[] = [];
  let nowMs = 0;
  const shown = progress({ isTTY: true, columns: 80, write: (text) => written.push(text), now: () => nowMs });
  shown({ type: "check-started", check: "tsc", purpose: "baseline" });
  nowMs = 12_000;
  shown.tick();
  shown.clear();
  shown.clear();
  assert.deepEqual(written.slice(1), ["\r\x1b[2Ktsc on the base · 12 s", "\r\x1b[2K"]);
});

test("quiet is silent", () => {
  assert.deepEqual(record({ isTTY: true, quiet: true }), []);
});
