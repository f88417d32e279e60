import assert from "node:assert/strict";
import { test } from "node:test";
import { namedFiles } from "./named-files.ts";

test("paths are found in backticks and bare, and what only looks like one is not", () => {
  assert.deepEqual(namedFiles("In `src/a.ts:12` and ./b/c.test.ts, see `Makefile` and eslint.config.js."), ["src/a.ts", "b/c.test.ts", "Makefile", "eslint.config.js"]);
  for (const text of ["`customer.subscription.deleted`", "`find(x.y)`", "https://a.example/b.html", "v1.2.3", "`../../etc/passwd.txt`", "`/etc/hosts.txt`"]) {
    assert.deepEqual(namedFiles(text), [], text);
  }
});
