import assert from "node:assert/strict";
import { test } from "node:test";
import { findRepository } from "../system/repository.ts";
import { temporaryRepository } from "../../test/support/workspace.ts";
import { importGraph, loadImports, specifiersIn } from "./imports.ts";

/** What `file` reaches among these texts, sorted. */
function reached(file: string, texts: Record<string, string>, packages: Record<string, string> = {}): string[] {
  const imports = Object.entries(texts).map(([path, text]): [string, string[]] => [path, specifiersIn(text)]);
  return [...importGraph(new Map(imports), new Map(Object.entries(packages)))(file)].sort();
}

test("every way to name a file is seen", () => {
  const ways = [
    'import { x } from "./x.js";',
    'import type { X } from "./x.js"',
    "import './x'",
    'export * from "./x.js"',
    'const x = require("./x");',
    'const x = await import( "./x.js" );',
    'import {\n  a,\n  b,\n} from "./x.ts";',
    'import x = require("./x");',
    'type X = import("./x.js").X;',
  ];
  for (const way of ways) assert.deepEqual(reached("src/a.ts", { "src/a.ts": way, "src/x.ts": "", "x.ts": "" }), ["src/x.ts"], way);
});

test("a name without its ending, or with another, is the file that is there", () => {
  const cases: [specifier: string, file: string][] = [
    ["./x", "src/x.tsx"],
    ["./x.js", "src/x.ts"],
    ["./x.mjs", "src/x.mts"],
    ["./x.jsx", "src/x.tsx"],
    ["./x", "src/x/index.ts"],
    [".", "src/index.ts"],
    ["./", "src/index.ts"],
    ["..", "index.js"],
    ["../lib/x", "lib/x.d.ts"],
    ["./x.vue", "src/x.vue"],
    ["./x.y", "src/x.y.ts"],
  ];
  for (const [specifier, file] of cases) {
    assert.deepEqual(reached("src/a.ts", { "src/a.ts": `import "${specifier}"`, [file]: "", "src/other.ts": "" }), [file], specifier);
  }
});

test("what is imported by what is imported is reached, and a circle ends", () => {
  const texts = { "a.ts": 'import "./b"', "b.ts": 'import "./c"', "c.ts": 'import "./a"', "d.ts": "" };
  assert.deepEqual(reached("a.ts", texts), ["a.ts", "b.ts", "c.ts"]);
  assert.deepEqual(reached("d.ts", texts), []);
  assert.deepEqual(reached("self.ts", { "self.ts": 'import "./self"' }), ["self.ts"]);
});

test("a long chain is followed to its end", () => {
  const texts = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`${index}.ts`, `import "./${index + 1}"`]));
  assert.equal(reached("0.ts", texts).length, 19_999);
});

test("a workspace package stands for all its files, by its whole name only", () => {
  const packages = { "@scope/a": "packages/a", "@scope/ab": "packages/ab" };
  const texts = (specifier: string): Record<string, string> => ({
    "app.ts": `import "${specifier}"`,
    "packages/a/src/x.ts": 'import "../../../util"',
    "packages/ab/y.ts": "",
    "util.ts": "",
  });
  assert.deepEqual(reached("app.ts", texts("@scope/a"), packages), ["packages/a/src/x.ts", "util.ts"]);
  assert.deepEqual(reached("app.ts", texts("@scope/a/src/x"), packages), ["packages/a/src/x.ts", "util.ts"]);
  assert.deepEqual(reached("app.ts", texts("@scope/ab"), packages), ["packages/ab/y.ts"]);
  assert.deepEqual(reached("app.ts", texts("react"), packages), []);
});

test("the graph of a tree knows its packages and bears files that are no text", async () => {
  using folder = temporaryRepository({
    "package.json": '{ "name": "root", "workspaces": ["packages/*"] }',
    "packages/a/package.json": '{ "version": "1.0.0", "name": "@scope/a" }',
    "packages/a/index.ts": "export const a = 1;",
    "packages/b/package.json": "not json",
    "packages/b/use.ts": 'import { a } from "@scope/a";',
    "packages/b/odd name é.ts": 'import "./use";',
    "broken.ts": "\0\uFFFD",
  });
  const repository = await findRepository(folder.root);
  assert.ok(repository);
  const reaches = await loadImports(repository.git, await repository.git.text(["rev-parse", "HEAD^{tree}"]));
  assert.deepEqual([...reaches("packages/b/odd name é.ts")].sort(), ["packages/a/index.ts", "packages/b/use.ts"]);
  assert.deepEqual([...reaches("broken.ts")], []);
  assert.deepEqual([...reaches("not/there.ts")], []);
});
