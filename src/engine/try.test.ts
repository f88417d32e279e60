import assert from "node:assert/strict";
import { test } from "node:test";
import type { Check } from "../domain/plugin.ts";
import type { Edit } from "../domain/proposal.ts";
import type { Reading } from "../domain/reading.ts";
import type { FileDifference } from "../trial/difference.ts";
import { badLines, checkOf, engineOn, ground, type Engine, type Ground } from "../../test/support/kit.ts";
import { keptFiles, tryChange, type TryResult } from "./try.ts";

const FILES = { "a.txt": "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "b.txt": "b\n", "c.txt": "c\n" };
const bad = (): Check => checkOf("bad", badLines("a.txt", "b.txt", "c.txt", "new.txt"));

/** A change of these files: each edit is `[before, after]` of a text that stands there once. */
function changeOf(files: Readonly<Record<string, string>>, changes: Readonly<Record<string, readonly [string | null, string | null][]>>): FileDifference[] {
  return Object.entries(changes).map(([file, edits]) => ({
    file,
    edits: edits.map(([before, after]): Edit => ({ file, start: before === null || after === null ? 0 : (files[file] ?? "").indexOf(before), before, after })),
  }));
}

const go = ({ kit, readings }: Engine, { tree }: Ground, change: readonly FileDifference[], whole = false): Promise<TryResult> =>
  tryChange(kit, { tree, readings, title: "tool", change, whole });
const struck = (result: TryResult): string[] =>
  result.struck.map(({ kind, proposal, reasons }) => `${kind} ${proposal.edits.map(({ file, after }) => `${file}=${after ?? "gone"}`).join("+")} ${reasons[0]?.code ?? ""}`);
const show = (place: Ground, file: string): string => place.git("show", `refs/heads/stet/test:${file}`);

test("green files land as one commit, red ones are struck and keep their green hunks", async () => {
  using place = await ground(FILES);
  const engine = await engineOn(place, { checks: [bad()] });
  const change = changeOf(FILES, { "a.txt": [["1", "one"], ["9", "BAD nine"]], "b.txt": [["b", "bee"]], "c.txt": [["c", "BAD c"]] });
  const result = await go(engine, place, change);
  assert.deepEqual(struck(result).sort(), ["worse a.txt=BAD nine new-finding", "worse c.txt=BAD c new-finding"]);
  assert.deepEqual([...keptFiles(result)].sort(), ["a.txt", "b.txt"]);
  assert.deepEqual([show(place, "a.txt"), show(place, "b.txt"), show(place, "c.txt")], ["one\n2\n3\n4\n5\n6\n7\n8\n9", "bee", "c"]);
  assert.equal(place.git("rev-list", "--count", "main..refs/heads/stet/test"), "1");
});

test("all or nothing, where that was asked for", async () => {
  using place = await ground(FILES);
  const red = await go(await engineOn(place, { checks: [bad()] }), place, changeOf(FILES, { "b.txt": [["b", "bee"]], "c.txt": [["c", "BAD c"]] }), true);
  assert.deepEqual([red.kept.length, struck(red)], [0, ["worse b.txt=bee+c.txt=BAD c new-finding"]]);
  const link = await go(await engineOn(place, { checks: [bad()] }), place, [...changeOf(FILES, { "b.txt": [["b", "bee"]] }), { file: "link", edits: [], obstacle: "symlink" }], true);
  assert.deepEqual(struck(link), ["refused b.txt=bee symlink"]);
  assert.equal(place.git("for-each-ref", "refs/heads/stet"), "");
  await go(await engineOn(place, { checks: [bad()] }), place, changeOf(FILES, { "b.txt": [["b", "bee"]], "c.txt": [["c", "sea"]] }), true);
  assert.deepEqual([show(place, "b.txt"), show(place, "c.txt")], ["bee", "sea"]);
});

test("on a red base a change that makes nothing worse is not blamed, and one that swaps a finding for another is", async () => {
  const files = { ...FILES, "b.txt": "BAD old\n" };
  using place = await ground(files);
  const engine = await engineOn(place, { checks: [bad()] });
  const change = changeOf(files, { "b.txt": [["old", "other"]], "c.txt": [["c", "sea"]] });
  const result = await go(engine, place, change);
  assert.deepEqual(struck(result), ["worse b.txt=other new-finding"]);
  assert.deepEqual(keptFiles(result), ["c.txt"]);
  assert.deepEqual(engine.kit.run.verdicts.at(-1)?.evidence, [{ check: "bad", before: 1, after: 1 }]);
});

test("a file that becomes a folder lands whole, and half of that is struck", async () => {
  const files = { ...FILES, "x.txt": "x\n" };
  using place = await ground(files);
  const both = changeOf(files, { "x.txt": [["x\n", null]], "x.txt/y.txt": [[null, "y\n"]], "c.txt": [["c", "BAD c"]] });
  const result = await go(await engineOn(place, { checks: [bad()] }), place, both);
  assert.deepEqual([struck(result), show(place, "x.txt/y.txt")], [["worse c.txt=BAD c new-finding"], "y"]);
  place.git("update-ref", "-d", "refs/heads/stet/test");
  const half = await go(await engineOn(place, { checks: [bad()] }), place, changeOf(files, { "x.txt/y.txt": [[null, "y\n"]], "b.txt": [["b", "bee"]] }));
  assert.deepEqual(struck(half), ["worse x.txt/y.txt=y\n misfit"]);
  assert.deepEqual([show(place, "x.txt"), show(place, "b.txt")], ["x", "bee"]);
});

test("what is no text, or beyond the cap on files, is refused and named", async () => {
  using place = await ground(FILES);
  const engine = await engineOn(place, { checks: [bad()], maxFiles: 1 });
  const change = [...changeOf(FILES, { "b.txt": [["b", "bee"]], "c.txt": [["c", "sea"]] }), ...(["binary", "symlink", "submodule"] as const).map((obstacle) => ({ file: obstacle, edits: [], obstacle }))];
  const result = await go(engine, place, change);
  assert.deepEqual(struck(result).map((line) => line.split(" ").at(-1)), ["binary", "symlink", "submodule", "not-tried"]);
  assert.deepEqual(keptFiles(result), ["b.txt"]);
});

test("a gate refuses the hunk that it has something against, and the file's others go on", async () => {
  using place = await ground(FILES);
  const gate = { name: "no-x", summary: "", judge: ({ edits }: { edits: readonly Edit[] }) => (edits.some(({ after }) => after === "x") ? [{ by: "no-x", code: "x-found", args: {} }] : []) };
  const engine = await engineOn(place, { checks: [bad()], gates: [gate] });
  const result = await go(engine, place, changeOf(FILES, { "a.txt": [["1", "x"], ["9", "nine"]] }));
  assert.deepEqual(struck(result), ["refused a.txt=x x-found"]);
  assert.equal(show(place, "a.txt"), "1\n2\n3\n4\n5\n6\n7\n8\nnine");
});

test("what makes a check unable to tell is struck as unclear, and the rest lands", async () => {
  using place = await ground(FILES);
  const check = checkOf("bad", async (workspace): Promise<Reading> => {
    const breaks = (await workspace.readText("c.txt"))?.includes("breaks");
    return breaks ? { kind: "crashed", check: "bad", detail: "", durationMs: 0 } : badLines("b.txt")(workspace);
  });
  const result = await go(await engineOn(place, { checks: [check] }), place, changeOf(FILES, { "b.txt": [["b", "bee"]], "c.txt": [["c", "breaks"]] }));
  assert.deepEqual([struck(result), show(place, "b.txt")], [["unclear c.txt=breaks crashed"], "bee"]);
});

test("a change of nothing lands nothing", async () => {
  using place = await ground(FILES);
  const result = await go(await engineOn(place, { checks: [bad()] }), place, []);
  assert.deepEqual([result.kept, result.struck, place.git("for-each-ref", "refs/heads/stet")], [[], [], ""]);
});
