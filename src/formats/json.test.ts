import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseStrict, splitValues } from "./json.ts";

const codeOf = (text: string): string => {
  const parsed = parseStrict(text);
  return parsed.ok ? "ok" : parsed.code;
};

test("what JSON.parse gives is given, whatever the value", () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
    const text = JSON.stringify(value, null, indent);
    fc.pre(!text.includes('"__proto__"'));
    assert.deepEqual(parseStrict(text), { ok: true, value: JSON.parse(text) });
  }));
});

test("a key that stands twice in one object can be read in two ways, however it is spelled", () => {
  for (const text of ['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '[{"b":{"a":1,"c":[],"a":1}}]', '{ "a" : {} , "a" : [] }']) assert.equal(codeOf(text), "key-twice", text);
  for (const text of ['{"a":{"a":1}}', '[{"a":1},{"a":2}]', '{"a":"a","b":"a"}', '{"a":["a","a"]}', '{"a\\\\":1,"a":2}', '{"a\\"":1,"a":2}', '{"}":1,"{":2}']) {
    assert.equal(codeOf(text), "ok", text);
  }
});

test("a key that reaches for what every object inherits is refused", () => {
  for (const text of ['{"__proto__":{"x":1}}', '{"a":[{"\\u005f_proto__":1}]}']) assert.equal(codeOf(text), "key-reserved", text);
  assert.equal(codeOf('{"constructor":1,"a":"__proto__"}'), "ok");
});

test("depth is bounded, without a stack", () => {
  const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  assert.deepEqual([codeOf(nested(100)), codeOf(nested(101)), codeOf(nested(1_000_000))], ["ok", "too-deep", "too-deep"]);
  assert.equal(codeOf(`${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`), "too-deep");
});

test("what is no JSON is said to be none", () => {
  for (const text of ["", "nul", '{"a":1', "{'a':1}", "NaN", "1 2", '{"a":"\n"}', "\u0000"]) assert.equal(codeOf(text), "not-json", JSON.stringify(text));
});

test("values that stand one behind the other come apart", () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()))), fc.constantFrom("", "\n", " "), (values, between) => {
    const texts = values.map((value) => JSON.stringify(value));
    assert.deepEqual([...splitValues(texts.join(between))].map((text) => JSON.parse(text) as unknown), texts.map((text) => JSON.parse(text) as unknown));
  }));
  assert.deepEqual([...splitValues('[1]\n[{"a":')], ["[1]", '\n[{"a":']);
});
