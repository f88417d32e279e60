import assert from "node:assert/strict";
import { test } from "node:test";
import ts from "typescript";
import { endOfLine, styleOf, type Style } from "./style.ts";

function style(text: string, other = ""): Style {
  const texts: Record<string, string> = { "/a.ts": text, "/b.ts": other };
  const host = ts.createCompilerHost({});
  host.getSourceFile = (name, version) => {
    const found = texts[name];
    return found === undefined ? undefined : ts.createSourceFile(name, found, version);
  };
  const program = ts.createProgram(Object.keys(texts), { noLib: true, types: [], noResolve: true }, host);
  return styleOf(ts, program, text);
}

test("line ends go with the majority", () => {
  assert.equal(endOfLine("a\r\nb\r\nc\n"), "\r\n");
  assert.equal(endOfLine("a\nb\r\nc\n"), "\n");
  assert.equal(endOfLine("a"), "\n");
});

test("indentation is read off the file, else off its project", () => {
  const indent = ({ format }: Style): unknown[] => [format.convertTabsToSpaces, format.indentSize];
  assert.deepEqual(indent(style("if (a) {\n  b();\n  if (c) {\n    d();\n  }\n}\n")), [true, 2]);
  assert.deepEqual(indent(style("if (a) {\n\tb();\n}\n")), [false, 4]);
  assert.deepEqual(indent(style("/**\n * doc\n */\nif (a) {\n   b();\n}\n")), [true, 3]);
  assert.deepEqual(indent(style("a;\n", "if (a) {\n  b();\n}\n")), [true, 2]);
  assert.deepEqual(indent(style("a;\n")), [true, 4]);
});

test("quotes: imports say more than strings, the file more than the project", () => {
  const quote = ({ preferences }: Style): unknown => preferences.quotePreference;
  assert.equal(quote(style("import a from 'a';\nconst b = [\"x\", \"y\"];\n")), "single");
  assert.equal(quote(style('const b = ["x"];\n', "import a from 'a';\n")), "double");
  assert.equal(quote(style("a;\n", "import a from 'a';\n")), "single");
  assert.equal(quote(style("a;\n")), undefined);
});

test("endings of relative imports of code", () => {
  const ending = ({ preferences }: Style): unknown => preferences.importModuleSpecifierEnding;
  assert.equal(ending(style("import a from './a.js';\n")), "js");
  assert.equal(ending(style("import a from './a.ts';\n")), "js");
  assert.equal(ending(style("import a from './a/index';\n")), "index");
  assert.equal(ending(style("import a from './a.service';\n")), "minimal");
  assert.equal(ending(style("import a from 'a';\nimport b from './b.json';\n", "export * from './c.js';\n")), "js");
  assert.equal(ending(style("import a from 'a';\n")), undefined);
});
