import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { boundsOf } from "./bounds.ts";

const CAPS = { maxPatches: 2, maxPatchLines: 6 };

test("free edits are told of no bound; of the others each is told what its gate holds it to", () => {
  assert.equal(boundsOf({ level: "free", ...CAPS }), "");
  const kept = /Names, parameters, types, signatures, exports, fields and files stay as they are/;
  const [local, mechanical] = [boundsOf({ level: "local", ...CAPS }), boundsOf({ level: "mechanical", ...CAPS })];
  for (const text of [local, mechanical]) assert.match(text, kept);
  assert.match(local, /only what stands inside of functions[^]*A field or an import may be added/);
  // The five kinds of capability A5, one a line.
  const kinds = mechanical.split("\n").filter((line) => line.startsWith("- "));
  assert.deepEqual(kinds.map((line) => /suppression|import|field|boolean|log call/.exec(line)?.[0]), ["suppression", "import", "field", "boolean", "log call"]);
  assert.match(mechanical, /rationale[^]*confidence, 0 to 100[^]*call give_up/);
});

test("the figures that are told are those of the policy", () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.nat(1_000), (maxPatches, maxPatchLines) => {
      const text = boundsOf({ level: "mechanical", maxPatches, maxPatchLines });
      assert.ok(text.includes(`At most ${maxPatches} edits, each of at most ${maxPatchLines} changed lines.`));
      assert.equal(boundsOf({ level: "local", maxPatches, maxPatchLines }), boundsOf({ level: "local", ...CAPS }), "lines are not counted there");
    }),
  );
});
