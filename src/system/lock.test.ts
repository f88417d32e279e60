import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { StorageFault } from "./files.ts";
import { lock } from "./lock.ts";

/** Takes the lock and says so, then does what `then` says with `folder` in reach. */
function holder(folder: string, then: string): ChildProcess {
  const script = `
    const { lock } = await import(${JSON.stringify(new URL("lock.ts", import.meta.url).href)});
    const folder = ${JSON.stringify(folder)};
    const { appendFileSync } = await import("node:fs");
    ${then}`;
  return spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
}

const HOLD = `const held = await lock(folder); console.log(held.ok); setInterval(() => 0, 1000);`;

async function firstLine(child: ChildProcess): Promise<string> {
  assert.ok(child.stdout);
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  return chunk.toString();
}

test("another process's lock is refused with its pid, and free the moment it is killed", async () => {
  using folder = temporaryFolder();
  const child = holder(folder.root, HOLD);
  assert.equal(await firstLine(child), "true\n");
  assert.deepEqual(await lock(folder.root), { ok: false, pid: child.pid });
  child.kill("SIGKILL");
  await once(child, "exit");
  const mine = await lock(folder.root);
  assert.ok(mine.ok);
  assert.equal(readFileSync(join(folder.root, "run.lock.pid"), "utf8").trim(), String(process.pid));
  mine.release();
});

test("of many that want it at once, one at a time has it", async () => {
  using folder = temporaryFolder();
  const log = join(folder.root, "log");
  writeFileSync(log, "");
  const work = `
    for (let turn = 0; turn < 5; ) {
      const held = await lock(folder);
      if (!held.ok) continue;
      appendFileSync(folder + "/log", "in\\n");
      await new Promise((resolve) => setTimeout(resolve, 5));
      appendFileSync(folder + "/log", "out\\n");
      held.release();
      turn++;
    }`;
  const children = Array.from({ length: 4 }, () => holder(folder.root, work));
  const codes = await Promise.all(children.map(async (one): Promise<unknown> => (await once(one, "exit"))[0] as unknown));
  assert.deepEqual(codes, [0, 0, 0, 0]);
  assert.equal(readFileSync(log, "utf8"), "in\nout\n".repeat(20));
});

test("a lock that is released can be taken again, and other folders have their own", async () => {
  using one = temporaryFolder();
  using other = temporaryFolder();
  const first = await lock(one.root);
  assert.ok(first.ok);
  const second = await lock(other.root);
  assert.ok(second.ok);
  assert.equal((await lock(one.root)).ok, false);
  first.release();
  const again = await lock(one.root);
  assert.ok(again.ok);
  again.release();
  second.release();
});

test("a holder that is not known by name yet is told as 0", async () => {
  using folder = temporaryFolder();
  const held = await lock(folder.root);
  assert.ok(held.ok);
  for (const text of ["", "nonsense\n"]) {
    writeFileSync(join(folder.root, "run.lock.pid"), text);
    assert.deepEqual(await lock(folder.root), { ok: false, pid: 0 });
  }
  rmSync(join(folder.root, "run.lock.pid"));
  assert.deepEqual(await lock(folder.root), { ok: false, pid: 0 });
  held.release();
});

test("a folder that is not there is a fault of storage, not a lock", async () => {
  using folder = temporaryFolder();
  await assert.rejects(lock(join(folder.root, "none")), (error) => error instanceof StorageFault);
});
