import assert from "node:assert/strict";
import { test } from "node:test";
import type { Change } from "../../domain/plugin.ts";
import { finding } from "../../domain/finding.ts";
import { isApart } from "./apart.ts";
import { RUST } from "./cargo-findings.ts";

const OPTIONS = RUST;

const BEFORE = `use std::fmt;
pub struct Size { width: i32 }

pub fn broken(v: i32) -> i32 {
    let text = helper(v);
    text
}

pub fn other() {
    let moved = vec![1];
    drop(moved);
    drop(moved);
}

fn helper(v: i32) -> i32 {
    v
}
`;

function changed(...edits: readonly (readonly [string, string])[]): Change {
  const after = edits.reduce((text, [from, to]) => text.replace(from, () => to), BEFORE);
  return {
    before: new Map([["a.rs", BEFORE]]),
    after: new Map([["a.rs", after]]),
    readText: (path) => Promise.resolve(path === "a.rs" ? after : path === "b.rs" ? "fn far() {\n    let x = 1;\n}\n" : undefined),
    reaches: () => Promise.resolve(new Set()),
  };
}

const at = (line: number, rule: string, message: string, file = "a.rs") =>
  finding({ by: "rust", rule, category: "other", message, at: { file, line, column: 1 } });
const moved = (line: number) => at(line, "E0382", "use of moved value: `moved`");

const inBody = ["    text\n", "    text + 1\n"] as const;

test("what stands in another function than the one whose body changed is apart; what stands in that one is not", async () => {
  assert.equal(await isApart(moved(12), changed(inBody), OPTIONS), true);
  assert.equal(await isApart(at(5, "E0382", "use of moved value: `q`"), changed(inBody), OPTIONS), false);
  assert.equal(await isApart(at(2, "E0382", "use of moved value: `q`", "b.rs"), changed(inBody), OPTIONS), true);
  assert.equal(await isApart(at(9, "E0382", "x", "gone.rs"), changed(inBody), OPTIONS), false);
  assert.equal(await isApart(finding({ by: "rust", rule: "E0382", category: "other", message: "nowhere" }), changed(inBody), OPTIONS), false);
});

test("what counts uses is apart unless its name stands in the change", async () => {
  const unused = (name: string, line: number) => at(line, "dead_code", `function \`${name}\` is never used`);
  const uncalled = ["helper(v)", "v"] as const;
  assert.equal(await isApart(unused("helper", 15), changed(uncalled), OPTIONS), false);
  assert.equal(await isApart(unused("lonely", 15), changed(uncalled), OPTIONS), true);
  assert.equal(await isApart(at(1, "unused_imports", "unused import: `std::fmt`"), changed(uncalled), OPTIONS), true);
  assert.equal(await isApart(at(5, "unused_variables", "unused variable: `text`"), changed(inBody), OPTIONS), false);
  assert.equal(await isApart(at(4, "unused_variables", "unused variable: `k`"), changed(inBody), OPTIONS), true, "in the same function");
});

test("a change of more than bodies is apart only from what shares no word with it", async () => {
  const imported = ["use std::fmt;", "use std::fmt;\nuse std::collections::HashMap;"] as const;
  assert.equal(await isApart(moved(13), changed(imported), OPTIONS), true);
  const typed = ["width: i32", "width: String"] as const;
  assert.equal(await isApart(moved(12), changed(typed), OPTIONS), true);
  const helper = ["fn helper(v: i32)", "fn helper(v: &i32)"] as const;
  assert.equal(await isApart(at(5, "E0382", "x"), changed(helper), OPTIONS), false, "it calls the helper");
  const shadow = ["use std::fmt;", "use mine::drop;"] as const;
  assert.equal(await isApart(moved(12), changed(shadow), OPTIONS), false);
});

test("a file that came, went or is no code leaves nothing apart", async () => {
  const plain = changed(inBody);
  for (const [file, old, now] of [["new.rs", null, ""], ["old.rs", "", null], ["data.txt", "a", "b"]] as const) {
    const change = { ...plain, before: new Map([...plain.before, [file, old]]), after: new Map([...plain.after, [file, now]]) };
    assert.equal(await isApart(moved(12), change, OPTIONS), false, file);
  }
});

test("programs in other languages leave everything apart, whatever becomes of them", async () => {
  const plain = changed(inBody);
  const change = { ...plain, before: new Map([...plain.before, ["web/a.ts", "let moved"]]), after: new Map([...plain.after, ["web/a.ts", null]]) };
  assert.equal(await isApart(moved(12), change, OPTIONS), true);
});

test("lines that are gone touch what stood before and behind them", async () => {
  assert.equal(await isApart(at(10, "clippy::x", "odd"), changed(["    let moved = vec![1];\n", ""]), OPTIONS), false);
  assert.equal(await isApart(at(15, "clippy::x", "odd"), changed(["    let moved = vec![1];\n", ""]), OPTIONS), true);
});
