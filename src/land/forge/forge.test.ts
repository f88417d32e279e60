/** What every forge keeps to, through the real clients and their wire formats, against a forge on loopback. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ScriptedForge } from "../../../test/support/forge.ts";
import type { Forge } from "../../domain/forge.ts";
import { systemClock } from "../../system/clock.ts";
import { openForge } from "./open.ts";

/** Waits are half a second at first; a clock without chance makes them the shortest. */
const clock = { now: () => systemClock.now(), chance: () => 0 };

async function open(kind: Forge["kind"], forge: ScriptedForge, token: string | undefined = "secret-token"): Promise<Forge> {
  return openForge({ kind, url: new URL(forge.url), owner: "owner", name: "name", token }, { clock });
}

const wanted = { head: "stet/a", base: "main", title: "A title", body: "A body", draft: true };

for (const kind of ["github", "gitlab"] as const) {
  test(`${kind}: opens a draft, finds it by its branch, edits it, makes it ready, comments`, async () => {
    await using server = await ScriptedForge.start();
    const forge = await open(kind, server);
    assert.deepEqual(await forge.defaultBranch(), { ok: true, value: "main" });
    assert.deepEqual(await forge.opened("stet/a"), { ok: true, value: [] });
    const opened = await forge.open(wanted);
    assert.ok(opened.ok, JSON.stringify(opened));
    assert.deepEqual([opened.value.draft, opened.value.title, opened.value.state], [true, "A title", "open"]);
    server.add({ head: "stet/b" });
    server.add({ head: "other" });
    const found = await forge.opened("stet/a");
    assert.deepEqual(found.ok && found.value.map(({ number, head }) => [number, head]), [[1, "stet/a"]]);
    const recent = await forge.recent("stet/");
    assert.deepEqual(recent.ok && recent.value.map(({ number }) => number), [2, 1]);
    const edited = await forge.edit(1, { title: "A title", body: "Another", base: "next", draft: true });
    assert.ok(edited.ok && edited.value.draft, JSON.stringify(edited));
    const ready = await forge.markReady(opened.value);
    assert.deepEqual(ready.ok && ready.value.draft, false);
    assert.deepEqual(await forge.comment(1, "Hello"), { ok: true, value: undefined });
    const [kept] = server.pulls.filter(({ number }) => number === 1);
    assert.deepEqual([kept?.body, kept?.base, kept?.draft, kept?.title, kept?.comments], ["Another", "next", false, "A title", ["Hello"]]);
    const keys = server.requests.map(({ headers }) => headers.authorization ?? headers["private-token"]);
    assert.ok(keys.every((key) => typeof key === "string" && key.includes("secret-token")));
  });

  test(`${kind}: comments are found again and edited`, async () => {
    await using server = await ScriptedForge.start();
    const kept = server.add({ head: "stet/a", comments: ["Hello", "There"] });
    const forge = await open(kind, server);
    const remarks = await forge.comments(1);
    assert.ok(remarks.ok, JSON.stringify(remarks));
    assert.deepEqual(remarks.value.map(({ body }) => body), ["Hello", "There"]);
    assert.deepEqual(await forge.editComment(1, remarks.value[1]?.id ?? 0, "Bye"), { ok: true, value: undefined });
    assert.deepEqual(kept.comments, ["Hello", "Bye"]);
  });

  test(`${kind}: review comments come as they are`, async () => {
    await using server = await ScriptedForge.start();
    server.add({ head: "stet/a" });
    server.reviewComments = [{ id: 1, body: "```suggestion\nx\n```", path: "a.ts", line: 3 }];
    const forge = await open(kind, server);
    assert.deepEqual(await forge.reviewComments(1), { ok: true, value: server.reviewComments });
  });

  test(`${kind}: a closed pull request and a merged one are told apart`, async () => {
    await using server = await ScriptedForge.start();
    for (const state of ["closed", "merged"] as const) server.add({ head: "stet/a", state });
    const found = await (await open(kind, server)).opened("stet/a");
    assert.deepEqual(found.ok && found.value.map(({ state }) => state), ["merged", "closed"]);
  });

  const FAULTS: Readonly<Record<string, { status: number; headers?: Record<string, string>; body?: string; kind: string; calls: number }>> = {
    "no right": { status: 401, body: '{"message":"Bad credentials"}', kind: "auth", calls: 1 },
    "no such repository": { status: 404, kind: "missing", calls: 1 },
    "a limit that lasts an hour": { status: 429, headers: { "retry-after": "3600" }, kind: "rate-limited", calls: 1 },
    "a redirect": { status: 307, headers: { location: "https://elsewhere.example/" }, kind: "refused-endpoint", calls: 1 },
    "what it cannot take": { status: 422, body: '{"message":"Validation Failed"}', kind: "rejected", calls: 1 },
  };
  for (const [name, { kind: expected, calls, ...fault }] of Object.entries(FAULTS)) {
    test(`${kind}: ${name} is ${expected}`, async () => {
      await using server = await ScriptedForge.start();
      server.faults.push(fault);
      const answer = await (await open(kind, server)).opened("stet/a");
      assert.equal(!answer.ok && answer.fault.kind, expected, JSON.stringify(answer));
      assert.equal(server.requests.length, calls);
      assert.ok(!JSON.stringify(answer).includes("secret-token"));
    });
  }

  test(`${kind}: what may heal is asked again, and what may have been done is not`, async () => {
    await using server = await ScriptedForge.start();
    const forge = await open(kind, server);
    server.faults.push({ status: 502 }, { status: 429, headers: { "retry-after": "0.01" } });
    assert.deepEqual(await forge.opened("stet/a"), { ok: true, value: [] });
    assert.equal(server.requests.length, 3);
    server.faults.push({ deaf: true });
    const opened = await forge.open(wanted);
    assert.equal(!opened.ok && opened.fault.kind, "transient", JSON.stringify(opened));
    assert.equal(server.pulls.length, 1);
  });

  test(`${kind}: an abort is thrown, not answered`, async () => {
    await using server = await ScriptedForge.start();
    const place = { kind, url: new URL(server.url), owner: "owner", name: "name", token: undefined };
    const forge = await openForge(place, { clock, signal: AbortSignal.abort(new Error("stopped")) });
    await assert.rejects(forge.opened("stet/a"), /stopped/);
  });
}
