import assert from "node:assert/strict";
import { test } from "node:test";
import type { Engine } from "../../domain/engine.ts";
import type { Event } from "../../domain/event.ts";
import { plainWorkspace } from "../../../test/support/workspace.ts";
import { told } from "./told.ts";

test("each turn is told with its own time and what it cost, and one that was aborted is not", async () => {
  using workspace = plainWorkspace({});
  let now = 0;
  const report = { ended: "rate-limited", said: "", usage: { requests: 2 }, reason: { by: "one", code: "engine-rate-limited", args: {} } } as const;
  const engine: Engine = {
    name: "one",
    run: (_, prompt) => {
      now += 1_500;
      return prompt === "stop" ? Promise.reject(new Error("stopped")) : Promise.resolve(report);
    },
  };
  const events: Event[] = [];
  const one = told(engine, (event) => events.push(event), () => now);
  assert.deepEqual(await one.run(workspace, "go", { timeoutMs: 1 }), report);
  await assert.rejects(one.run(workspace, "stop", { timeoutMs: 1 }), /stopped/);
  assert.deepEqual(events, [{ type: "engine-ended", engine: "one", ended: "rate-limited", durationMs: 1_500, usage: { requests: 2 } }]);
});
