import assert from "node:assert/strict";
import { test } from "node:test";
import { count, duration, fit, list, shortRef, table, widthOf } from "./layout.ts";

test("columns align by what a terminal draws, numbers to the right", () => {
  assert.deepEqual(table([["tsc", 7, "x"], ["変数", 12, "\x1b[31my\x1b[39m"], ["a"]]), [
    "  tsc    7  x",
    "  変数  12  \x1b[31my\x1b[39m",
    "  a",
  ]);
  assert.equal(widthOf("e\u0301"), 1);
  assert.equal(fit("変数名", 5), "変数");
});

test("numbers and lists read as English", () => {
  assert.equal(count(1, "commit"), "1 commit");
  assert.equal(count(0, "commit"), "0 commits");
  assert.equal(count(2, "entry", "entries"), "2 entries");
  assert.equal(list([]), "");
  assert.equal(list(["a"]), "a");
  assert.equal(list(["a", "b", "c"]), "a, b and c");
  assert.equal(list(["a", "b", "c", "d"], 3), "a, b and 2 more");
});

test("times read as people say them", () => {
  assert.equal(duration(400), "0.4 s");
  assert.equal(duration(9_960), "10 s");
  assert.equal(duration(185_000), "3 min 5 s");
  assert.equal(duration(7_440_000), "2 h 4 min");
  assert.equal(shortRef("refs/heads/stet/repair-1"), "stet/repair-1");
});
