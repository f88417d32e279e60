import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, closeSync, openSync, symlinkSync, writeSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { inputOf, linesOf, piped } from "../../test/support/inputs.ts";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { openInput, type InputFault, type OpenInput } from "./input.ts";

const open = (path: string): Promise<OpenInput | InputFault> => openInput(path, path, piped());

async function lineTexts(input: OpenInput): Promise<string[]> {
  return (await linesOf(input)).map((line) => ("fault" in line ? line.fault : line.text));
}

async function opened(path: string): Promise<OpenInput> {
  const input = await open(path);
  return "fault" in input ? assert.fail(input.fault) : input;
}

test("lines come out as they went in, however the pieces fall", async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.string({ unit: fc.constantFrom("a", "é", "😀", "\u2028", "\r", " ") })), fc.array(fc.nat(60)), async (lines, cuts) => {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
    const at = [0, ...cuts.filter((cut) => cut < bytes.length).sort((one, other) => one - other), bytes.length];
    const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
    const read = await linesOf(await inputOf(...chunks));
    assert.deepEqual(read, lines.map((line, index) => ({ number: index + 1, text: line.replace(/\r$/, ""), isEnded: true })));
  }));
});

test("a byte order mark and line endings are no part of a line; a last line may do without an ending", async () => {
  assert.deepEqual(await linesOf(await inputOf("\uFEFFa\r\n\uFEFFb")), [{ number: 1, text: "a", isEnded: true }, { number: 2, text: "\uFEFFb", isEnded: false }]);
});

test("a line that is too long or no UTF-8 is named, and the next one is read", async () => {
  const long = Buffer.alloc(50 * 1024 * 1024, "x");
  const read = await linesOf(await inputOf("a\n", long, "\n", Buffer.from([0xff, 10]), "b\n"));
  assert.deepEqual(read.map((line) => ("fault" in line ? line.fault : line.text)), ["a", "line-too-long", "line-undecodable", "b"]);
});

test("a document has a bound, and is UTF-8 or none", async () => {
  assert.deepEqual(await (await inputOf("\uFEFF{}\r\n")).text(), { ok: true, text: "{}\r\n" });
  assert.deepEqual(await (await inputOf(Buffer.from([0x7b, 0xff]))).text(), { ok: false, fault: "input-undecodable" });
  const chunks = Array.from({ length: 65 }, () => Buffer.alloc(1024 * 1024, " "));
  assert.deepEqual(await (await inputOf(...chunks)).text(), { ok: false, fault: "input-too-large" });
});

test("an input that never ends does", async () => {
  async function* zeros(): AsyncIterable<Buffer> {
    for (const chunk = Buffer.alloc(16 * 1024 * 1024); ; ) yield await Promise.resolve(chunk);
  }
  const input = await openInput("-", "-", zeros());
  assert.ok(!("fault" in input));
  assert.deepEqual(await lineTexts(input), ["line-too-long"]);
  assert.ok(input.isCut);
});

test("only regular files are read: a folder, a pipe, a device, a socket and nothing at all are refused by what they are", async () => {
  using folder = temporaryFolder({ "a.jsonl": "a\n" });
  const at = (name: string): string => join(folder.root, name);
  execFileSync("mkfifo", [at("pipe")]);
  symlinkSync("a.jsonl", at("link"));
  symlinkSync("loop", at("loop"));
  const server = createServer().listen(at("socket"));
  await new Promise((resolve) => server.once("listening", resolve));
  assert.deepEqual(await open(folder.root), { fault: "not-a-file", detail: "folder" });
  assert.deepEqual(await open(at("pipe")), { fault: "not-a-file", detail: "pipe" });
  assert.deepEqual(await open("/dev/zero"), { fault: "not-a-file", detail: "device" });
  assert.deepEqual(await open(at("socket")), { fault: "not-a-file", detail: "socket" });
  for (const name of ["nowhere", "loop", "a.jsonl/x", "x".repeat(300)]) assert.partialDeepStrictEqual(await open(at(name)), { fault: "missing" }, name);
  assert.deepEqual(await lineTexts(await opened(at("link"))), ["a"], "a link that the user names leads where it leads");
  server.close();
});

test("what is appended while it is read does not count", async () => {
  using folder = temporaryFolder({ "a.jsonl": "a\nb" });
  const path = join(folder.root, "a.jsonl");
  await using input = await opened(path);
  appendFileSync(path, "c\nd\n");
  assert.deepEqual(await lineTexts(input), ["a", "b"]);
});

test("a file that is cut short meanwhile ends where it ends", async () => {
  using folder = temporaryFolder({ "a.jsonl": "x\n".repeat(400_000) });
  const path = join(folder.root, "a.jsonl");
  await using input = await opened(path);
  const file = openSync(path, "w");
  writeSync(file, "y\n");
  closeSync(file);
  assert.ok((await lineTexts(input)).length < 400_000);
});
