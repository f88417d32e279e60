import assert from "node:assert/strict";
import { test } from "node:test";
import { finding } from "../domain/finding.ts";
import { context, create, edit, propose, rewrite } from "../../test/support/gates.ts";
import { gate } from "./line-endings.ts";

function codes(before: string, after: string): string[] {
  return gate.judge(...rewrite(before, after)).map(({ code }) => code);
}

test("GOOD: what a file has, it keeps", () => {
  assert.deepEqual(codes("a\r\nb\r\n", "a\r\nx\r\nb\r\n"), []);
  assert.deepEqual(codes("a\nb", "a\nx\nb"), []);
  assert.deepEqual(codes("\ufeffa\n", "\ufeffb\n"), []);
  assert.deepEqual(codes("a\r\nb\n", "a\r\nx\nb\n"), [], "a mixed file has no kind to keep");
  assert.deepEqual(codes("", "a\n"), []);
  assert.deepEqual(gate.judge(...create("a")), []);
});

test("BAD: another kind of ending", () => {
  assert.deepEqual(codes("a\r\nb\r\n", "a\r\nx\nb\r\n"), ["line-ending-changed"]);
  assert.deepEqual(codes("a\nb\n", "a\r\nb\n"), ["line-ending-changed"]);
  assert.deepEqual(codes("a\nb\n", "a\rb\n"), ["line-ending-changed"]);
});

test("BAD: half of a CRLF taken away", () => {
  const proposal = propose([edit("a.ts", 1, "\r", "")]);
  assert.deepEqual(gate.judge(proposal, context({ "a.ts": "a\r\nb\r\n" })).map(({ code }) => code), ["line-ending-changed"]);
});

test("BAD: a BOM taken or given", () => {
  assert.deepEqual(codes("\ufeffa\n", "a\n"), ["bom-changed"]);
  assert.deepEqual(codes("a\n", "\ufeffa\n"), ["bom-changed"]);
});

test("BAD: the last line's ending taken or given", () => {
  assert.deepEqual(codes("a\nb\n", "a\nb"), ["final-newline-changed"]);
  assert.deepEqual(codes("a\nb", "a\nb\n"), ["final-newline-changed"]);
});

test("the fix of the very rule may change that, and nothing else", () => {
  const by = (rule: string): ReturnType<typeof propose> => {
    const findings = [finding({ by: "eslint", rule, category: "other", message: "m" })];
    return propose([edit("a.ts", 0, "a\nb", "a\r\nb\r\n")], { findings });
  };
  const base = context({ "a.ts": "a\nb" });
  assert.deepEqual(gate.judge(by("@stylistic/eol-last"), base).map(({ code }) => code), ["line-ending-changed"]);
  assert.deepEqual(gate.judge(by("linebreak-style"), base).map(({ code }) => code), ["final-newline-changed"]);
});
