import assert from "node:assert/strict";
import { test } from "node:test";
import { readSpec, waits } from "../../test/support/spec-read.ts";
import { OPENSPEC } from "../../test/support/specs.ts";
import { reader } from "./openspec.ts";

test("a change is done from top to bottom, with all of its files as context", async () => {
  const spec = await readSpec(reader, "openspec/changes/add-search/tasks.md", OPENSPEC);
  assert.deepEqual([spec.slug, spec.context], ["add-search", ["openspec/changes/add-search/proposal.md", "openspec/changes/add-search/specs/search/spec.md"]]);
  assert.deepEqual(waits(spec), { "An index in src/index-of-words.ts": [], "The query": ["An index in src/index-of-words.ts"], Tests: ["The query"] });
  assert.deepEqual(reader.discover(["openspec/changes/archive/2025-01-02-old/tasks.md", "x/openspec/changes/a/tasks.md"]), ["x/openspec/changes/a/tasks.md"]);
});
