import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutOptions, type Form } from "./arguments.ts";

const FORMS: Record<string, Form> = { "--watch": "alone", "--cov*": "alone", "--reporter": "value", "--bail": "number" };

test("drops options with what belongs to them", () => {
  const cases: [string, string][] = [
    ["run --watch src", "run src"],
    ["--watch=false src", "src"],
    ["--reporter dot src --reporter=json", "src"],
    ["--bail src", "src"],
    ["--bail 1 --bail=2 src", "src"],
    ["--coverage --coverage.all=true --cov src", "src"],
    ["--watchful --reporters x", "--watchful --reporters x"],
    ["--watch -- --watch", "-- --watch"],
    ["src --reporter", "src"],
  ];
  for (const [words, rest] of cases) assert.equal(withoutOptions(words.split(" "), FORMS).join(" "), rest, words);
});

test("a name that objects inherit is no option", () => {
  assert.deepEqual(withoutOptions(["toString", "__proto__"], FORMS), ["toString", "__proto__"]);
});
