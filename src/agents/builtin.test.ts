/** The built-in engine reads, writes and runs in the worktree, within its bounds, and its report is as it ended. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { clientOf } from "../../test/support/engines.ts";
import { ground } from "../../test/support/kit.ts";
import { openaiReply, ScriptedProvider, type Reply, type Script } from "../../test/support/provider.ts";
import type { EngineReport } from "../domain/engine.ts";
import type { Workspace } from "../domain/workspace.ts";
import { engine as builtin } from "./builtin.ts";

const place = await ground({ "src/a.ts": "export const one = 1;\n", "src/b.ts": "export const two = 2;\n", "package.json": '{ "type": "module" }\n' });
after(() => place[Symbol.dispose]());

const call = (name: string, input: unknown): Reply => openaiReply({ calls: [{ name, input }] });

interface Done {
  readonly report: EngineReport;
  readonly workspace: Workspace;
  readonly provider: ScriptedProvider;
}

async function build(script: Script, { commands = [], timeoutMs = 60_000, ...options }: Record<string, unknown> & { commands?: string[][]; timeoutMs?: number } = {}): Promise<Done> {
  await using provider = await ScriptedProvider.start(script);
  const workspace = await place.worktree.open(place.tree);
  const means = { client: clientOf(provider), commands, environment: {}, locate: () => undefined };
  const engine = builtin.open({ name: "builtin", use: "builtin", ...options }, means);
  return { report: await engine.run(workspace, "Add three.", { timeoutMs }), workspace, provider };
}

/** What the model was told after its turn. */
const heard = ({ provider }: Done, turn: number): string => JSON.stringify((provider.requests[turn]?.body["messages"] as unknown[]).at(-1));
const at = ({ workspace }: Done, path: string): string => readFileSync(join(workspace.root, path), "utf8");

test("it lists, reads, edits, writes, deletes and runs what is allowed, and its files are the worktree's", async () => {
  const built = await build(
    [
      call("list_files", { prefix: "src/" }),
      call("read_file", { path: "src/a.ts" }),
      call("edit_file", { path: "src/a.ts", old_string: "one = 1", new_string: "one = 11" }),
      call("write_file", { path: "src/new/c.ts", content: "export const three = 3;\n" }),
      call("delete_file", { path: "src/b.ts" }),
      call("run_command", { argv: ["node", "--eval", "console.log(6 * 7)"] }),
      call("run_command", { argv: ["sh", "-c", "echo no"] }),
      call("search", { text: "three" }),
      call("finish", { summary: "Three is there.\u202E\u001B[31m" }),
    ],
    { commands: [["node"]] },
  );
  assert.equal(built.report.ended, "done");
  assert.equal(built.report.said, "Three is there.[31m");
  assert.equal(built.report.usage.requests, 9);
  assert.match(heard(built, 1), /src\/a\.ts\\nsrc\/b\.ts/);
  assert.match(heard(built, 6), /exit code 0\\n42/);
  assert.match(heard(built, 7), /Not allowed\. Allowed is what begins with: node/);
  assert.match(heard(built, 8), /src\/new\/c\.ts:1/);
  assert.equal(at(built, "src/a.ts"), "export const one = 11;\n");
  assert.equal(at(built, "src/new/c.ts"), "export const three = 3;\n");
  assert.equal(existsSync(join(built.workspace.root, "src/b.ts")), false);
});

test("nothing outside of the worktree is read or written, nor git's own folder", async () => {
  const built = await build([
    call("read_file", { path: "/etc/passwd" }),
    call("write_file", { path: "../out.ts", content: "x" }),
    call("write_file", { path: ".git/hooks/post-checkout", content: "x" }),
    call("delete_file", { path: "../../index" }),
    call("give_up", { reason: "It cannot be done." }),
  ]);
  assert.match(heard(built, 1), /There is no text file/);
  for (const turn of [2, 3, 4]) assert.match(heard(built, turn), /outside of the project/);
  assert.equal(existsSync(join(built.workspace.root, "../out.ts")), false);
  assert.partialDeepStrictEqual(built.report, { ended: "failed", reason: { code: "engine-gave-up", args: { detail: "It cannot be done." } } });
});

test("it ends with its turns, with its deadline, and with a provider that has no room", async () => {
  const turns = await build(() => call("list_files", {}), { maxTurns: 3 });
  assert.partialDeepStrictEqual(turns.report, { ended: "failed", reason: { code: "engine-out-of-turns" }, usage: { requests: 3 } });
  const late = await build([{ hangs: true }], { timeoutMs: 200 });
  assert.partialDeepStrictEqual(late.report, { ended: "timed-out", reason: { code: "engine-timed-out" } });
  const limited = await build(() => ({ status: 429, headers: { "retry-after": "3000" }, body: { error: { message: "slow down" } } }));
  assert.partialDeepStrictEqual(limited.report, { ended: "rate-limited", reason: { code: "model-rate-limited" } });
});

test("an abort from outside is thrown, and without a model there is no such engine", async () => {
  await using provider = await ScriptedProvider.start([]);
  const workspace = await place.worktree.open(place.tree);
  const means = { commands: [], environment: {}, locate: () => undefined };
  const engine = builtin.open({ name: "b", use: "builtin" }, { ...means, client: clientOf(provider) });
  await assert.rejects(engine.run(workspace, "x", { timeoutMs: 1_000, signal: AbortSignal.abort() }), { name: "AbortError" });
  assert.deepEqual(builtin.detect(means), []);
  assert.throws(() => builtin.open({ name: "b", use: "builtin" }, means), { code: "engine-without-model" });
});
