/**
 * Looks at a change through the tests that reach the changed files, by the runner's own import graph. Tests that read
 * files without importing them are missed; the check itself, which decides, runs every test.
 */
import { z } from "zod";
import type { Oracle } from "../../domain/oracle.ts";
import type { CheckDefinition } from "../../domain/plugin.ts";
import { isRead, type Inventory, type Read } from "../../domain/reading.ts";
import { readRunner, runnerOptions, type Runner } from "./runner.ts";
import { fileOfTest } from "./tests.ts";

/** What imports can reach. Any other file may matter to any test. */
const CODE = /\.[cm]?[jt]sx?$/;
/** Beyond this most tests are reached anyway. */
const MAX_FILES = 200;

export function openRelatedTests(runner: Runner, definition: CheckDefinition): Oracle {
  const { cwd, run } = z.object(runnerOptions(runner)).parse(definition);
  const canNarrow = cwd === "" && runner.related?.(run, "", []) !== undefined;
  return {
    look: async ({ to, changed, baseline, workspace, signal }) => {
      const files = [...changed.keys()];
      const isReachable = files.every((file) => CODE.test(file) && to.get(file) !== null);
      if (!canNarrow || !isReachable || files.length > MAX_FILES) return undefined;
      // With a leading `./` no file is taken for an option.
      const after = await readRunner(runner, definition, await workspace(), signal, files.map((file) => `./${file}`));
      return isRead(after) ? { before: among(baseline, testFilesOf(after)), after } : { before: baseline, after };
    },
    close: () => Promise.resolve(),
  };
}

/** The files whose tests a reading saw. */
export function testFilesOf({ inventory = {}, findings }: Read): Set<string> {
  return new Set([...Object.keys(inventory).map(fileOfTest), ...findings.map(({ at }) => at?.file ?? "")]);
}

/** The part of a reading that these test files have in it. */
export function among(reading: Read, files: ReadonlySet<string>): Read {
  const inventory: Inventory = Object.fromEntries(Object.entries(reading.inventory ?? {}).filter(([test]) => files.has(fileOfTest(test))));
  return { ...reading, inventory, findings: reading.findings.filter(({ at }) => files.has(at?.file ?? "")) };
}
