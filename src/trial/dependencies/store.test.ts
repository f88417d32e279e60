import assert from "node:assert/strict";
import { existsSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { capabilitiesAt, project, snapshot, type Project } from "../../../test/support/container.ts";
import { install, type InstallRequest } from "./store.ts";

const manifest = { name: "root", version: "1.0.0", dependencies: { local: "file:local" } };
const lock = {
  ...{ name: "root", version: "1.0.0", lockfileVersion: 3, requires: true },
  packages: {
    "": manifest,
    local: { version: "1.0.0", hasInstallScript: true },
    "node_modules/local": { resolved: "local", link: true },
  },
};
const files = {
  "package.json": JSON.stringify(manifest),
  "package-lock.json": JSON.stringify(lock),
  "local/package.json": JSON.stringify({ name: "local", version: "1.0.0", scripts: { install: "touch ../ran" } }),
};

async function request(place: Project): Promise<InstallRequest> {
  const capabilities = await capabilitiesAt("bwrap");
  const store = join(place.base, "store");
  return { tree: place.root, store, packageFolders: ["", "local"], capabilities, checkout: place.checkout };
}

test("installs what a lockfile names once, without scripts and without touching the tree", async () => {
  using place = project(files);
  const before = snapshot(place.root);
  const asked = await request(place);
  const installed = await install(asked);
  assert.ok(installed.ok, JSON.stringify(installed));
  const [source, ...others] = installed.sources;
  assert.ok(source);
  assert.deepEqual([source.folder, others], ["", []]);
  assert.equal(readlinkSync(join(source.path, "local")), "../local");
  assert.equal(existsSync(join(source.root, "ran")), false);
  assert.deepEqual(snapshot(place.root), before);
  writeFileSync(join(source.path, "mark"), "");
  const again = await install(asked);
  assert.ok(again.ok);
  assert.ok(existsSync(join(again.sources[0]?.path ?? "", "mark")), "the second time nothing is installed");
});

test("an installation that fails says so and leaves nothing to be found later", async () => {
  using place = project({ ...files, "package.json": JSON.stringify({ ...manifest, dependencies: { other: "1.0.0" } }) });
  const asked = await request(place);
  const failed = await install(asked);
  assert.ok(!failed.ok);
  assert.equal(failed.reason.code, "install-failed");
  assert.match(String(failed.reason.args["detail"]), /npm ci/);
  assert.deepEqual(readdirSync(asked.store), ["downloads"]);
});

test("a tree without a lockfile has no installation", async () => {
  using place = project({ "package.json": "{}" });
  const refused = await install(await request(place));
  assert.deepEqual([refused.ok, !refused.ok && refused.reason.code], [false, "no-lockfile"]);
});
