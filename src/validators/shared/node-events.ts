/**
 * Reads what `node-reporter.ts` wrote: one event on each line, a test's start before those of the tests inside it, its
 * result after theirs. Never takes a report without its last line for a whole one.
 */
import { z } from "zod";
import { repositoryPath } from "./paths.ts";
import type { SeenTest, SeenTests } from "./tests.ts";

const event = z.object({
  type: z.enum(["test:start", "test:pass", "test:fail"]),
  name: z.string(),
  nesting: z.number().int().min(0).max(1_000),
  file: z.string().optional(),
  /** The file that Node was told to run; since Node 24. `file` is where the test is written, a helper perhaps. */
  entryFile: z.string().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
  skipped: z.boolean(),
  kind: z.string().optional(),
  why: z.string().optional(),
});

type Event = z.infer<typeof event>;

/** The tests of a report; undefined where it is not whole. */
export function parseNodeEvents(text: string, root: string, cwd: string): SeenTests | undefined {
  const lines = text.trimEnd().split("\n");
  if (lines.pop() !== '{"type":"end"}') return undefined;
  const events = lines.map(parseLine);
  const tests: SeenTest[] = [];
  const broken: SeenTests["broken"][number][] = [];
  const open: string[] = [];
  for (const one of events) {
    if (!one) return undefined;
    open.length = one.nesting;
    open.push(one.name);
    if (one.type === "test:start") continue;
    const seen = seenTest(one, open, (path) => repositoryPath(root, cwd, path));
    if (isBroken(one, seen)) broken.push(seen);
    else if (one.kind !== "suite") tests.push(seen);
  }
  return { tests, broken };
}

function seenTest(one: Event, open: readonly string[], toPath: (path: string) => string): SeenTest {
  const file = toPath(one.entryFile ?? one.file ?? "");
  const isFile = one.nesting === 0 && one.file !== undefined && toPath(one.name) === toPath(one.file);
  const status = one.skipped ? "skipped" : one.type === "test:pass" ? "passed" : "failed";
  return {
    names: isFile ? [file] : [file, ...open],
    status,
    ...(one.file !== undefined && { at: { file: toPath(one.file), line: one.line ?? 1, column: one.column ?? 1 } }),
    derived: one.why === "subtestsFailed",
  };
}

/** A file that ended badly, or a suite that failed by itself: a hook of its own. */
function isBroken(one: Event, { names, status, derived }: SeenTest): boolean {
  return status === "failed" && derived !== true && (one.kind === "suite" || names.length === 1);
}

function parseLine(line: string): Event | undefined {
  try {
    return event.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
