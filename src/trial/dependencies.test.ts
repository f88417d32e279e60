import assert from "node:assert/strict";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { capabilitiesAt, containerFor, project, snapshot, type Project } from "../../test/support/container.ts";
import { runContained, type Capabilities, type Containment } from "../system/sandbox.ts";
import { findDependencies, freshen, identity, place, type Placed } from "./dependencies.ts";

const WAYS: readonly { level: Containment; overlay: boolean }[] = [
  { level: "bwrap", overlay: true },
  { level: "bwrap", overlay: false },
  { level: "unshare", overlay: true },
  { level: "unshare", overlay: false },
  { level: "none", overlay: false },
];

interface Prepared extends Project {
  readonly placed: Placed;
  /** Runs JavaScript in the container and gives what it printed. */
  run(script: string, cwd?: string): Promise<string>;
}

/** An npm workspace with a pnpm-like part and two links that lead back into the checkout. */
function workspace(): Project {
  const packages = { "package.json": "{}", "packages/a/package.json": "{}", "packages/b/package.json": "{}" };
  const made = project({ ...packages, "packages/a/index.js": "module.exports = __dirname" });
  const modules = join(made.checkout, "node_modules");
  const inRoot = ["node_modules/dep,1:2/index.js", "node_modules/.pnpm/x@1/node_modules/x/index.js"];
  const files = [...inRoot, "packages/b/node_modules/y/index.js"];
  for (const file of files) {
    mkdirSync(dirname(join(made.checkout, file)), { recursive: true });
    writeFileSync(join(made.checkout, file), "module.exports = __filename");
  }
  mkdirSync(join(modules, "@scope"));
  symlinkSync("../../packages/a", join(modules, "@scope/a"));
  symlinkSync("../../../node_modules/.pnpm/x@1/node_modules/x", join(made.checkout, "packages/b/node_modules/x"));
  symlinkSync(join(made.checkout, "packages/a"), join(modules, "absolute"));
  symlinkSync("../../project/packages/a", join(modules, "winding"));
  return made;
}

async function placeIn(made: Project, capabilities: Capabilities): Promise<Placed> {
  const sources = await findDependencies(made.checkout, ["", "packages/a", "packages/b"]);
  assert.deepEqual(sources.map(({ folder }) => folder), ["", "packages/b"]);
  return place(sources, { root: made.root, state: made.state }, capabilities);
}

for (const { level, overlay } of WAYS) {
  const name = `${level}, ${overlay ? "overlay" : "copy"}`;
  const prepare = async (): Promise<Prepared> => {
    const made = workspace();
    const capabilities = { ...(await capabilitiesAt(level)), overlay };
    const placed = await placeIn(made, capabilities);
    const container = containerFor(made, capabilities, { dependencies: placed });
    const run = async (script: string, cwd = ""): Promise<string> => {
      const argv = [process.execPath, "--eval", `const fs = require("fs"); ${script}`];
      const { ended, stdout, stderr } = await runContained(container, { argv, cwd, timeoutMs: 60_000 });
      assert.deepEqual(ended, { kind: "exited", code: 0 }, stderr);
      return stdout.trim();
    };
    return { ...made, placed, run };
  };

  test(`${name}: workspace packages lead to the tree, never to the checkout`, async () => {
    using made = await prepare();
    assert.equal(made.placed.overlays.length > 0, overlay);
    const a = join(made.root, "packages/a");
    for (const specifier of ["@scope/a", "absolute", "winding"]) {
      assert.equal(await made.run(`console.log(require("${specifier}"))`, "packages/b"), a, specifier);
    }
    const dep = join(made.root, "node_modules/dep,1:2/index.js");
    assert.equal(await made.run(`console.log(require.resolve("dep,1:2"))`), dep);
    const x = join(made.root, "node_modules/.pnpm/x@1/node_modules/x/index.js");
    assert.equal(await made.run(`console.log(require("x"))`, "packages/b"), x);
    const y = join(made.root, "packages/b/node_modules/y/index.js");
    assert.equal(await made.run(`console.log(require("y"))`, "packages/b"), y);
  });

  test(`${name}: a check may write among them, the checkout stays, and the next tree finds them fresh`, async () => {
    using made = await prepare();
    const before = snapshot(made.checkout);
    const read = `console.log(fs.readFileSync("node_modules/dep,1:2/index.js", "utf8"),
      fs.readdirSync("node_modules").sort().join())`;
    const fresh = await made.run(read);
    await made.run(`
      fs.mkdirSync("node_modules/.vite-temp"); fs.writeFileSync("node_modules/.vite-temp/x", "");
      fs.writeFileSync("node_modules/dep,1:2/index.js", "changed"); fs.utimesSync("node_modules/dep,1:2/index.js", 1, 1);
      fs.rmSync("packages/b/node_modules/y", { recursive: true }); fs.mkdirSync("packages/b/node_modules/y");
      fs.rmSync("node_modules/@scope/a"); fs.symlinkSync("/", "node_modules/@scope/a");
      fs.mkdirSync("node_modules/closed"); fs.writeFileSync("node_modules/closed/x", "");
      fs.chmodSync("node_modules/closed", 0);`);
    assert.match(await made.run(read), /^changed .*\.vite-temp/);
    assert.deepEqual(snapshot(made.checkout), before);
    await freshen(made.placed);
    assert.equal(await made.run(read), fresh);
    const whole = `console.log(require("@scope/a"), fs.readdirSync("packages/b/node_modules/y").length)`;
    assert.equal(await made.run(whole), `${join(made.root, "packages/a")} 1`);
    assert.deepEqual(snapshot(made.checkout), before);
  });

  test(`${name}: a tree without a package, or with a symlink in its place, gets nothing there`, async () => {
    using made = await prepare();
    const outside = join(made.base, "outside");
    mkdirSync(outside);
    rmSync(join(made.root, "packages/b"), { recursive: true });
    await freshen(made.placed);
    assert.equal(existsSync(join(made.root, "packages/b")), false);
    symlinkSync(outside, join(made.root, "packages/b"));
    await freshen(made.placed);
    assert.equal(await made.run(`console.log(typeof require("@scope/a"))`), "string");
    assert.deepEqual(readdirSync(outside), []);
  });
}

test("a copy is used again while the source stands, and made again when it changes", async () => {
  using made = workspace();
  const capabilities = { ...(await capabilitiesAt("none")), overlay: false };
  const copied = join(made.root, "node_modules/dep,1:2/index.js");
  await placeIn(made, capabilities);
  const first = lstatSync(copied).ino;
  await placeIn(made, capabilities);
  assert.equal(lstatSync(copied).ino, first);
  const dependency = join(made.checkout, "node_modules/dep,1:2");
  writeFileSync(join(dependency, "index.js"), "new");
  utimesSync(dependency, 1, 1);
  await placeIn(made, capabilities);
  assert.equal(readFileSync(copied, "utf8"), "new");
});

test("identity stays through a tool's cache and changes with an installation", async () => {
  using made = workspace();
  const now = async (): Promise<string> => identity(await findDependencies(made.checkout, ["", "packages/b"]));
  const first = await now();
  mkdirSync(join(made.checkout, "node_modules/.cache"));
  assert.equal(await now(), first);
  mkdirSync(join(made.checkout, "packages/b/node_modules/z"));
  assert.notEqual(await now(), first);
});

test("two commands at once do not mount the same overlay twice", async () => {
  using made = workspace();
  const capabilities = await capabilitiesAt("bwrap");
  const container = containerFor(made, capabilities, { dependencies: await placeIn(made, capabilities) });
  const script = "mkdir node_modules/busy && sleep 0.3 && rmdir node_modules/busy";
  const both = [1, 2].map(() => runContained(container, { argv: ["sh", "-c", script], timeoutMs: 60_000 }));
  for (const { ended } of await Promise.all(both)) assert.deepEqual(ended, { kind: "exited", code: 0 });
});

test("falls back to a copy where an overlay cannot be mounted", async () => {
  using made = workspace();
  const capabilities = await capabilitiesAt("bwrap");
  const programs = { ...capabilities.programs, mount: "/bin/false" };
  const placed = await placeIn(made, { ...capabilities, programs });
  assert.deepEqual([placed.overlays.length, placed.mirrors.length], [0, 2]);
  assert.ok(existsSync(join(made.root, "node_modules/dep,1:2/index.js")));
});
