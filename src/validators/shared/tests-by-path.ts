/**
 * Looks at a change through the tests that are named after the changed files: `src/shop/cart.py` and `tests/test_cart.py`.
 * What other tests say of it is missed; the check itself, which decides, runs every test. Where a changed file has no
 * test of its name, all are run.
 */
import { posix } from "node:path";
import { z } from "zod";
import type { Oracle } from "../../domain/oracle.ts";
import type { CheckDefinition } from "../../domain/plugin.ts";
import { isRead, type Read } from "../../domain/reading.ts";
import { among, testFilesOf } from "./related-tests.ts";
import { readRunner, runnerOptions, type Runner } from "./runner.ts";

/** Beyond this most tests are run anyway. */
const MAX_FILES = 200;

export function openTestsByPath(runner: Runner, definition: CheckDefinition): Oracle {
  const { cwd, run } = z.object(runnerOptions(runner)).parse(definition);
  const canNarrow = cwd === "" && runner.related?.(run, "", []) !== undefined;
  return {
    look: async ({ to, changed, baseline, workspace, signal }) => {
      const files = [...changed.keys()];
      const isThere = files.every((file) => to.get(file) !== null);
      const tests = canNarrow && isThere && files.length <= MAX_FILES ? testsFor(files, baseline) : undefined;
      if (!tests) return undefined;
      const after = await readRunner(runner, definition, await workspace(), signal, [...tests].map((file) => `./${file}`));
      return isRead(after) ? { before: among(baseline, tests), after } : { before: baseline, after };
    },
    close: () => Promise.resolve(),
  };
}

/** The tests that were there before and are named after these files; undefined where one of them has none. */
function testsFor(files: readonly string[], baseline: Read): Set<string> | undefined {
  const known = [...testFilesOf(baseline)].filter((file) => file !== "");
  const found = files.map((file) => (known.includes(file) ? [file] : known.filter((test) => isNamedAfter(test, file))));
  return found.some((tests) => tests.length === 0) ? undefined : new Set(found.flat());
}

/** `test_cart.py` and `cart_test.py` for `cart.py` and `_cart.py`, and for `cart/__init__.py`. */
export function isNamedAfter(test: string, file: string): boolean {
  const stem = posix.basename(file, ".py");
  const name = (stem === "__init__" ? posix.basename(posix.dirname(file)) : stem).replace(/^_+/, "");
  return name !== "" && name !== "." && ["test_NAME.py", "NAME_test.py"].some((form) => posix.basename(test) === form.replace("NAME", () => name));
}
