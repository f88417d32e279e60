/**
 * Promise 2, at random instants: `kill -9`, whatever stet is doing. A repository suffers one to seven kills in a row, so
 * that recovery is killed as well, before a run is let through. The instants come from a seed; where they hit differs from
 * machine to machine all the same, which is the point of having many.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { seeded } from "./support/random.ts";
import { inLanes, THREE_FILES, undisturbed, Victim, type Outcome, type VictimOptions } from "./support/victim.ts";

interface Plan {
  readonly options: VictimOptions;
  readonly kills: number;
  readonly mostInARow: number;
  readonly seed: number;
}

/** One element for each repository: how often it is killed. */
function rows({ kills, mostInARow }: Plan, random: () => number): number[] {
  const result: number[] = [];
  for (let left = kills; left > 0; left -= result.at(-1) ?? left) result.push(Math.min(left, 1 + Math.floor(random() * mostInARow)));
  return result;
}

async function killAtInstants(plan: Plan): Promise<{ landedBefore: number }> {
  const random = seeded(plan.seed);
  const expected = await undisturbed(plan.options);
  const lengthMs = await measured(plan.options, expected);
  let landedBefore = 0;
  await inLanes(2, rows(plan, random), async (kills, index) => {
    using victim = new Victim(plan.options);
    let spanMs = lengthMs;
    for (let killed = 0; killed < kills; ) {
      // The root makes late instants likelier: a landing is near the end.
      const { signal } = await victim.dieAfter(Math.sqrt(random()) * spanMs);
      if (signal === "SIGKILL") killed++;
      // A run that came to its end has left readings and a branch, so that the next one here is shorter.
      else spanMs /= 2;
      assert.ok(spanMs > 1, "the runs end before they can be killed");
      await victim.assertUnharmed();
    }
    if (victim.branches().size > 0) landedBefore++;
    await victim.assertRecovers(expected, { thrice: index % 5 === 0 });
  });
  return { landedBefore };
}

/** How long a run takes with two at a time, in milliseconds. */
async function measured(options: VictimOptions, expected: Outcome): Promise<number> {
  const started = performance.now();
  const outcomes = await Promise.all([undisturbed(options), undisturbed(options)]);
  for (const outcome of outcomes) assert.deepEqual(outcome, expected, "undisturbed runs come to the same end");
  return performance.now() - started;
}

test("killed at 200 random instants, stet has harmed nothing, and the next run lands each change once", async (context) => {
  const { landedBefore } = await killAtInstants({ options: THREE_FILES, kills: 200, mostInARow: 7, seed: 20_261_121 });
  context.diagnostic(`${landedBefore} repositories had a landing when they were killed last`);
  assert.ok(landedBefore > 0, "no kill came after a landing");
});

const LINTED: VictimOptions = {
  files: {
    "eslint.config.js": 'export default [{ files: ["src/*.js"], rules: { "no-var": "error", "prefer-const": "error", "no-extra-boolean-cast": "error" } }];\n',
    "src/a.js": "export function f(x) {\n  var y = x;\n  return y;\n}\n",
    "src/b.js": "export function g(x) {\n  if (!!x) return 1;\n  return 2;\n}\n",
  },
  args: ["repair"],
  dependencies: true,
};

test("killed at random instants of a repair in rounds, each finding lands once", async () => {
  await killAtInstants({ options: LINTED, kills: 10, mostInARow: 5, seed: 7 });
});
