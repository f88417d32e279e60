import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { allOf } from "../../test/support/inputs.ts";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { Spill, type Spilled } from "./spill.ts";

test("records come back in the order in which they were added, from memory or from the disk, and leave nothing behind", async () => {
  using cache = temporaryFolder();
  process.env["STET_CACHE_DIR"] = cache.root;
  const files = (): string[] => (existsSync(join(cache.root, "temporary")) ? readdirSync(join(cache.root, "temporary")) : []);
  for (const [length, isOnDisk] of [[10, false], [1024 * 1024, true]] as const) {
    const texts = Array.from({ length: 40 }, (_, index) => `é${index}`.padEnd(length, "→"));
    {
      await using spill = new Spill();
      const records: Spilled[] = [];
      for (const text of texts) records.push(await spill.add(text));
      assert.equal(files().length > 0, isOnDisk);
      const wanted = records.filter((_, index) => index % 3 !== 0);
      assert.deepEqual(await allOf(spill.read(wanted)), texts.filter((_, index) => index % 3 !== 0));
    }
    assert.deepEqual(files(), []);
  }
});
