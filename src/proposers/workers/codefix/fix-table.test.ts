import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { EXCLUDED, isStub, kindOf, TABLE } from "./fix-table.ts";

/** The names in the part of TypeScript's source where code fixes register themselves. */
function registeredNames(): Set<string> {
  const source = readFileSync(createRequire(import.meta.url).resolve("typescript"), "utf8");
  const from = source.indexOf("// src/services/codefixes/addConvertToUnknown");
  const to = source.indexOf("// src/services/", source.lastIndexOf("// src/services/codefixes/") + 1);
  assert.ok(from > 0 && to > from);
  const part = source.slice(from, to);
  const constants = new Map([...part.matchAll(/^var (\w+) = "(\w+)";$/gm)].map(([, name = "", value = ""]) => [name, value]));
  for (const [, alias = "", name = ""] of part.matchAll(/^var (\w+) = (\w+);$/gm)) {
    const value = constants.get(name);
    if (value !== undefined) constants.set(alias, value);
  }
  const inLists = [...part.matchAll(/fixIds: \[([^\]]+)\]/g)].flatMap(([, list = ""]) => list.split(/,\s*/));
  const inCalls = [...part.matchAll(/createCodeFixAction\w*\(\s*("?\w+"?),/g)].map(([, name = ""]) => name);
  const resolve = (name: string): string | undefined => (name.startsWith('"') ? name.slice(1, -1) : constants.get(name));
  return new Set([...inLists, ...inCalls].flatMap((name) => resolve(name.trim()) ?? []));
}

test("every code fix of the pinned TypeScript has a row, and every row a code fix", () => {
  const names = registeredNames();
  assert.ok(names.size > 80, `${names.size} names found: TypeScript's source is laid out anew`);
  const known = new Set([...TABLE.keys(), ...Object.keys(EXCLUDED)]);
  assert.deepEqual([...names].filter((name) => !known.has(name)), [], "new in TypeScript");
  assert.deepEqual([...known].filter((name) => !names.has(name)), [], "gone from TypeScript");
  assert.deepEqual(Object.keys(EXCLUDED).filter((name) => TABLE.has(name)), [], "both ranked and excluded");
});

test("kinds that share a name are told apart by what they insert", () => {
  const inserting = (after: string) => [{ file: "a.ts", start: 0, before: "", after }];
  assert.equal(kindOf("unusedIdentifier", undefined, inserting("_")), "unusedIdentifier_prefix");
  assert.equal(kindOf("unusedIdentifier", undefined, inserting("")), "unusedIdentifier");
  assert.equal(kindOf("unusedIdentifier", "unusedIdentifier_infer", inserting("_")), "unusedIdentifier_infer");
  const strict = (after: string): string => kindOf("strictClassInitialization", undefined, inserting(after));
  assert.equal(strict("!"), "addMissingPropertyDefiniteAssignmentAssertions");
  assert.equal(strict(" | undefined"), "addMissingPropertyUndefinedType");
  assert.equal(strict(' = ""'), "strictClassInitialization");
});

test("a made-up body is a stub in either quote", () => {
  const body = (quote: string) => [
    { file: "a.ts", start: 0, before: "", after: `go() { throw new Error(${quote}Method not implemented.${quote}); }` },
  ];
  assert.ok(isStub(body('"')) && isStub(body("'")));
  assert.ok(!isStub([{ file: "a.ts", start: 0, before: "", after: 'throw new Error("No such file.")' }]));
});
