import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import type { SourceItem } from "../../domain/suggestion.ts";
import { allOf, piped, ROOT } from "../../../test/support/inputs.ts";
import { temporaryFolder } from "../../../test/support/workspace.ts";
import { sources } from "../index.ts";
import { readInputs } from "./read.ts";

const row = (file: string, reviewedAt: string, message = "m"): string => JSON.stringify({ file, reviewed_at: reviewedAt, suggestions_preview: message });

function read(cwd: string, inputs: readonly string[], stdin = "", format?: string, onSuperseded: () => unknown = () => undefined): Promise<SourceItem[]> {
  return allOf(readInputs({ inputs, cwd, stdin: piped(stdin), sources, roots: [ROOT], onSuperseded, ...(format !== undefined && { format }) }));
}

/** `file: message` of what holds, `code: input` of what was left out. */
function told(items: readonly SourceItem[]): string[] {
  return items.map((item) =>
    item.kind === "suggestion"
      ? `${item.suggestion.file}: ${item.suggestion.advice[0]?.finding.message ?? ""}`
      : `${item.skipped.reason.code} ${item.skipped.exitCode ?? "-"}: ${item.skipped.origin.input}`,
  );
}

test("each input is read by the source that recognises it, each once, and one that cannot be had is named", async () => {
  using folder = temporaryFolder({
    "rows.txt": row("a.ts", "2026-11-30", "row"),
    "scan.json": JSON.stringify({ version: "2.1.0", runs: [{ tool: { driver: { name: "s" } }, results: [{ message: { text: "sarif" }, locations: [{ physicalLocation: { artifactLocation: { uri: "b.ts" } } }] }] }] }),
    "d.json": JSON.stringify({ diagnostics: [{ message: "rdjson", location: { path: "c.ts" } }] }),
    "d.jsonl": JSON.stringify({ message: "rdjsonl", location: { path: "d.ts" } }),
    "comments.json": JSON.stringify([{ path: "e.ts", body: "comment", line: 1, diff_hunk: "" }]),
    "empty.json": " \n",
    "none.json": "[]\n",
    "odd.txt": "hello\n",
  });
  const inputs = ["rows.txt", "scan.json", "gone.json", "d.json", ".", "d.jsonl", "comments.json", "empty.json", "none.json", "odd.txt", "-", "rows.txt", join(folder.root, "d.json")];
  assert.deepEqual(told(await read(folder.root, inputs, "f.ts:1: plain\n")), [
    "b.ts: sarif", "input-missing 66: gone.json", "c.ts: rdjson", "input-not-a-file 65: .", "d.ts: rdjsonl", "e.ts: comment", "input-empty -: empty.json",
    "input-empty -: none.json", "input-unknown 65: odd.txt", "f.ts: plain", `c.ts: rdjson`, "a.ts: row",
  ]);
  assert.deepEqual(told(await read(folder.root, ["odd.txt"], "", "plain")), ["line-shape 65: odd.txt"], "a format that is named is taken");
});

test("of a file's reviews the latest holds, of two at one moment the one that was read last, over all inputs", async () => {
  using folder = temporaryFolder({
    "one.jsonl": [row("a.ts", "2026-11-30T10:00:00Z", "late"), row("./a.ts", "2026-11-29", "early"), row("b.ts", "2026-11-30", "first")].join("\n"),
    "two.jsonl": [row("b.ts", "2026-11-30T01:00:00+01:00", "second"), row("src\\..\\a.ts", "2026-11-30T09:00:00Z", "early")].join("\n"),
  });
  let superseded = 0;
  const items = await read(folder.root, ["one.jsonl", "two.jsonl"], "", undefined, () => superseded++);
  assert.deepEqual([told(items), superseded], [["a.ts: late", "b.ts: second"], 3]);
  assert.partialDeepStrictEqual(items, [{ suggestion: { origin: { input: "one.jsonl", number: 1 } } }, { suggestion: { origin: { input: "two.jsonl", number: 1 } } }]);
});

test("the latest row of each file holds, whatever the order of the rows", async () => {
  const moment = fc.integer({ min: 1_000, max: 1_006 });
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom("a.ts", "b.ts", "c.ts"), moment), { minLength: 1 }), async (rows) => {
    const text = rows.map(([file, at], index) => JSON.stringify({ file, reviewed_at: at, suggestions_preview: String(index) })).join("\n");
    const latest = new Map<string, number>();
    for (const [index, [file, at]] of rows.entries()) if (at >= (rows[latest.get(file) ?? -1]?.[1] ?? 0)) latest.set(file, index);
    const expected = [...latest.entries()].sort(([, one], [, other]) => one - other).map(([file, index]) => `${file}: ${index}`);
    assert.deepEqual(told(await read("/", ["-"], text)), expected);
  }));
});

test("a later row that does not vouch for itself stands for the earlier one all the same", async () => {
  const text = [JSON.stringify({ file: "a.ts", reviewed_at: 1, confidence_avg: 99, gradient_tier: "auto" }), JSON.stringify({ file: "a.ts", reviewed_at: 2, confidence_avg: null })].join("\n");
  const items = await read("/", ["-"], text);
  assert.partialDeepStrictEqual(items, [{ suggestion: { trust: { average: "null" } } }]);
});
