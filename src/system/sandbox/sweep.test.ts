import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { capabilitiesAt, containerFor, isAlive, project } from "../../../test/support/container.ts";
import { endMarked } from "../sandbox.ts";

const module = new URL("../sandbox.ts", import.meta.url).href;
const WAIT_INTERVAL_MS = 20;
const WAIT_LIMIT_MS = 60_000;

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + WAIT_LIMIT_MS;
  while (!holds() && performance.now() < deadline) await wait(WAIT_INTERVAL_MS);
  assert.ok(holds(), "waited in vain");
}

for (const level of ["bwrap", "unshare", "none"] as const) {
  test(`${level}: when stet is killed, its commands die with it or at the next sweep`, async () => {
    using place = project({});
    const nap = `sleep 34${process.pid}.${level.length}`;
    const container = containerFor(place, await capabilitiesAt(level), { mark: `run-${process.pid}-` });
    const command = { argv: ["sh", "-c", `touch up; setsid ${nap} & ${nap}`], timeoutMs: 60_000 };
    const script = `import { runContained } from ${JSON.stringify(module)};
      await runContained(${JSON.stringify(container)}, ${JSON.stringify(command)});`;
    const stet = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: "inherit" });
    await until(() => existsSync(join(place.root, "up")) && isAlive(nap));
    stet.kill("SIGKILL");
    await once(stet, "exit");
    if (level === "none") {
      await endMarked("run-of-another-");
      assert.ok(isAlive(nap), "only processes with the mark are ended");
      await endMarked(`run-${process.pid}-`);
    }
    await until(() => !isAlive(nap));
  });
}

test("an empty mark is refused, since every run's processes carry it", async () => {
  await assert.rejects(endMarked(""), RangeError);
});
