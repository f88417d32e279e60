import assert from "node:assert/strict";
import { test } from "node:test";
import { repositoryPath, withoutRoot } from "./paths.ts";

test("names a file from the root, wherever the root is", () => {
  const cases: [cwd: string, path: string, expected: string][] = [
    ["", "src/a.ts", "src/a.ts"],
    ["", "./src/../a.ts", "a.ts"],
    ["packages/a", "src/a.ts", "packages/a/src/a.ts"],
    ["packages/a", "../b/b.ts", "packages/b/b.ts"],
    ["packages/a", "/trees/one/src/a.ts", "src/a.ts"],
    ["", "/private/trees/one/src/a.ts", "src/a.ts"],
    ["", "/trees/other/a.ts", "../other/a.ts"],
  ];
  for (const [cwd, path, expected] of cases) assert.equal(repositoryPath("/trees/one", cwd, path), expected, path);
});

test("takes the root out of a message, and nothing else", () => {
  const message = "'/trees/one/a.ts' in '/trees/one', not /trees/one-more/a.ts";
  assert.equal(withoutRoot("/trees/one", message), "'a.ts' in '.', not /trees/one-more/a.ts");
});
