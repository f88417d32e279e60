import assert from "node:assert/strict";
import { test } from "node:test";
import { create, rewrite } from "../../test/support/gates.ts";
import { gate } from "./stub.ts";

function marks(before: string, after: string, file?: string): unknown[] {
  return gate.judge(...rewrite(before, after, file)).map(({ args }) => args["mark"]);
}

test("GOOD: bodies that do something, and stubs that stood there", () => {
  const stub = 'throw new Error("Method not implemented.");';
  assert.deepEqual(marks("class A {}", "class A { run() { return 1; } }"), []);
  assert.deepEqual(marks(`a() { ${stub} }`, `override a() { ${stub} }`), []);
  assert.deepEqual(marks(`a() { ${stub} }`, "a() { return 1; }"), []);
  assert.deepEqual(marks("x", 'throw new Error("Order not found");'), []);
  assert.deepEqual(marks("x", 'throw new Error("todo not found");'), []);
  assert.deepEqual(marks("x", stub, "guide.md"), []);
});

test("BAD: one stub more", () => {
  assert.deepEqual(marks("class A {}", 'class A { run() { throw new Error("Method not implemented."); } }'), ["not implemented"]);
  assert.deepEqual(marks("x", "throw new Error('Function not implemented.')"), ["not implemented"]);
  assert.deepEqual(marks("x", "throw new TypeError(`TODO: a`)"), ["TODO error"]);
  assert.deepEqual(marks("x", "throw new NotImplementedError()"), ["NotImplemented"]);
  assert.deepEqual(gate.judge(...create('throw Error("not yet implemented")')).map(({ code }) => code), ["new-stub"]);
});

test("BAD: in other languages", () => {
  assert.deepEqual(marks("x", "todo!()", "a.rs"), ["todo!"]);
  assert.deepEqual(marks("x", 'unimplemented!("later")', "a.rs"), ["todo!"]);
  assert.deepEqual(marks("x", "raise NotImplementedError", "a.py"), ["NotImplemented"]);
  assert.deepEqual(marks("x", "pass  # TODO", "a.py"), ["pass # TODO"]);
  assert.deepEqual(marks("x", 'panic("not implemented")', "a.go"), ["panic"]);
});
