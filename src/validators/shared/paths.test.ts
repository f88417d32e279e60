import assert from "node:assert/strict";
import { test } from "node:test";
import { isOutside, repositoryPath, withoutRoot } from "./paths.ts";

test("names a file from the root, wherever the root is", () => {
  const cases: [cwd: string, path: string, expected: string][] = [
    ["", "src/a.ts", "src/a.ts"],
    ["", "./src/../a.ts", "a.ts"],
    ["packages/a", "src/a.ts", "packages/a/src/a.ts"],
    ["packages/a", "../b/b.ts", "packages/b/b.ts"],
    ["packages/a", "/trees/one/src/a.ts", "src/a.ts"],
    ["", "/private/trees/one/src/a.ts", "src/a.ts"],
    ["", "/trees/other/a.ts", "../other/a.ts"],
    ["packages/a", "src\\a.ts", "packages/a/src/a.ts"],
    ["packages/a", "C:\\trees\\one\\src\\a.ts", "src/a.ts"],
    ["", "D:/trees/one/src/a.ts", "src/a.ts"],
    ["", "C:\\other\\a.ts", "C:/other/a.ts"],
    ["", "src/odd\\name.ts", "src/odd\\name.ts"],
  ];
  for (const [cwd, path, expected] of cases) assert.equal(repositoryPath("/trees/one", cwd, path), expected, path);
});

test("knows what leads out of the repository", () => {
  for (const path of ["..", "../a.ts", "/usr/a.h", "C:/a.ts"]) assert.ok(isOutside(path), path);
  for (const path of ["a.ts", "src/../a.ts", "..a", "...", "c:a"]) assert.ok(!isOutside(path), path);
});

test("takes the root out of a message, and nothing else", () => {
  const message = "'/trees/one/a.ts' in '/trees/one', not /trees/one-more/a.ts";
  assert.equal(withoutRoot("/trees/one", message), "'a.ts' in '.', not /trees/one-more/a.ts");
});
