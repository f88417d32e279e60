import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { checkOf, ground } from "../../test/support/kit.ts";
import type { Check } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";

interface CheckOptions {
  readonly deterministic?: boolean;
  /** How many are to run at once: so long it waits for them, since a busy machine may start them one after the other. */
  readonly together?: number;
  readonly read?: () => Promise<void>;
}

/** Of 10 ms each. */
const MAX_WAITS = 3_000;

/** Checks that tell who else was running with them, in worktrees of their own. */
interface Company {
  readonly check: (name: string, options?: CheckOptions) => Check;
  /** By check, in order of their names. */
  readonly with: () => [string, string[]][];
  readonly roots: ReadonlySet<string>;
}

function company(): Company {
  const running = new Set<string>();
  const seen = new Map<string, string[]>();
  const roots = new Set<string>();
  return {
    with: () => [...seen].sort(),
    roots,
    check: (name, { deterministic = true, together = 1, read = () => wait(60) } = {}) =>
      checkOf(name, async ({ root }): Promise<Reading> => {
        running.add(name);
        roots.add(root);
        await wait(30);
        for (let waits = 0; waits < MAX_WAITS && running.size < together; waits++) await wait(10);
        seen.set(name, [...running].sort());
        await read();
        running.delete(name);
        return { kind: "read", check: name, findings: [], durationMs: 0 };
      }, { deterministic }),
  };
}

test("checks that always read the same run side by side in worktrees of their own, others alone", async () => {
  using place = await ground({ "a.txt": "" });
  const { check, with: seen, roots } = company();
  const pair = { together: 2 };
  const checks = [check("a", pair), check("b", pair), check("may differ", { deterministic: false }), check("c", pair), check("d", pair)];
  const readings = await place.measure(checks, undefined, 2).baseline(place.tree);
  assert.deepEqual(readings.map((one) => one.check), ["a", "b", "may differ", "c", "d"], "in their order");
  assert.deepEqual(seen(), [["a", ["a", "b"]], ["b", ["a", "b"]], ["c", ["c", "d"]], ["d", ["c", "d"]], ["may differ", ["may differ"]]]);
  assert.equal(roots.size, 2);
});

test("with one lane, one after the other", async () => {
  using place = await ground({ "a.txt": "" });
  const { check, with: seen, roots } = company();
  await place.measure([check("a"), check("b")]).baseline(place.tree);
  assert.deepEqual(seen(), [["a", ["a"]], ["b", ["b"]]]);
  assert.equal(roots.size, 1);
});

test("a check that fails to run fails them all, once those beside it have ended", async () => {
  using place = await ground({ "a.txt": "" });
  const { check, with: seen } = company();
  const checks = [check("a", { together: 2, read: () => Promise.reject(new Error("it fell over")) }), check("b"), check("c")];
  await assert.rejects(place.measure(checks, undefined, 2).baseline(place.tree), /it fell over/);
  assert.ok(seen().some(([name]) => name === "b"));
});
