import assert from "node:assert/strict";
import { test } from "node:test";
import { badLines, checkOf, engineOn, ground, proposerOf } from "../../test/support/kit.ts";
import { findingsIn } from "../domain/reading.ts";
import { repair } from "./repair.ts";

/** Mends `one`; its time is up before it comes to anything else. */
async function interrupted(isTimeUp: boolean) {
  const place = await ground({ "a.txt": "BAD one\nBAD two\n" });
  const controller = new AbortController();
  const proposer = proposerOf((one) => {
    controller.signal.throwIfAborted();
    return Promise.resolve(one.message === "one" ? [{ file: "a.txt", start: 0, before: "BAD one", after: "good" }] : []);
  });
  const { kit, readings } = await engineOn(place, { checks: [checkOf("bad", badLines("a.txt"))], proposers: [proposer] });
  const listen: typeof kit.listen = (event) => {
    if (event.type === "landed") controller.abort(new Error("ended"));
  };
  Object.assign(kit.run.options, { listen });
  const ending = { ...kit, signal: controller.signal, isTimeUp: () => isTimeUp };
  return { place, kit, result: repair(ending, { tree: place.tree, readings, maxRounds: 10, findings: ({ readings: read }) => findingsIn(read), accepts: "better" }) };
}

test("a repair whose time is up ends in good order: what has landed stays, what remains is known", async () => {
  const { place, kit, result } = await interrupted(true);
  const { halted, before, after, rounds } = await result;
  assert.equal(halted?.code, "deadline");
  assert.deepEqual([before.length, after.map(({ message }) => message), rounds, kit.run.landed.length], [2, ["two"], 1, 1]);
  assert.equal(place.git("show", "refs/heads/stet/test:a.txt"), "good\nBAD two");
  place[Symbol.dispose]();
});

test("one that is ended for another reason does not go on to report", async () => {
  const { place, result } = await interrupted(false);
  await assert.rejects(result, /ended/);
  place[Symbol.dispose]();
});
