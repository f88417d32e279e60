import assert from "node:assert/strict";
import { test } from "node:test";
import ts from "typescript";
import { wantedIn } from "./wanted.ts";

const text = 'import { distance, spare } from "./lib";\nexport const far = distanec;\n';
const file = ts.createSourceFile("a.ts", text, ts.ScriptTarget.ESNext);
const diagnostic = (code: number, word: string, messageText: ts.Diagnostic["messageText"] = ""): ts.Diagnostic => {
  return { code, start: text.indexOf(word), length: word.length, file, category: ts.DiagnosticCategory.Error, messageText };
};
const spot = (word: string) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length });

test("a name like the one that was not found is wanted, another one is not", () => {
  const isWanted = wantedIn(file, [diagnostic(2304, "distanec"), diagnostic(6133, "distance")], []);
  assert.ok(isWanted(spot("distance")));
  assert.ok(!isWanted(spot("spare")));
});

test("an error at the name itself asks for nothing", () => {
  assert.ok(!wantedIn(file, [diagnostic(2305, "spare")], [])(spot("spare")));
});

test("a name that another error's text puts in quotes is wanted, by its own message it is not", () => {
  const chain = { messageText: "not assignable", code: 2345, category: ts.DiagnosticCategory.Error, next: [{ messageText: "Property 'spare' is missing in type '{}'", code: 2741, category: ts.DiagnosticCategory.Error }] };
  assert.ok(wantedIn(file, [diagnostic(2345, "far", chain)], [])(spot("spare")));
  assert.ok(!wantedIn(file, [diagnostic(6133, "spare", "'spare' is declared but its value is never read.")], [])(spot("spare")));
});

test("a name that another fix would write is wanted, even where the edit holds a part of it only", () => {
  const isWanted = wantedIn(file, [], [{ file: "a.ts", start: text.indexOf("ec;"), before: "ec", after: "ce" }]);
  assert.ok(isWanted(spot("distance")));
  assert.ok(!isWanted(spot("spare")));
});
