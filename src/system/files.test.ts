import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { appendRecord, decode, ensureFolder, listFolder, readBytesMaybe, readLines, readMaybe, removeAll, StorageFault, writeWhole } from "./files.ts";

test("a file is replaced whole: who reads meanwhile sees the old or the new", async () => {
  using folder = temporaryFolder();
  const path = join(folder.root, "deep/state.json");
  const texts = ["a", "b"].map((letter) => letter.repeat(500_000));
  await writeWhole(path, texts[0] ?? "");
  const done = new AbortController();
  const writer = (async () => {
    for (let turn = 0; turn < 20; turn++) await writeWhole(path, texts[turn % 2] ?? "");
    done.abort();
  })();
  let reads = 0;
  for (; !done.signal.aborted; reads++) assert.ok(texts.includes((await readMaybe(path)) ?? ""), "a part of a file was read");
  await writer;
  assert.notEqual(reads, 0);
  assert.deepEqual(await listFolder(join(folder.root, "deep")), ["state.json"], "nothing is left beside it");
});

test("what is not there reads as nothing, whatever stands in its way", async () => {
  using folder = temporaryFolder({ file: "text" });
  const at = (path: string): string => join(folder.root, path);
  for (const path of ["none", "file/below", "."]) {
    assert.equal(await readMaybe(at(path)), undefined, path);
    assert.equal(await readBytesMaybe(at(path)), undefined, path);
  }
  for (const path of ["none", "file", "file/below"]) assert.deepEqual(await listFolder(at(path)), [], path);
});

test("bytes are read of regular files only: no symlink is followed and no pipe waited for", async () => {
  using folder = temporaryFolder({ file: "text" });
  const at = (path: string): string => join(folder.root, path);
  symlinkSync("file", at("link"));
  execFileSync("mkfifo", [at("pipe")]);
  assert.equal((await readBytesMaybe(at("file")))?.toString(), "text");
  for (const path of ["link", "pipe"]) assert.equal(await readBytesMaybe(at(path)), undefined, path);
});

test("text is strict UTF-8 without NUL, its BOM kept", () => {
  assert.equal(decode(Buffer.from("\ufeffé\r\n😀")), "\ufeffé\r\n😀");
  assert.equal(decode(Buffer.alloc(0)), "");
  for (const bytes of [[0xe9], [0x61, 0x00], [0xed, 0xa0, 0x80], [0xf0, 0x9f], [0xc0, 0x80]]) assert.equal(decode(Buffer.from(bytes)), undefined);
});

test("a folder is removed also where its own rights forbid it, and links in it lead nowhere", async () => {
  using folder = temporaryFolder({ "kept/file": "kept", "gone/deep/file": "x" });
  const at = (path: string): string => join(folder.root, path);
  symlinkSync(at("kept"), at("gone/deep/link"));
  chmodSync(at("kept"), 0o500);
  for (const path of ["gone/deep", "gone"]) chmodSync(at(path), 0);
  await removeAll(at("gone"));
  assert.equal(existsSync(at("gone")), false);
  assert.equal(readFileSync(at("kept/file"), "utf8"), "kept");
  assert.equal(existsSync(at("kept")), true);
  chmodSync(at("kept"), 0o700);
  symlinkSync(at("kept"), at("link"));
  await removeAll(at("link"));
  assert.equal(readFileSync(at("kept/file"), "utf8"), "kept");
  await removeAll(at("none"));
});

test("a place that cannot be written is a fault of storage that names it", async () => {
  using folder = temporaryFolder({ file: "" });
  const path = join(folder.root, "file/below");
  const isFault = (error: unknown): boolean => error instanceof StorageFault && error.path.startsWith(folder.root);
  await assert.rejects(writeWhole(path, "x"), isFault);
  await assert.rejects(ensureFolder(path), isFault);
  assert.throws(() => appendRecord(path, "{}"), isFault);
});

test("lines come whole however the reader cuts the file, with or without an end to the last", async () => {
  using folder = temporaryFolder();
  const path = join(folder.root, "lines");
  const lines = ["a", "é".repeat(70_000), "\u2028", "x".repeat(200_000), "last"];
  for (const end of ["", "\n", "\n\n"]) {
    writeFileSync(path, `\n${lines.join("\n\n")}${end}`);
    const read: string[] = [];
    for await (const line of readLines(path)) read.push(line);
    assert.deepEqual(read.map((line) => line.length), lines.map((line) => line.length));
    assert.deepEqual(read, lines);
  }
});
