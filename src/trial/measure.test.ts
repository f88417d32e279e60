import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Check, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { badLines, checkOf, ground, type Ground } from "../../test/support/kit.ts";

const bad = (parts: Partial<Pick<Check, "expense" | "deterministic">> = {}): ReturnType<typeof checkOf> => checkOf("bad", badLines("a.txt"), parts);

/** A tree where `a.txt` has this text. */
function treeOf(place: Ground, text: string): string {
  writeFileSync(join(place.root, "a.txt"), text);
  place.git("add", "a.txt");
  return place.git("write-tree");
}

const messages = (readings: readonly Reading[]): string[] =>
  readings.flatMap((one) => (one.kind === "read" ? one.findings.map(({ message }) => message) : [one.kind]));

test("a tree is read once, also by another run", async () => {
  using place = await ground({ "a.txt": "BAD one\n" });
  const check = bad();
  const events: string[] = [];
  const measure = place.measure([check], (event) => events.push(event.type === "check-ended" ? `ended ${event.cached}` : event.type));
  const first = await measure.baseline(place.tree);
  assert.deepEqual(messages(first), ["one"]);
  assert.deepEqual(await measure.baseline(place.tree), first);
  assert.deepEqual(await place.measure([check]).baseline(place.tree), first, "from disk");
  assert.equal(check.count, 1);
  assert.deepEqual(events, ["check-started", "ended false", "ended true"]);
  assert.deepEqual([...measure.ran], [["bad", 1]]);
});

test("another tree, another definition or other dependencies are read anew", async () => {
  using place = await ground({ "a.txt": "BAD one\n", "package.json": "{}" });
  const check = bad();
  await place.measure([check]).baseline(place.tree);
  assert.deepEqual(messages(await place.measure([check]).baseline(treeOf(place, "BAD two\n"))), ["two"]);
  assert.equal(check.count, 2);
  const stricter = bad();
  await place.measure([{ ...stricter, definition: { ...stricter.definition, strict: true } }]).baseline(place.tree);
  assert.equal(stricter.count, 1);
  using other = await ground({ "a.txt": "BAD one\n", "package.json": "{}", "node_modules/x/index.js": "" });
  const installed = bad();
  await other.measure([installed]).baseline(other.tree);
  writeFileSync(join(other.root, "node_modules/y"), "");
  await other.measure([installed]).baseline(other.tree);
  assert.equal(installed.count, 2);
});

test("only what was really read is kept: a crash, a timeout or a missing program is asked again", async () => {
  for (const kind of ["crashed", "timeout", "missing", "unreadable", "flaky"] as const) {
    using place = await ground({ "a.txt": "BAD one\n" });
    let broken = true;
    const check = checkOf("bad", (workspace) => {
      return broken ? Promise.resolve({ kind, check: "bad", detail: "", durationMs: 0 }) : badLines("a.txt")(workspace);
    });
    assert.deepEqual(messages(await place.measure([check]).baseline(place.tree)), [kind]);
    broken = false;
    assert.deepEqual(messages(await place.measure([check]).baseline(place.tree)), ["one"]);
  }
});

test("a kept reading that was torn is no reading", async () => {
  using place = await ground({ "a.txt": "BAD one\n" });
  const check = bad();
  await place.measure([check]).baseline(place.tree);
  const folder = join(place.shadow.folder, "readings");
  const { listFolder } = await import("../system/files.ts");
  for (const name of await listFolder(folder)) writeFileSync(join(folder, name), '{"kind":"re');
  assert.deepEqual(messages(await place.measure([check]).baseline(place.tree)), ["one"]);
  assert.equal(check.count, 2);
});

test("cheap checks are read first, and a red one ends the measurement", async () => {
  using place = await ground({ "a.txt": "" });
  const order: string[] = [];
  const logged = (name: string, expense: number, read: (workspace: Workspace) => Promise<Reading>): Check =>
    checkOf(name, (workspace) => (order.push(name), read(workspace)), { expense });
  const green = (check: string): Promise<Reading> => Promise.resolve({ kind: "read", check, findings: [], durationMs: 0 });
  const checks = [logged("dear", 9, () => green("dear")), logged("bad", 5, badLines("a.txt")), logged("cheap", 0, () => green("cheap"))];
  const measure = place.measure(checks);
  const before = { tree: place.tree, readings: await measure.baseline(place.tree) };
  assert.deepEqual(order.splice(0), ["cheap", "bad", "dear"]);
  assert.deepEqual(messages(await measure.compare(before, treeOf(place, "BAD one\n"))), ["one"]);
  assert.deepEqual(order.splice(0), ["cheap", "bad"], "the dear one is not read when the bad one is red");
  await measure.compare(before, treeOf(place, "fine\n"));
  assert.deepEqual(order, ["cheap", "bad", "dear"]);
});

test("a red of a check that need not read the same twice is read twice; a green one, and a certain check's, once", async () => {
  using place = await ground({ "a.txt": "" });
  const tree = treeOf(place, "BAD one\n");
  for (const [deterministic, count] of [[true, 2], [false, 3]] as const) {
    const check = checkOf(`bad ${deterministic}`, badLines("a.txt"), { deterministic });
    const named: Check = { ...check, read: async (workspace) => ({ ...(await check.read(workspace)), check: check.definition.name }) };
    const measure = place.measure([named]);
    const before = { tree: place.tree, readings: await measure.baseline(place.tree) };
    assert.deepEqual(messages(await measure.compare(before, tree)), ["one"]);
    assert.equal(check.count, count);
    await measure.compare(before, treeOf(place, "fine\n"));
    assert.equal(check.count, count + 1);
  }
});

test("a check at odds with itself is flaky, for the rest of the run and not beyond it", async () => {
  using place = await ground({ "a.txt": "" });
  const tree = treeOf(place, "fine\n");
  let count = 0;
  // Red at the first look at the other tree, green at the second.
  const check = checkOf("bad", () => {
    count++;
    const findings = count === 2 ? [{ key: "k", by: "bad", rule: "r", category: "other" as const, message: "sometimes" }] : [];
    return Promise.resolve({ kind: "read", check: "bad", findings, durationMs: 0 });
  }, { deterministic: false });
  const measure = place.measure([check]);
  const before = { tree: place.tree, readings: await measure.baseline(place.tree) };
  assert.deepEqual(messages(await measure.compare(before, tree)), ["flaky"]);
  assert.deepEqual(messages(await measure.compare(before, tree)), ["flaky"]);
  assert.equal(check.count, 3);
});

test("a second look that crashes leaves it unclear", async () => {
  using place = await ground({ "a.txt": "" });
  let count = 0;
  const check = checkOf("bad", (workspace) => {
    return ++count === 3 ? Promise.resolve({ kind: "crashed", check: "bad", detail: "", durationMs: 0 }) : badLines("a.txt")(workspace);
  }, { deterministic: false });
  const measure = place.measure([check]);
  const before = { tree: place.tree, readings: await measure.baseline(place.tree) };
  assert.deepEqual(messages(await measure.compare(before, treeOf(place, "BAD one\n"))), ["crashed"]);
});

test("what one check writes, no other sees", async () => {
  using place = await ground({ "a.txt": "" });
  const vandal = checkOf("vandal", async (workspace) => {
    const seen = (await workspace.readText("a.txt")) === "" && (await workspace.readText("stray")) === undefined;
    writeFileSync(join(workspace.root, "a.txt"), "changed");
    writeFileSync(join(workspace.root, "stray"), "x");
    return seen ? { kind: "read", check: "vandal", findings: [], durationMs: 0 } : { kind: "crashed", check: "vandal", detail: "", durationMs: 0 };
  });
  const again: Check = { ...vandal, definition: { name: "again", use: "test" } };
  const readings = await place.measure([vandal, again]).baseline(place.tree);
  assert.deepEqual(readings.map(({ kind }) => kind), ["read", "read"]);
});

test("an aborted run keeps nothing of the check that it ended", async () => {
  using place = await ground({ "a.txt": "" });
  const controller = new AbortController();
  const check = checkOf("bad", (workspace) => (controller.abort(new Error("stop")), badLines("a.txt")(workspace)));
  const { Measure } = await import("./measure.ts");
  const folder = join(place.shadow.folder, "readings");
  const measure = new Measure({ git: place.shadow.git, worktree: () => place.worktree, lanes: 1, checks: [check], folder, listen: () => undefined, signal: controller.signal });
  await assert.rejects(measure.baseline(place.tree), /stop/);
  await place.measure([check]).baseline(place.tree);
  assert.equal(check.count, 2);
});

test("a check that is blind to all that differs is not run; its reading is that of the base", async () => {
  using place = await ground({ "a.txt": "BAD one\n", "yarn.lock": "" });
  const asked: string[][] = [];
  const isBlindTo: NonNullable<Check["isBlindTo"]> = (changes) => {
    asked.push(changes.map(({ path, kind }) => `${kind} ${path}`));
    return changes.every(({ path }) => path !== "a.txt");
  };
  const check = checkOf("bad", badLines("a.txt"), { isBlindTo });
  const ended: boolean[] = [];
  const measure = place.measure([check], (event) => {
    if (event.type === "check-ended") ended.push(event.cached);
  });
  const base = { tree: place.tree, readings: await measure.baseline(place.tree) };
  const change = (path: string, text: string): string => {
    writeFileSync(join(place.root, path), text);
    place.git("add", path);
    return place.git("write-tree");
  };
  assert.deepEqual(messages(await measure.compare(base, change("notes.md", "new"))), ["one"]);
  assert.deepEqual([check.count, asked.splice(0), ended], [1, [["other notes.md"]], [false, true]]);
  assert.deepEqual(messages((await measure.look(base, change("notes.md", "newer"))).readings), ["one"]);
  assert.equal(check.count, 1, "nor in a search");
  place.git("reset", "-q", "--hard");
  assert.deepEqual(messages(await measure.compare(base, change("a.txt", "BAD two\n"))), ["two"]);
  assert.deepEqual([check.count, asked.at(-1)], [2, ["text a.txt"]]);
  place.git("reset", "-q", "--hard");
  const otherLock = change("yarn.lock", "other");
  place.git("reset", "-q", "--hard");
  assert.deepEqual(messages(await measure.compare(base, otherLock)), ["missing"], "other dependencies are asked for, which cannot be had here");
});
