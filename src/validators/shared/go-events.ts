/**
 * Reads the events of `go test -json` (https://pkg.go.dev/cmd/test2json). A package that does not compile has no events of
 * tests: before Go 1.24 it is a plain line, since then an event of its own. Never takes a stream without a package's end
 * for a whole one.
 */
import { z } from "zod";
import type { TestStatus } from "../../domain/reading.ts";

const event = z.object({
  Action: z.string(),
  Package: z.string().optional(),
  Test: z.string().optional(),
  Output: z.string().optional(),
  FailedBuild: z.string().optional(),
});

export interface GoTest {
  readonly package: string;
  /** With its outer tests before it: `TestA/case`. */
  readonly name: string;
  readonly status: TestStatus;
  /** The file's name and the line that its first word of failure names. */
  readonly at?: { readonly file: string; readonly line: number };
}

export interface GoTests {
  readonly tests: readonly GoTest[];
  /** Packages that did not compile. */
  readonly unbuilt: readonly string[];
  /** Packages that failed although no test of theirs did, such as in `TestMain`. */
  readonly failed: readonly string[];
  /** Packages that came to their end, whichever. */
  readonly packages: readonly string[];
}

const STATUS: Readonly<Record<string, TestStatus>> = { pass: "passed", fail: "failed", skip: "skipped" };
const PLAIN_FAILURE = /^FAIL\s+(\S+) \[(?:build|setup) failed\]$/;
const PLACE = /^\s+([^\s:]+\.go):(\d+): /;

/** Undefined where the text is no such stream. */
export function parseGoEvents(text: string): GoTests | undefined {
  const tests = new Map<string, GoTest>();
  const places = new Map<string, GoTest["at"]>();
  const [unbuilt, failed, packages] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const open = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    const [, plain] = PLAIN_FAILURE.exec(line) ?? [];
    if (plain !== undefined) for (const names of [unbuilt, packages]) names.add(plain);
    if (!line.startsWith("{")) continue;
    const read = event.safeParse(parse(line));
    if (!read.success) return undefined;
    const { Action: action, Package: name = "", Test: test, Output: output = "", FailedBuild: build } = read.data;
    const key = `${name}\0${test ?? ""}`;
    const status = STATUS[action];
    const [, file, row] = PLACE.exec(output) ?? [];
    if (file !== undefined && test !== undefined && !places.has(key)) places.set(key, { file, line: Number(row) });
    if (action === "run" || action === "start") open.add(name);
    if (status === undefined || name === "") continue;
    if (test !== undefined) {
      const at = places.get(key);
      tests.set(key, { package: name, name: test, status, ...(at && { at }) });
    } else {
      packages.add(name);
      open.delete(name);
      if (build !== undefined) unbuilt.add(name);
      else if (action === "fail") failed.add(name);
    }
  }
  if (open.size > 0) return undefined;
  const withFailures = new Set([...tests.values()].filter(({ status }) => status === "failed").map((one) => one.package));
  return { tests: [...tests.values()], unbuilt: [...unbuilt], failed: [...failed].filter((name) => !withFailures.has(name)), packages: [...packages] };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
