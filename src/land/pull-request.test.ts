/** One branch, one pull request: whatever was there, and whatever got lost on the way. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ScriptedForge, type Kept } from "../../test/support/forge.ts";
import { systemClock } from "../system/clock.ts";
import { openForge } from "./forge/open.ts";
import { DEFAULT_LIMITS, publish, type Published } from "./pull-request.ts";

const clock = { now: () => systemClock.now(), chance: () => 0 };
const wanted = { head: "stet/a", base: "main", title: "A title", body: "A body", draft: false };

async function go(server: ScriptedForge, more: { draft?: boolean; perHour?: number; openAtOnce?: number } = {}): Promise<Published> {
  const { draft = false, ...limits } = more;
  const forge = await openForge({ kind: "github", url: new URL(server.url), owner: "owner", name: "name", token: undefined }, { clock });
  return publish({ forge, wanted: { ...wanted, draft }, limits: { ...DEFAULT_LIMITS, ...limits }, prefix: "stet/", nowMs: systemClock.now() });
}

const code = (published: Published): unknown => (published.ok ? [published.pullRequest.number, published.isNew] : published.reason.code);

test("opens one, and the next time brings it up to date and out of its draft", async () => {
  await using server = await ScriptedForge.start();
  assert.deepEqual(code(await go(server, { draft: true })), [1, true]);
  Object.assign(server.pulls[0] ?? {}, { title: "Old", body: "Old" });
  assert.deepEqual(code(await go(server)), [1, false]);
  const { title, body, draft } = server.pulls[0] ?? {};
  assert.deepEqual([server.pulls.length, title, body, draft], [1, "A title", "A body", false]);
});

for (const state of ["closed", "merged"] as const) {
  test(`one that is ${state} is the last word`, async () => {
    await using server = await ScriptedForge.start();
    server.add({ head: "stet/a", state });
    assert.equal(code(await go(server)), `pull-request-${state}`);
    assert.equal(server.pulls.length, 1);
  });
}

test("an answer that was lost is looked up before anything is done again", async () => {
  await using server = await ScriptedForge.start();
  server.faults.push({ method: "POST", deaf: true });
  assert.deepEqual(code(await go(server)), [1, true]);
  assert.deepEqual(code(await go(server)), [1, false]);
  assert.equal(server.pulls.length, 1);
});

test("limits count stet's own only, open ones and those of the last hour", async () => {
  await using server = await ScriptedForge.start();
  const hourAgo = new Date(systemClock.now() - 3_700_000).toISOString();
  const others: (Partial<Kept> & Pick<Kept, "head">)[] = [{ head: "feature" }, { head: "stet/b", createdAt: hourAgo }, { head: "stet/c", state: "merged" }];
  for (const one of others) server.add(one);
  assert.equal(code(await go(server, { openAtOnce: 1 })), "too-many-open");
  assert.equal(code(await go(server, { perHour: 1 })), "too-many-lately");
  assert.deepEqual(code(await go(server, { openAtOnce: 2, perHour: 2 })), [4, true]);
});
