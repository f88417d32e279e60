import assert from "node:assert/strict";
import { test } from "node:test";
import ts from "typescript";
import { deletesLiveCode } from "./live-code.ts";

const ROOT = "/root";

/** Whether deleting the part between « and » takes live code away; `inserted` goes elsewhere in the same fix. */
function live(marked: string, after = "", inserted = ""): boolean {
  const [head = "", before = "", tail = ""] = marked.split(/[«»]/);
  const fileName = `${ROOT}/a.ts`;
  const text = head + before + tail;
  const host = ts.createCompilerHost({});
  host.getSourceFile = (name, version) => (name === fileName ? ts.createSourceFile(name, text, version, true) : undefined);
  const program = ts.createProgram([fileName], { noLib: true, types: [] }, host);
  const edits = [
    { file: "a.ts", start: head.length, before, after },
    { file: "a.ts", start: text.length, before: "", after: inserted },
  ];
  return deletesLiveCode(ts, program, ROOT, edits);
}

const LIVE = [
  "«const a = launch();»",
  "«const a = new Map();»",
  "async () => { «const a = await b;» }",
  "function* f() { «const a = yield 1;» }",
  "«a = 1;»",
  "«a ||= 1;»",
  "«a++;» «»",
  "«delete a.b;»",
  "«const a = tag`x`;»",
  '«import "./effects";»',
  "«const a = (() => launch())();»",
  "«const { a } = launch();»",
  "class A { «private a = launch();» }",
  "«class A { static a = launch(); }»",
  "«class A extends mixin() {}»",
  "«@register class A {}»",
  "class A { «@hook() private run() {}» }",
  "function f(a: number«, b = launch()») {}",
  "f(1«, launch()»);",
  "if (a) { «throw new Error();» }",
];

const DEAD = [
  "«const a = 1;»",
  '«import { a } from "./b";»',
  "«function a() { launch(); }»",
  "«const a = () => launch();»",
  "«const a = { run() { launch(); } };»",
  "«class A { a = launch(); run() { launch(); } }»",
  "«type A = ReturnType<typeof launch>;»",
  "«interface A { b: import('./b').B }»",
  "«const a = »launch();",
  "«const a = b + c, d = !b;»",
];

for (const code of LIVE) test(`live: ${code}`, () => assert.ok(live(code)));
for (const code of DEAD) test(`not live: ${code}`, () => assert.ok(!live(code)));

test("what is deleted here and inserted again was moved", () => {
  assert.ok(!live("«const a = launch( 1 );»", "launch(1);"));
  assert.ok(!live("«const a = launch();»", "", "launch();"));
  assert.ok(live("«const a = launch();»", "", "land();"));
});
