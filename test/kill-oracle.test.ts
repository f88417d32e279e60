/**
 * Promise 2 while a compiler stays beside a search: it dies with the run, or by the next run's hand, and what it looked at
 * harms nothing.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { carrying, undisturbed, Victim, type VictimOptions } from "./support/victim.ts";

const NAMES = ["a", "b", "c", "d"];
const CONFIG = { compilerOptions: { strict: true, skipLibCheck: true, lib: ["es2024"], noEmit: true, module: "nodenext", target: "es2024", types: [] }, include: ["src"] };
const CODEMOD = NAMES.map((name) => `writeFileSync("src/${name}.ts", "export const ${name}: number = ${name === "d" ? '\\"x\\"' : "2"};\\n");`);

/** Four changes, one of them wrong: enough for a search that looks. */
const TYPED: VictimOptions = {
  files: {
    "tsconfig.json": JSON.stringify(CONFIG),
    ...Object.fromEntries(NAMES.map((name) => [`src/${name}.ts`, `export const ${name} = 1;\n`])),
  },
  args: ["try", "--", "node", "--input-type=module", "-e", `import { writeFileSync } from "node:fs"; ${CODEMOD.join(" ")}`],
  dependencies: true,
};

const MOST_POLLS = 600;

test("killed while a compiler stays, stet has harmed nothing, and the next run leaves none behind", async (context) => {
  const expected = await undisturbed(TYPED);
  using victim = new Victim(TYPED);
  let met = 0;
  for (const delayMs of [0, 200, 700]) {
    const isOver = { yet: false };
    const { signal } = await victim
      .die([], (pid) => {
        void (async () => {
          for (let left = MOST_POLLS; left > 0 && !isOver.yet; left--) {
            await wait(10);
            if (oraclesOf(victim).length === 0) continue;
            await wait(delayMs);
            process.kill(pid, "SIGKILL");
            return;
          }
        })().catch(() => undefined); // it has ended by itself
      })
      .finally(() => (isOver.yet = true));
    if (signal === "SIGKILL") met++;
    await victim.assertUnharmed();
  }
  context.diagnostic(`${met} of 3 kills met one`);
  assert.ok(met >= 1, "no run was killed while its compiler stayed");
  await victim.assertRecovers(expected);
  assert.deepEqual(oraclesOf(victim), []);
});

/** Processes of the compiler that stays, in this victim's worktrees. */
function oraclesOf(victim: Victim): number[] {
  const own = new Set(carrying(victim.cache));
  return carrying("tsc-oracle.worker").filter((pid) => own.has(pid));
}
