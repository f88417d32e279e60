/** `stet build --continuous`: a line for each cycle, until nothing is left or a signal ends it, asleep or at work. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scriptedBuilder } from "./support/builder.ts";
import { ended, Sandbox, type Run } from "./support/cli.ts";
import { ScriptedProvider } from "./support/provider.ts";

const CONFIG = '{ "checks": [{ "name": "good", "run": ["sh", "-c", "! grep -rn BAD src"] }] }\n';

test("it sleeps and goes on, picks up what a spec has gained, ends when nothing is left, and on a signal leaves nothing half done", async () => {
  let atWork = (): void => undefined;
  const builder = scriptedBuilder({ One: { "src/one.txt": "1\n" }, Two: "gives up", Three: { "src/three.txt": "3\n" } });
  await using provider = await ScriptedProvider.start((request) => {
    if (!request.text.includes("Hang on")) return builder.answer(request);
    atWork();
    return { hangs: true };
  });
  using at = new Sandbox({ "stet.config.json": CONFIG, "src/base.txt": "base\n", "PLAN.md": "- [ ] One\n- [ ] Two\n" }, { dependencies: false });
  const write = (text: string): void => {
    writeFileSync(join(at.root, "PLAN.md"), text);
    at.git("commit", "--quiet", "--all", "--message", "plan");
  };
  /** `onCycle` hears of each line on stdout that tells of a cycle. */
  const run = (sleepS: string, onCycle: (line: string, child: ReturnType<Sandbox["start"]>) => void): Promise<Run> => {
    const child = at.start(["build", "--model", `compatible:${provider.url}#m`, "--continuous", "--cycle-sleep-s", sleepS]);
    atWork = () => child.kill("SIGINT");
    child.stdout?.on("data", (chunk: Buffer) => {
      for (const [line] of chunk.toString().matchAll(/^Cycle .*$/gm)) onCycle(line, child);
    });
    return ended(child);
  };
  const clean = (): void => assert.deepEqual([at.git("worktree", "list").split("\n").length, at.git("status", "--porcelain")], [1, ""]);

  const asleep = await run("600", (_, child) => child.kill("SIGTERM"));
  assert.equal(asleep.code, 143, asleep.stderr);
  assert.match(asleep.stdout, /^Cycle 1: 1 chunk built, 1 left; again in 600 s\.$/m);
  assert.partialDeepStrictEqual(at.ledger().at(-1), { kind: "ended", status: "finished" });
  clean();

  let grown = false;
  const through = await run("1", () => {
    if (grown) return;
    grown = true;
    at.git("merge", "--quiet", "--ff-only", "stet/plan");
    write("- [x] One\n- [ ] Three\n");
  });
  assert.equal(through.code, 0, through.stdout + through.stderr);
  const cycles = through.stdout.match(/^Cycle .*$/gm) ?? [];
  assert.deepEqual([cycles[0], cycles.at(-1)], ["Cycle 1: 0 chunks built, 1 left; again in 1 s.", `Cycle ${cycles.length}: 1 chunk built, 0 left.`]);
  assert.equal(at.git("log", "--format=%s", "main..stet/plan-2"), "[plan] Three");
  clean();

  at.git("merge", "--quiet", "--ff-only", "stet/plan-2");
  write("- [x] One\n- [x] Three\n- [ ] Hang on\n");
  const working = await run("1", () => undefined);
  assert.deepEqual([working.code, working.stdout.match(/^Cycle/m)], [130, null], working.stderr);
  assert.partialDeepStrictEqual(at.ledger().at(-1), { kind: "ended", status: "interrupted", exitCode: 130 });
  assert.equal(at.branches().has("refs/heads/stet/plan-3"), false);
  clean();
});
