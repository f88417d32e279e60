import assert from "node:assert/strict";
import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { useOwnCache } from "../../../test/support/cache.ts";
import { capabilitiesAt } from "../../../test/support/container.ts";
import { cacheRoot, ensureFolder } from "../files.ts";
import { forgetCapabilities, remembered } from "./remembered.ts";

useOwnCache();

test("what was found out is not found out again, until it is old, forgotten, or asked for another limit", async () => {
  await ensureFolder(cacheRoot());
  const found = await capabilitiesAt("none");
  await forgetCapabilities();
  let probed = 0;
  const probe = (): Promise<typeof found> => {
    probed++;
    return Promise.resolve(found);
  };
  assert.deepEqual([await remembered("none", probe), await remembered("none", probe)], [found, found]);
  assert.equal(probed, 1);
  await remembered("auto", probe);
  assert.equal(probed, 2);
  const folder = join(cacheRoot(), "machine");
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), 0, 0);
  await remembered("none", probe);
  assert.equal(probed, 3);
  await forgetCapabilities();
  await remembered("none", probe);
  assert.equal(probed, 4);
  for (const name of readdirSync(folder)) writeFileSync(join(folder, name), "");
  assert.deepEqual(await remembered("none", probe), found, "half a file is none");
  assert.equal(probed, 5);
});
