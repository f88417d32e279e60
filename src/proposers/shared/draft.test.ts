/** What an agent may do to files, and that it is bounded. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { listPaths, readLines, searchText } from "../../llm/tools/look.ts";
import { Draft } from "./draft.ts";

const LONG = Array.from({ length: 1_000 }, (_, index) => `line ${index + 1}\n`).join("");

function draft(files: Record<string, string> = { "src/a.ts": "one\ntwo\nthree\n", "src/b.ts": "two\n", "long.txt": LONG }): Draft {
  return new Draft({ files: Object.keys(files).sort(), readText: (path) => Promise.resolve(files[path]) });
}

test("it reads with line numbers, a bounded part at once, and only the project's files", async () => {
  assert.equal(await readLines(draft(), "src/a.ts", 2, 2), "src/a.ts, lines 2 to 2 of 4:\n2\ttwo");
  const part = await readLines(draft(), "long.txt", 100);
  assert.match(part, /^long\.txt, lines 100 to 499 of 1001:\n100\tline 100\n/);
  for (const path of ["/etc/passwd", "../x", "src", "none.ts"]) assert.equal(await readLines(draft(), path), `There is no text file ${path}.`);
});

test("it lists and searches, in what was edited too, and tells where it stopped", async () => {
  const one = draft();
  assert.equal(await listPaths(one, "src/"), "src/a.ts\nsrc/b.ts");
  assert.equal(await searchText(one, "two"), "src/a.ts:2: two\nsrc/b.ts:1: two");
  await one.edit("src/b.ts", "two", "deux");
  assert.equal(await searchText(one, "two", "src/"), "src/a.ts:2: two");
  assert.match(await searchText(one, "line"), /… and perhaps more$/);
  assert.equal(await searchText(one, "nowhere to be found"), "It stands nowhere.");
});

test("edits are exact, and become edits of the tree's own texts", async () => {
  const one = draft();
  assert.equal(await one.edit("src/a.ts", "two", "zwei"), "Done.");
  assert.equal(await one.edit("src/a.ts", "zwei", "deux"), "Done.");
  assert.match(await one.edit("src/a.ts", "four", "vier"), /^old_string does not stand there/);
  assert.equal(await one.edit("../a.ts", "x", "y"), "There is no text file ../a.ts.");
  assert.deepEqual(await one.edits(), [{ file: "src/a.ts", start: 4, before: "two\n", after: "deux\n" }]);
});

test("at most 30 % of a file's lines may change, over all edits", async () => {
  const files = { "a.txt": Array.from({ length: 20 }, (_, index) => `l${index}\n`).join("") };
  const one = draft(files);
  for (let index = 0; index < 6; index++) assert.equal(await one.edit("a.txt", `l${index}\n`, `x${index}\n`), "Done.");
  assert.match(await one.edit("a.txt", "l7\n", "x7\n"), /^Not done: 7 of 21 lines/);
  assert.equal((await one.edits()).length, 1);
});

test("it goes back to where it was", async () => {
  const one = draft();
  await one.edit("src/a.ts", "one", "uno");
  const good = one.snapshot();
  await one.edit("src/a.ts", "two", "dos");
  one.restore(good);
  assert.deepEqual(await one.edits(), [{ file: "src/a.ts", start: 0, before: "one\n", after: "uno\n" }]);
});
