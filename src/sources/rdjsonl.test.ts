import assert from "node:assert/strict";
import { test } from "node:test";
import { skippedOf, suggestionsOf } from "../../test/support/inputs.ts";
import { source } from "./rdjsonl.ts";

const line = (parts: Readonly<Record<string, unknown>> = {}): string => JSON.stringify({ message: "m", location: { path: "a.ts" }, ...parts });

test("each line is a suggestion, each bad one is named by its number", async () => {
  const text = [line(), "null", line({ location: { path: "../a" } }), '{"message":"a","message":"b"}', "", line({ location: { path: "b.ts" } }), '{"mess'].join("\n");
  assert.deepEqual((await suggestionsOf(source, text)).map(({ file, origin }) => [file, origin.number]), [["a.ts", 1], ["b.ts", 6]]);
  assert.deepEqual(await skippedOf(source, text), [[2, "result-shape", true], [3, "path-outside", true], [4, "key-twice", true], [7, "line-torn", true]]);
});

test("lines are recognised by message and location", () => {
  for (const head of [line(), `broken\n${line()}`, line({ message: "m".repeat(70_000) }).slice(0, 65_536).replace('"message"', '"location":{"path":"a"},"message"')]) {
    assert.ok(source.recognise(head, "x") > 0);
  }
  for (const head of ["", "{}", '{"message":"m"}', '{"message":"m","location":"a"}', "a.ts:1: m"]) assert.equal(source.recognise(head, "x"), 0, head);
});
