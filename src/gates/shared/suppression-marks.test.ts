import assert from "node:assert/strict";
import { test } from "node:test";
import { grown } from "./growth.ts";
import type { Language } from "./languages.ts";
import { suppressionsIn } from "./suppression-marks.ts";

function marks(text: string, language: Language = "typescript"): readonly string[] {
  return grown(suppressionsIn(language), "", text);
}

test("BAD: `any` wherever a type can stand", () => {
  const bad = [
    "let a: any;", "let a:any", "let a: any\n(f)()", "f(x as any)", "(x as any).y", "x = <any>y;", "let a: any[] = []",
    "Array<any>", "Record<string, any>", "let a: string | any", "type A = any", "(a: any) => 1", "(): any => 1",
    "() => any", "function f(): any {", "let a: /* ok */ any;", "c ? x as any : y", "T extends U ? any : never",
    "x satisfies any", "...a: any[]", "[any, string]", "Map<any,\n  string>", "x as any || y", "x as any as T",
    "let a: any // why", "interface A { b: any }", "let a: readonly any[]", "a?: any,",
    "[string, ...any]", "[any, ...any[]]", "[ // first\n  any, string]",
  ];
  for (const text of bad) assert.deepEqual(marks(text), ["any"], text);
});

test("GOOD: the word, where it is no type", () => {
  const good = [
    "z.any()", "Promise.any([a])", "expect.any(String)", "const many: number = 1", "let a: anyone", "let company = 1",
    "// Note: any file will do", "// in any case", "(any: string) => 1", "{ a, any: 1 }", "f(any.length)", "x = any(y)",
  ];
  for (const text of good) assert.deepEqual(marks(text), [], text);
});

test("BAD: comments that silence a script's checks", () => {
  const bad = {
    "@ts-ignore": "/* @ts-ignore */", "@ts-nocheck": "// @TS-NoCheck", "@ts-expect-error": "{/* @ts-expect-error x */}",
    "eslint-disable": "// eslint-disable-line", "eslint off": '/* eslint no-var: "off", x: 2 */',
    "oxlint-disable": "// oxlint-disable-next-line", "biome-ignore": "// biome-ignore lint: x", "tslint:disable": "// tslint:disable",
  };
  for (const [mark, text] of Object.entries(bad)) assert.deepEqual(marks(text, "javascript"), [mark], text);
  assert.deepEqual(marks("/* eslint no-var: 2 */ const eslintDisabled = 0", "javascript"), []);
});

test("BAD: tests that no longer run", () => {
  for (const text of ["it.skip('a')", "test.only (f)", "describe.skip.each([])", "test.todo('x')", "t.skip()"]) {
    assert.deepEqual(marks(text), ["skipped test"], text);
  }
  for (const text of ["xit('a')", "fdescribe('a')", "fit(f)"]) assert.deepEqual(marks(text), ["x or f prefix"], text);
  assert.deepEqual(marks("test('a', { skip: true }, f)"), ["skip option"]);
  for (const text of ["model.fit(x)", "exit(1)", "skip(1)", "benefit(x)"]) assert.deepEqual(marks(text), [], text);
});

test("BAD: errors that are swallowed", () => {
  for (const text of ["catch {}", "catch (e) { }", "catch (e: unknown) {\n// x\n/* y */\n}"]) {
    assert.deepEqual(marks(text), ["empty catch"], text);
  }
  for (const text of ["p.catch(() => {})", "p.catch((e) => { /* x */ })", "p.catch(e => undefined)"]) {
    assert.deepEqual(marks(text), ["empty .catch"], text);
  }
  for (const text of ["catch (e) { throw e; }", "p.catch((e) => log(e))", "p.catch(handle)"]) assert.deepEqual(marks(text), [], text);
});

test("BAD: the other ways", () => {
  assert.deepEqual(marks("x as unknown as T"), ["as unknown as"]);
  assert.deepEqual(marks("/** @param {any} x */", "javascript"), ["any in JSDoc"]);
  assert.deepEqual(marks("/** @type {*} */", "javascript"), ["any in JSDoc"]);
});

test("BAD: Python and Rust", () => {
  const python = { "type: ignore": "x = 1  # type: ignore[assignment]", noqa: "import a  # noqa: F401", Any: "x: Any = 1" };
  for (const [mark, text] of Object.entries(python)) assert.deepEqual(marks(text, "python"), [mark], text);
  assert.deepEqual(marks("@pytest.mark.skip\n", "python"), ["skipped test"]);
  assert.deepEqual(marks("except Exception:\n    pass\n", "python"), ["empty except"]);
  assert.deepEqual(marks("#[allow(dead_code)]", "rust"), ["allow"]);
  assert.deepEqual(marks("#![allow(unused)]", "rust"), ["allow"]);
  assert.deepEqual(marks("#[ignore]", "rust"), ["skipped test"]);
});

test("hostile text is read to its end", { timeout: 20_000 }, () => {
  const hostile = ["catch{/*", "catch{//\n", "catch{//", "@type {", ": /**/", "://", ": // :\n", "/* eslint ", ".catch(", "#[cfg_attr(", " ", "except "];
  for (const part of hostile) {
    const text = part.repeat(Math.ceil(100_000 / part.length));
    for (const language of ["typescript", "python", "rust"] as const) assert.ok(Array.isArray(marks(text, language)), part);
  }
});
