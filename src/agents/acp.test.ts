/** A real agent process that speaks ACP: it works in the sandbox, asks its client, and is answered by rule. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { containedWorktree, meansOf, SCRIPTED } from "../../test/support/engines.ts";
import { ground } from "../../test/support/kit.ts";
import { promptFor, type Step } from "../../test/support/scripted-agent.ts";
import type { EngineReport } from "../domain/engine.ts";
import type { Workspace } from "../domain/workspace.ts";
import { engine as acp } from "./acp.ts";

const place = await ground({ "src/a.ts": "export const one = 1;\n", "package.json": '{ "type": "module" }\n' });
after(() => place[Symbol.dispose]());
const worktree = await containedWorktree(place);

async function ask(steps: readonly Step[], options: Record<string, unknown> = {}, timeoutMs = 60_000): Promise<EngineReport & { workspace: Workspace }> {
  const workspace = await worktree.open(place.tree);
  const engine = acp.open({ name: "scripted", use: "acp", run: [process.execPath, SCRIPTED, "acp"], ...options }, meansOf({ environment: { AGENT_KEY: "k", OTHER_KEY: "o" } }));
  return { ...(await engine.run(workspace, promptFor(steps), { timeoutMs })), workspace };
}

test("it writes by itself and through its client, and reads with lines and limits", async () => {
  const { ended, said, usage, workspace } = await ask([
    { write: "src/b.ts", text: "export const two = 2;\n" },
    { clientWrite: "src/deep/c.ts", text: "export const three = 3;\n" },
    { clientRead: "src/a.ts" },
  ]);
  assert.equal(ended, "done");
  assert.equal(said, "written\nexport const one = 1;");
  assert.deepEqual(usage, { usd: 0.25 });
  assert.equal(readFileSync(join(workspace.root, "src/b.ts"), "utf8"), "export const two = 2;\n");
  assert.equal(readFileSync(join(workspace.root, "src/deep/c.ts"), "utf8"), "export const three = 3;\n");
});

test("its client reads and writes nothing outside of the worktree, through links neither", async () => {
  const secret = join(place.cache, "secret.txt");
  writeFileSync(secret, "secret");
  const { said } = await ask([
    { clientRead: "/etc/passwd" },
    { clientRead: secret },
    { run: ["ln", "-s", place.cache, "link"] },
    { clientRead: "link/secret.txt" },
    { clientWrite: "link/new.txt", text: "x" },
    { clientWrite: "../out.txt", text: "x" },
    { clientWrite: ".git/config", text: "x" },
  ]);
  assert.doesNotMatch(said, /secret$|root:/m);
  assert.equal(said.match(/Invalid params/g)?.length, 6);
  assert.equal(existsSync(join(place.cache, "new.txt")), false);
});

test("what it asks is answered by kind and place, once, and never for always", async () => {
  const { said } = await ask([{ ask: "edit", path: "src/a.ts" }, { ask: "execute" }, { ask: "edit", path: "/etc/passwd" }, { ask: "fetch" }, { ask: "switch_mode" }]);
  assert.equal(said, "allow_once\nallow_once\nreject_once\nreject_once\nreject_once");
  const strict = await ask([{ ask: "execute" }, { ask: "read" }], { allow: ["read"] });
  assert.equal(strict.said, "reject_once\nallow_once");
});

test("it gets the keys that are named for it, and no other", async () => {
  const script = "require('fs').writeFileSync('env.json', JSON.stringify([process.env.AGENT_KEY, process.env.OTHER_KEY, process.env.HOME]))";
  const { workspace } = await ask([{ run: [process.execPath, "--eval", script] }], { env: ["AGENT_KEY", "UNSET"] });
  const [own, other, home] = JSON.parse(readFileSync(join(workspace.root, "env.json"), "utf8")) as unknown[];
  assert.equal(own, "k");
  assert.equal(other, null);
  assert.notEqual(home, process.env["HOME"]);
});

test("its fault, its end and its provider's limit are told apart", async () => {
  assert.partialDeepStrictEqual(await ask([{ fail: "out of cheese" }]), { ended: "failed", reason: { code: "engine-failed", args: { detail: "out of cheese" } } });
  assert.partialDeepStrictEqual(await ask([{ fail: "429 Too Many Requests" }]), { ended: "rate-limited", reason: { code: "engine-rate-limited" } });
  assert.partialDeepStrictEqual(await ask([{ exit: 3 }]), { ended: "failed", reason: { code: "engine-broke-off" } });
  const engine = { name: "none", use: "acp", run: ["there-is-no-such-agent"] };
  assert.throws(() => acp.open(engine, meansOf()), { code: "engine-missing" });
});

test("it is offered where it is installed and has a key", () => {
  const means = meansOf({ locate: (program) => (program === "gemini" ? "/opt/gemini" : undefined), environment: { GEMINI_API_KEY: "k" } });
  assert.deepEqual(acp.detect(means).map(({ name }) => name), ["gemini"]);
  assert.deepEqual(acp.detect({ ...means, environment: {} }), []);
});
