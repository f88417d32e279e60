/**
 * Promise 2, at random instants: `kill -9`, whatever stet is doing. A repository suffers one to seven kills in a row, so
 * that recovery is killed as well, before a run is let through. The instants come from a seed; where they hit differs from
 * machine to machine all the same, which is the point of having many. Two in five instants are of a run that has to search;
 * the others are of one without a red part, which costs two thirds and has all the steps of a landing.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { seeded } from "./support/random.ts";
import { inLanes, THREE_FILES, TWO_FILES, Victim, type Outcome, type VictimOptions } from "./support/victim.ts";

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

async function killAtInstants(plan: Plan): Promise<{ landedBefore: number; survived: number; lands: number }> {
  const random = seeded(plan.seed);
  const { expected, lengthMs } = await measured(plan.options);
  let [landedBefore, survived] = [0, 0];
  const repositories = rows(plan, random).map((kills) => ({ seed: plan.seed, kills }));
  await inLanes(2, repositories, async ({ kills }, index) => {
    using victim = new Victim(plan.options);
    let spanMs = lengthMs;
    for (let killed = 0; killed < kills; ) {
      // The root makes late instants likelier: a landing is near the end.
      const { signal } = await victim.dieAfter(Math.sqrt(random()) * spanMs);
      if (signal === "SIGKILL") killed++;
      // A run that came to its end has left readings and a branch, so that the next one here is shorter.
      else [spanMs, survived] = [spanMs / 2, survived + 1];
      assert.ok(spanMs > 1, "the runs end before they can be killed");
      await victim.assertUnharmed();
    }
    if (victim.branches().size > 0) landedBefore++;
    await victim.assertRecovers(expected, { thrice: index % 5 === 0 });
  });
  return { landedBefore, survived, lands: expected.proposals.length };
}

/**
 * What an undisturbed run comes to, and how many milliseconds it takes with two at a time. Nothing but the run is timed: an
 * instant after its end would kill nobody, and cost a whole run.
 */
async function measured(options: VictimOptions): Promise<{ readonly expected: Outcome; readonly lengthMs: number }> {
  const timed = async (): Promise<{ readonly outcome: Outcome; readonly tookMs: number }> => {
    using victim = new Victim(options);
    const started = performance.now();
    const { code, stderr } = await victim.run();
    const tookMs = performance.now() - started;
    assert.ok(code === 0 || code === 1, stderr);
    return { outcome: await victim.outcome(code), tookMs };
  };
  const [one, other] = await Promise.all([timed(), timed()]);
  assert.deepEqual(one.outcome, other.outcome, "undisturbed runs come to the same end");
  return { expected: one.outcome, lengthMs: Math.min(one.tookMs, other.tookMs) };
}

/** Together the 200 that issue 2 asks for. */
const PLANS: readonly Plan[] = [
  { options: THREE_FILES, kills: 80, mostInARow: 7, seed: 20_261_121 },
  { options: TWO_FILES, kills: 120, mostInARow: 7, seed: 20_261_122 },
];

test("killed at 200 random instants, stet has harmed nothing, and the next run lands each change once", async (context) => {
  let landed = 0;
  for (const plan of PLANS) {
    const { landedBefore, survived } = await killAtInstants(plan);
    context.diagnostic(`seed ${plan.seed}: ${landedBefore} repositories had a landing when they were killed last; ${survived} runs outran their kill`);
    landed += landedBefore;
  }
  assert.ok(landed > 0, "no kill came after a landing");
});

/** A linter that offers a fix for the first of a kind in a file alone, as SARIF: so a second round has something to do. */
const LINTER = String.raw`
function result(rule, start, end, after) {
  printf "%s{\"ruleId\":\"%s\",\"message\":{\"text\":\"%s\"},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"%s\"},\"region\":{\"startLine\":%d,\"startColumn\":%d}}}]", found++ ? "," : "", rule, rule, FILENAME, FNR, start
  if (!seen[FILENAME rule]++) printf ",\"fixes\":[{\"description\":{\"text\":\"%s\"},\"artifactChanges\":[{\"artifactLocation\":{\"uri\":\"%s\"},\"replacements\":[{\"deletedRegion\":{\"startLine\":%d,\"startColumn\":%d,\"endColumn\":%d},\"insertedContent\":{\"text\":\"%s\"}}]}]}]", rule, FILENAME, FNR, start, end, after
  printf "}"
}
BEGIN { printf "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"linter\"}},\"results\":[" }
/^  var / { result("no-var", 3, 6, "const") }
match($0, /!!x/) { result("no-extra-boolean-cast", RSTART, RSTART + 3, "x") }
END { print "]}]}"; exit found > 0 }
`;

const LINTED: VictimOptions = {
  files: {
    "stet.config.json": JSON.stringify({ checks: [{ name: "lint", use: "sarif", run: ["sh", "-c", 'sleep 0.05; exec awk "$0" src/*.js', LINTER] }] }),
    "src/a.js": "export function f(x) {\n  var y = x;\n  var z = y;\n  return z;\n}\n",
    "src/b.js": "export function g(x) {\n  if (!!x) return 1;\n  return 2;\n}\n",
  },
  args: ["repair"],
};

test("killed at random instants of a repair in rounds, each finding lands once", async () => {
  const { lands } = await killAtInstants({ options: LINTED, kills: 10, mostInARow: 5, seed: 7 });
  assert.equal(lands, 3, "one of them in a second round");
});
