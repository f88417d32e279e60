/**
 * What the second trial on one lockfile does not do again: no package manager runs, nothing is installed, and no file is copied.
 * The package manager is the real one, and installs a real package; how long it takes is asserted nowhere.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { globSync, lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { capabilitiesAt, snapshot } from "../../../test/support/container.ts";
import { ground } from "../../../test/support/kit.ts";
import { temporaryFolder } from "../../../test/support/workspace.ts";
import type { Capabilities } from "../../system/sandbox.ts";
import { Worktree } from "../worktree.ts";
import { DependenciesByLockfile } from "./by-lockfile.ts";

/** A package as the registry would give it, but for the compression. */
function packed(): string {
  using folder = temporaryFolder({ "package/package.json": '{ "name": "dep", "version": "1.0.0" }', "package/index.js": "module.exports = 'installed';\n" });
  return execFileSync("tar", ["--create", "--format=ustar", "--directory", folder.root, "package"], { encoding: "latin1" });
}

const manifest = { name: "root", version: "1.0.0", dependencies: { dep: "file:dep.tar" } };
const lock = { name: "root", version: "1.0.0", lockfileVersion: 3, requires: true, packages: { "": manifest, "node_modules/dep": { version: "1.0.0", resolved: "file:dep.tar" } } };
const place = await ground({ "package.json": JSON.stringify(manifest), "package-lock.json": JSON.stringify(lock), "dep.tar": packed(), "src/a.js": "1;\n" });
after(() => place[Symbol.dispose]());
// The checkout has moved on to another lockfile, so the trees' one is for stet to install.
writeFileSync(join(place.root, "package-lock.json"), "{}");
writeFileSync(join(place.root, "src/a.js"), "2;\n");
place.git("commit", "--quiet", "--message=two", "src/a.js");
const second = place.git("rev-parse", "HEAD^{tree}");

function worktreeOf(capabilities: Capabilities, store: string, number: number): Worktree {
  const { shadow, repository: { checkout }, commit } = place;
  const dependencies = new DependenciesByLockfile({ git: shadow.git, checkout, store, capabilities });
  return new Worktree({ shadow, capabilities, dependencies, head: commit, checkout, readOnlyPaths: [], passEnv: [], mark: "test." }, number);
}

/** What a trial on this tree reads of the dependency and of its own file. */
async function tried(worktree: Worktree, tree: string): Promise<string> {
  const workspace = await worktree.open(tree);
  const { ended, stdout, stderr } = await workspace.run({ argv: [process.execPath, "--print", "require('dep') + require('fs').readFileSync('src/a.js', 'utf8')"], timeoutMs: 60_000 });
  assert.deepEqual(ended, { kind: "exited", code: 0 }, stderr);
  return stdout.trim();
}

/** npm keeps a log for each time that it runs. */
const installations = (store: string): number => readdirSync(join(store, "downloads/npm/_logs")).length;

test("laid over: the second trial, and a later run's first, find the installation as it is, and nothing lies above it", async () => {
  const capabilities = await capabilitiesAt("bwrap");
  const store = join(place.cache, "overlaid");
  const worktree = worktreeOf(capabilities, store, 1);
  assert.equal(await tried(worktree, place.tree), "installed1;");
  assert.equal(installations(store), 1);
  const before = snapshot(store);
  assert.equal(await tried(worktree, second), "installed2;");
  for (const number of [1, 2]) assert.equal(await tried(worktreeOf(capabilities, store, number), second), "installed2;");
  assert.deepEqual(snapshot(store), before, "not a byte, inode or time of the store has changed");
  const above = globSync("worktrees/{1,2}/dependencies/*/upper", { cwd: place.shadow.folder });
  assert.equal(above.length, 2);
  for (const folder of above) assert.deepEqual(readdirSync(join(place.shadow.folder, folder)), [], "nothing was copied");
});

test("copied, where nothing can be laid over: once for all trials of a run, from one installation", async () => {
  const capabilities = { ...(await capabilitiesAt("none")), overlay: false };
  const store = join(place.cache, "copied");
  const worktree = worktreeOf(capabilities, store, 3);
  assert.equal(await tried(worktree, place.tree), "installed1;");
  const copy = join(worktree.root, "node_modules/dep/index.js");
  const [before, { ino }] = [snapshot(store), lstatSync(copy)];
  assert.equal(await tried(worktree, second), "installed2;");
  assert.equal(lstatSync(copy).ino, ino, "the very file of the first trial");
  assert.deepEqual([snapshot(store), installations(store)], [before, 1]);
  assert.equal(readFileSync(copy, "utf8"), "module.exports = 'installed';\n");
});
