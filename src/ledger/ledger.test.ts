import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Entry } from "../domain/entry.ts";
import { reason } from "../domain/reason.ts";
import { isoTime, systemClock } from "../system/clock.ts";
import { StorageFault } from "../system/files.ts";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { Ledger } from "./ledger.ts";

const ledgerAt = (path: string): Ledger => new Ledger(path, systemClock);

/** The detail of each readable line. */
async function details(ledger: Ledger): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const entry of ledger.read()) found.push(entry.kind === "ended" ? entry.reasons[0]?.args["detail"] : entry.kind);
  return found;
}

function append(ledger: Ledger, detail: string, run = "1"): void {
  ledger.append(run, { kind: "ended", status: "finished", exitCode: 0, reasons: [reason("run", "x", { detail })] });
}

/** Appends lines, each longer than a pipe or a page would keep whole, as fast as it can. */
const WRITER = `
  const [, path, run, count] = process.argv;
  const { Ledger } = await import(${JSON.stringify(new URL("ledger.ts", import.meta.url).href)});
  const ledger = new Ledger(path, { now: () => 0, random: () => "", chance: () => 0 });
  for (let index = 0; index < Number(count); index++) {
    const detail = index + " " + "é".repeat(20_000 + index);
    ledger.append(run, { kind: "ended", status: "finished", exitCode: index, reasons: [{ by: "run", code: "x", args: { detail } }] });
  }`;

test("lines of several processes at once are all whole, each process's in order", async () => {
  using folder = temporaryFolder();
  const path = join(folder.root, "state/ledger.jsonl");
  const runs = ["a", "b", "c", "d"];
  const writers = runs.map((run) => spawn(process.execPath, ["--input-type=module", "-e", WRITER, path, run, "25"], { stdio: "inherit" }));
  const codes = await Promise.all(writers.map(async (one): Promise<unknown> => (await once(one, "exit"))[0] as unknown));
  assert.deepEqual(codes, [0, 0, 0, 0]);
  const entries: Entry[] = [];
  for await (const entry of ledgerAt(path).read()) entries.push(entry);
  for (const run of runs) {
    const own = entries.filter((entry) => entry.run === run);
    assert.deepEqual(own.map((entry) => entry.kind === "ended" && entry.exitCode), Array.from({ length: 25 }, (_, index) => index));
  }
  assert.equal(entries.length, 100);
});

test("a torn line spoils nothing but itself, wherever it was cut", async () => {
  using folder = temporaryFolder();
  const path = join(folder.root, "ledger.jsonl");
  const ledger = ledgerAt(path);
  append(ledger, "first");
  const whole = readFileSync(path);
  for (let length = 1; length < whole.length - 1; length += 7) {
    writeFileSync(path, whole);
    appendFileSync(path, whole.subarray(0, length));
    append(ledger, "last");
    assert.deepEqual(await details(ledger), ["first", "last"], `cut after ${length} bytes`);
  }
});

test("what is no line of the ledger's is skipped", async () => {
  using folder = temporaryFolder();
  const path = join(folder.root, "ledger.jsonl");
  const ledger = ledgerAt(path);
  append(ledger, "one");
  const foreign = ["null", "7", "[]", '"run"', "{}", '{"kind":"later","run":"1"}', '{"kind":"ended"}', '{"kind":"ended","run":7}', "\0\0\0", "{"];
  appendFileSync(path, `\n${foreign.join("\n")}\n`);
  append(ledger, "two");
  assert.deepEqual(await details(ledger), ["one", "two"]);
});

test("any text comes back as it was, also one that some take for the end of a line", async () => {
  using folder = temporaryFolder();
  const ledger = ledgerAt(join(folder.root, "ledger.jsonl"));
  const texts = ["a\nb", "a\r\nb", "a\rb", "a\u2028b\u2029c", "a\u0085b\vc\fd", "\ufeffa", "a\0b", "\ud800", ""];
  for (const text of texts) append(ledger, text);
  assert.deepEqual(await details(ledger), texts);
});

test("a ledger that is not there yet has no lines, and reading makes none", async () => {
  using folder = temporaryFolder();
  const path = join(folder.root, "none/ledger.jsonl");
  assert.deepEqual(await details(ledgerAt(path)), []);
  assert.equal(existsSync(join(folder.root, "none")), false);
});

test("every line says when and which run", async () => {
  using folder = temporaryFolder();
  const ledger = new Ledger(join(folder.root, "ledger.jsonl"), { now: () => 1_000, random: () => "", chance: () => 0 });
  append(ledger, "x", "run-7");
  for await (const { at, run } of ledger.read()) assert.deepEqual([at, run], [isoTime(1_000), "run-7"]);
});

test("a full disk, and a ledger that cannot be one, are faults of storage", () => {
  using folder = temporaryFolder({ file: "" });
  const codeOf = (path: string): string => {
    try {
      append(ledgerAt(path), "x");
    } catch (error) {
      if (error instanceof StorageFault) return error.code;
      throw error;
    }
    return "";
  };
  // Whatever is written to this device meets a full disk.
  assert.equal(codeOf("/dev/full"), "ENOSPC");
  assert.equal(codeOf(folder.root), "EISDIR");
  assert.match(codeOf(join(folder.root, "file/ledger.jsonl")), /^(?:EEXIST|ENOTDIR)$/);
});
