import assert from "node:assert/strict";
import { test } from "node:test";
import { functionsIn } from "./functions.ts";

const shown = (text: string, keyword: "fn" | "func" = "fn"): string[] => functionsIn(text, keyword).map(({ from, body, to }) => `${from} ${body} ${to}`);

test("finds the outermost functions, where their bodies open and where they end", () => {
  const text = "use a;\nfn one() {\n  fn inner() {}\n}\nimpl A {\n  pub fn two<'a>(\n    x: &'a [u8; 3],\n  ) -> i32\n  where\n    T: B,\n  {\n    1\n  }\n}\ntrait T { fn none(&self); fn given(&self) { } }\n";
  assert.deepEqual(shown(text), ["2 2 4", "6 11 13", "15 15 15"]);
});

test("braces in strings, characters and comments are none", () => {
  const text = 'fn a() {\n  let b = "}";\n  let c = \'}\'; let d = r#"}"}"#; // }\n  /* } */\n  let e = b\'\\\'\';\n}\nfn b() {}\n';
  assert.deepEqual(shown(text), ["1 1 6", "7 7 7"]);
});

test("a type of a function is none; a function that is not closed ends with the file", () => {
  assert.deepEqual(shown("struct A { f: fn(i32) -> i32, g: u8 }\nfn a() {\n"), ["2 2 3"]);
});

test("Go's functions, methods and raw strings", () => {
  const text = "package a\n\nfunc (r *R) A(f func() int) (int, error) {\n\treturn `}`, nil\n}\n\nvar f = func() {\n}\n";
  assert.deepEqual(shown(text, "func"), ["3 3 5", "7 7 8"]);
});
