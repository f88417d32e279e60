/** The page stands by itself, tells what the ledger tells, and nothing in a run can become markup. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { VerdictEntry } from "../../domain/entry.ts";
import { finding } from "../../domain/finding.ts";
import { reason } from "../../domain/reason.ts";
import { edit, propose } from "../../../test/support/gates.ts";
import type { ReportedRun } from "../run.ts";
import { runHtml } from "./page.ts";

const HOSTILE = `</pre><script>alert(1)</script><img src=x onerror="alert(1)">&lt;\u202e\u001b[31m`;

function verdict(parts: Partial<VerdictEntry>): VerdictEntry {
  const findings = [finding({ by: "tsc", rule: "TS1", category: "other", message: `m ${HOSTILE}`, at: { file: "a.ts", line: 3, column: 1 } })];
  const made = propose([edit("a.ts", 0, `old ${HOSTILE}\n`, "new\n")], { findings, title: HOSTILE, by: "model m", rung: 2, cost: { requests: 2, inputTokens: 90, outputTokens: 10, usd: 0.5 } });
  return {
    kind: "verdict", at: "2026-11-21T10:00:30.000Z", run: "r", verdict: "better", proposal: made, reasons: [],
    evidence: [{ check: "tsc", before: 12, after: 7 }], dryRun: false, ...parts,
  };
}

function run(parts: Partial<ReportedRun> = {}): ReportedRun {
  const good = verdict({});
  const bad = verdict({ verdict: "worse", reasons: [reason("tsc", "new-finding", { rule: "TS2", message: HOSTILE, file: "b.ts", line: 1 })], proposal: propose([edit("b.ts", 0, "x", "y")], { title: "bad", by: "tool-fix" }) });
  return {
    start: { kind: "run", at: "2026-11-21T10:00:00.000Z", run: "r", command: "repair", work: "w", base: "b".repeat(40), branch: "refs/heads/stet/r", dryRun: false, containment: "bwrap", unenforced: [] },
    verdicts: [good, bad],
    declined: [{ kind: "declined", at: "2026-11-21T10:00:40.000Z", run: "r", by: "model m", rung: 2, findings: [], reason: reason("model", "gave-up", { detail: HOSTILE }), cost: { requests: 1, inputTokens: 5, outputTokens: 5, usd: 0.25 } }],
    commits: [{ proposal: good.proposal.id, commit: "c".repeat(40), title: HOSTILE }],
    tip: "c".repeat(40),
    remaining: [finding({ by: "tsc", rule: HOSTILE, category: "type_mismatch", message: HOSTILE })],
    undone: false,
    found: { type_mismatch: 4 },
    ended: { kind: "ended", at: "2026-11-21T10:01:00.000Z", run: "r", status: "finished", exitCode: 1, reasons: [], checks: { tsc: 3, eslint: 1 } },
    ...parts,
  };
}

test("nothing in a run becomes markup, and nothing is asked of the network", () => {
  const page = runHtml(run());
  assert.ok(!/<script|<img|onerror="|javascript:|url\(|@import|src=/i.test(page.replace(/&lt;[^<]*/g, "")));
  assert.ok(!/https?:/.test(page));
  assert.ok(!/[\u001b\u202e]/.test(page));
  assert.match(page, /default-src 'none'/);
  const opened = [...page.matchAll(/<([a-z][a-z0-9]*)\b(?![^>]*\/>)/g)].map(([, name]) => name).filter((name) => !["meta"].includes(name ?? ""));
  const closed = [...page.matchAll(/<\/([a-z][a-z0-9]*)>/g)].map(([, name]) => name);
  assert.deepEqual(opened.sort(), closed.sort());
});

test("it tells findings, outcomes by rung, cost, time, what remains and every change", () => {
  const page = runHtml(run());
  assert.match(page, /by category.*?type mismatch.*?<i class="before" style="width:100%" title="before: 4">.*?4 → 1/s);
  assert.match(page, /by check.*?<span class="label">tsc<\/span>.*?<i class="before" style="width:100%" title="before: 12">.*?<i class="after" style="width:58\.33%" title="after: 7">.*?12 → 7/s);
  assert.match(page, /model m \(rung 2\).*?1 landed, 1 declined \(50 %\)/s);
  assert.match(page, /<td>\$0\.7500<\/td><td>\$0\.7500<\/td>/);
  assert.match(page, /<dt>checks per landed fix<\/dt><dd>3\.000<\/dd>/);
  assert.match(page, /<dt>cost per landed fix<\/dt><dd>\$0\.7500<\/dd>/);
  assert.match(page, /better: 1<\/span><span class="lane"><i class="better" style="left:50%" title="better: /);
  assert.match(page, /nothing was on offer.*?1 finding/s);
  assert.match(page, /<span class="tag better">ccccccc<\/span>/);
  assert.match(page, /<span class="del"><b><\/b>- old &lt;\/pre&gt;&lt;script&gt;/);
  assert.match(page, /Did not land.*?bad/s);
  assert.match(page, /Asked in vain.*?The model gave up/s);
});

test("a change is shown with its lines' numbers and what stands around them, where the file is at hand", () => {
  const before = Array.from({ length: 30 }, (_, index) => `line ${index + 1}\n`).join("");
  const start = before.indexOf("15");
  const made = propose([edit("c.ts", start, "15", "fifteen"), edit("c.ts", before.indexOf("28"), "28", "\t28")], { by: "x" });
  const one = verdict({ verdict: "refused", reasons: [reason("size", "too-many-files", { files: 1, max: 0 })], proposal: made });
  const page = runHtml(run({ verdicts: [one] }), new Map([[`${made.base}:c.ts`, before]]));
  const shown = /<pre[^>]*>(.*?)<\/pre>/s.exec(page)?.[1] ?? "";
  const lines = shown.split("</span>").map((line) => line.replace(/<[^>]*>/g, ""));
  assert.deepEqual(lines.slice(0, 9), ["12  line 12", "13  line 13", "14  line 14", "15- line 15", "15+ line fifteen", "16  line 16", "17  line 17", "18  line 18", "  ⋯ "]);
  assert.ok(lines.includes("28+ line     28"));
  assert.equal(lines.length, 9 + 7 + 1);
});

test("a run with nothing in it is a page as well", () => {
  const page = runHtml(run({ verdicts: [], declined: [], commits: [], remaining: [], found: {} }));
  assert.ok(!page.includes("<ul"));
  assert.match(page, /<\/html>\n$/);
});
