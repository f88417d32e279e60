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

type Event = z.infer<typeof event>;

/** Undefined where the text is no such stream. */
export function parseGoEvents(text: string): GoTests | undefined {
  const stream = new Stream();
  for (const line of text.split(/\r?\n/)) {
    const [, plain] = PLAIN_FAILURE.exec(line) ?? [];
    if (plain !== undefined) stream.endPackage(plain, true);
    if (!line.startsWith("{")) continue;
    const read = event.safeParse(parse(line));
    if (!read.success) return undefined;
    stream.add(read.data);
  }
  return stream.result();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the events so far come to. */
class Stream {
  readonly #tests = new Map<string, GoTest>();
  readonly #places = new Map<string, GoTest["at"]>();
  readonly #open = new Set<string>();
  readonly #packages = new Set<string>();
  readonly #unbuilt = new Set<string>();
  readonly #failed = new Set<string>();

  add({ Action: action, Package: name, Test: test, Output: output = "", FailedBuild: build }: Event): void {
    if (name === undefined) return;
    if (action === "run" || action === "start") this.#open.add(name);
    if (test !== undefined) this.#addTest(name, test, { action, output });
    else if (STATUS[action] !== undefined) {
      this.endPackage(name, build !== undefined);
      if (action === "fail") this.#failed.add(name);
    }
  }

  #addTest(name: string, test: string, { action, output }: { action: string; output: string }): void {
    const key = `${name}\0${test}`;
    const [, file, row] = PLACE.exec(output) ?? [];
    if (file !== undefined && !this.#places.has(key)) this.#places.set(key, { file, line: Number(row) });
    const [status, at] = [STATUS[action], this.#places.get(key)];
    if (status) this.#tests.set(key, { package: name, name: test, status, ...(at && { at }) });
  }

  endPackage(name: string, isUnbuilt: boolean): void {
    this.#packages.add(name);
    this.#open.delete(name);
    if (isUnbuilt) this.#unbuilt.add(name);
  }

  /** Undefined where a package has not come to its end. */
  result(): GoTests | undefined {
    if (this.#open.size > 0) return undefined;
    const tests = [...this.#tests.values()];
    const told = new Set(tests.filter(({ status }) => status === "failed").map((one) => one.package));
    const failed = [...this.#failed].filter((name) => !told.has(name) && !this.#unbuilt.has(name));
    return { tests, unbuilt: [...this.#unbuilt], failed, packages: [...this.#packages] };
  }
}
