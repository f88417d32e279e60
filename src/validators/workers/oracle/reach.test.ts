import assert from "node:assert/strict";
import { test } from "node:test";
import { seenByOthers } from "./reach.ts";

const isSeen = (one: string, other: string): boolean => seenByOthers(one) !== seenByOthers(other);

test("whether a module imports a thing as a type alone is its own affair", () => {
  const rest = "export declare const made: A;\n";
  assert.equal(isSeen(`import { A, type B } from "./a";\n${rest}`, `import type { A, B } from "./a";\n${rest}`), false);
  assert.equal(isSeen(`import A from "./a";\n${rest}`, `import type A from "./a";\n${rest}`), false);
  assert.equal(isSeen(`import * as a from "./a";\n${rest}`, `import type * as a from "./a";\n${rest}`), false);
});

test("what it imports and from where is not, nor a name that reads like the word", () => {
  const rest = "export declare const made: A;\n";
  assert.ok(isSeen(`import { A } from "./a";\n${rest}`, `import { A } from "./b";\n${rest}`));
  assert.ok(isSeen(`import { A } from "./a";\n${rest}`, `import { B as A } from "./a";\n${rest}`));
  assert.ok(isSeen(`import { type as A } from "./a";\n${rest}`, `import { as as A } from "./a";\n${rest}`));
  assert.ok(isSeen(`import type from "./a";\n${rest}`, `import A from "./a";\n${rest}`));
  assert.ok(isSeen(`import { A } from "./a";\n${rest}`, `import { A } from "./a";\nexport declare const made: string;\n`));
});

test("where it hands on what it imports, a type alone is another thing than a value", () => {
  for (const handsOn of ["export { A };", "export { A as B };", "export default A;", "export = A;", "export import B = A;"]) {
    assert.ok(isSeen(`import { A } from "./a";\n${handsOn}\n`, `import type { A } from "./a";\n${handsOn}\n`), handsOn);
  }
});
