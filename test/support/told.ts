/** How a command has to say that something is wrong: one line on stderr, the right exit code, nothing else. */
import assert from "node:assert/strict";
import type { Run } from "./cli.ts";

/** A check that is always green, and costs next to nothing. */
export const GREEN = '{ "checks": [{ "name": "ok", "run": ["true"] }] }\n';

/** One line `stet: …`; below it, indented, only what a program said. */
export function assertTold({ code, stdout, stderr }: Run, expected: number, line: RegExp): void {
  const [first = "", ...more] = stderr.trimEnd().split("\n");
  assert.equal(code, expected, stderr);
  assert.match(first, /^stet: .+[^\s]$/, "one line that says what is wrong");
  assert.match(first, line);
  assert.deepEqual(more.filter((text) => !text.startsWith("  ")), [], "and no second one");
  assert.equal(stdout, "");
}

/** The NDJSON on stdout, each line parsed; fails where a line is anything else. */
export function events({ stdout }: Run): Record<string, unknown>[] {
  return stdout.split("\n").filter((line) => line !== "").map((line) => {
    const value: unknown = JSON.parse(line);
    assert.ok(typeof value === "object" && value !== null && "type" in value && typeof value.type === "string", line);
    return { ...value };
  });
}
