/**
 * What every engine keeps to, whoever is behind it. The agents are real programs that do what the task tells them, in the
 * sandbox; only the difference that they leave is looked at, and nothing that they did besides stands anywhere.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { alive, clientOf, containedWorktree, meansOf, SCRIPTED, standIn } from "../../test/support/engines.ts";
import { ground } from "../../test/support/kit.ts";
import { openaiReply, ScriptedProvider, type Reply } from "../../test/support/provider.ts";
import { promptFor, type Step } from "../../test/support/scripted-agent.ts";
import type { Engine, EngineReport } from "../domain/engine.ts";
import { MAX_SAID_LENGTH } from "../domain/engine.ts";
import { engine as acp } from "./acp.ts";
import { engine as builtin } from "./builtin.ts";
import { engine as claude } from "./claude.ts";
import { engine as codex } from "./codex.ts";

const TEST = 'import { test } from "node:test";\ntest("one", () => undefined);\n';
const place = await ground({ "src/a.ts": "export const one = 1;\n", "test/a.test.ts": TEST, "package.json": '{ "type": "module" }\n' });
after(() => place[Symbol.dispose]());
const worktree = await containedWorktree(place);

/** The built-in loop's model does a step for each turn that it has had. */
const provider = await ScriptedProvider.start(({ body }) => replyTo(body["messages"] as { role: string; content: string }[]));
after(() => provider[Symbol.asyncDispose]());

function replyTo(messages: readonly { role: string; content: string }[]): Reply {
  const prompt = messages.find(({ role }) => role === "user")?.content ?? "";
  const steps = JSON.parse(prompt.split("\n").find((line) => line.startsWith("[")) ?? "[]") as Step[];
  const step = steps[messages.filter(({ role }) => role === "assistant").length];
  const said = steps.find((one) => "say" in one)?.say ?? "";
  return !step || "say" in step ? call("finish", { summary: said }) : replyFor(step);
}

const call = (name: string, input: unknown): Reply => openaiReply({ calls: [{ name, input }] });

function replyFor(step: Step): Reply {
  if ("hang" in step) return { hangs: true };
  if ("fail" in step) return { status: step.fail.includes("429") ? 429 : 400, headers: { "retry-after": "3000" }, body: { error: { message: step.fail } } };
  if ("write" in step) return call("write_file", { path: step.write, content: step.text });
  if ("remove" in step) return call("delete_file", { path: step.remove });
  return call("run_command", { argv: "run" in step ? step.run : forking("fork" in step ? step.fork : 0) });
}

const forking = (times: number): string[] => [process.execPath, SCRIPTED, "fork", String(times)];

const cases: Readonly<Record<string, () => Engine>> = {
  acp: () => acp.open({ name: "acp", use: "acp", run: [process.execPath, SCRIPTED, "acp"] }, meansOf()),
  builtin: () => builtin.open({ name: "builtin", use: "builtin", commands: [["git"], [process.execPath]] }, meansOf({ client: clientOf(provider) })),
  claude: () => claude.open({ name: "claude", use: "claude", program: standIn("claude") }, meansOf()),
  codex: () => codex.open({ name: "codex", use: "codex", program: standIn("codex") }, meansOf()),
};

interface Left {
  readonly report: EngineReport;
  readonly tree: string;
  readonly files: readonly string[];
}

async function leave(open: () => Engine, steps: readonly Step[], timeoutMs = 60_000): Promise<Left> {
  const workspace = await worktree.open(place.tree);
  const report = await open().run(workspace, promptFor(steps), { timeoutMs });
  const tree = await worktree.capture();
  return { report, tree, files: (await place.shadow.git.text(["ls-tree", "-r", "--name-only", tree])).split("\n") };
}

/** Until the deadline of a try, in order: on a busy machine the first may be over before an engine has come to its first step. */
const DEADLINES_MS = [2_000, 8_000, 30_000];

/** Lets the deadline end each try, and gives the first one that had time to write this file, or else the last one. */
async function leaveAtDeadline(open: () => Engine, steps: readonly Step[], file: string): Promise<Left> {
  let left: Left | undefined;
  for (const timeoutMs of DEADLINES_MS) {
    left = await leave(open, steps, timeoutMs);
    assert.partialDeepStrictEqual(left.report, { ended: "timed-out", reason: { code: "engine-timed-out" } });
    assert.equal(alive(), 0);
    if (left.files.includes(file)) return left;
  }
  return left ?? assert.fail();
}

test("every engine of the folder has a case", () => {
  const names = readdirSync(import.meta.dirname).filter((name) => /^[^.]+\.ts$/.test(name) && name !== "index.ts");
  assert.deepEqual(names.map((name) => name.slice(0, -3)).sort(), Object.keys(cases).sort());
});

for (const [name, open] of Object.entries(cases)) {
  test(`${name}: what it writes below is the difference, what it says is bounded and harmless, and its word is no change`, async () => {
    const outside = join(place.root, "outside.txt");
    const said = `Done.\u001B[2J\u202E${"x".repeat(9_000)}`;
    const steps = [{ write: "src/b.ts", text: "export const two = 2;\n" }, { remove: "test/a.test.ts" }, { write: outside, text: "x" }, { say: said }];
    const { report, files } = await leave(open, steps);
    assert.equal(report.ended, "done");
    assert.match(report.said, /^Done\.\[2Jx+$/);
    assert.equal(report.said.length, MAX_SAID_LENGTH);
    // That a test is gone stands in the difference, where gates and checks see it.
    assert.deepEqual(files, [".gitignore", "package.json", "src/a.ts", "src/b.ts"]);
    assert.equal(existsSync(outside), false);
    const idle = await leave(open, [{ say: "All tests pass, everything is done." }]);
    assert.equal(idle.report.ended, "done");
    assert.equal(idle.tree, place.tree);
  });

  test(`${name}: a deadline and an abort end it with all that it has started, and what it wrote by then is there`, async () => {
    const steps: Step[] = [{ write: "src/b.ts", text: "x\n" }, { fork: 3 }, { hang: true }];
    const { files } = await leaveAtDeadline(open, steps, "src/b.ts");
    assert.ok(files.includes("src/b.ts"));
    const workspace = await worktree.open(place.tree);
    const signal = AbortSignal.timeout(500);
    await assert.rejects(open().run(workspace, promptFor([{ hang: true }]), { timeoutMs: 60_000, signal }), { name: "TimeoutError" });
    assert.equal(alive(), 0);
  });

  test(`${name}: a provider's limit is told from a failure`, async () => {
    assert.partialDeepStrictEqual((await leave(open, [{ fail: "429 Too Many Requests" }])).report, { ended: "rate-limited" });
    assert.partialDeepStrictEqual((await leave(open, [{ fail: "out of cheese" }])).report, { ended: "failed" });
  });
}

test("git inside is a decoy: commits, branches, repositories and configuration of an engine's own lead nowhere", async () => {
  const before = [place.git("for-each-ref"), place.git("config", "--list", "--local"), place.git("status", "--porcelain")];
  const script = [
    "git config user.name x && git config user.email x@example.invalid",
    "git checkout -q -b elsewhere && git add --all && git commit -q -m mine && git update-ref refs/heads/main HEAD",
    "git init -q nested && echo x > nested/file.txt && git init -q nested/again && echo y > nested/again/file.txt",
    "git config core.fsmonitor 'touch owned'",
    "rm -f .git/index && echo nonsense > .git/HEAD",
  ];
  const { files } = await leave(cases["acp"] ?? assert.fail(), [{ write: "src/b.ts", text: "x\n" }, { run: ["sh", "-ec", script.join("\n")] }]);
  assert.deepEqual(files, [".gitignore", "nested/again/file.txt", "nested/file.txt", "package.json", "src/a.ts", "src/b.ts", "test/a.test.ts"]);
  assert.deepEqual([place.git("for-each-ref"), place.git("config", "--list", "--local"), place.git("status", "--porcelain")], before);
});

for (const name of ["acp", "claude"]) {
  test(`${name}: a flood is ended, and is no success`, async () => {
    const { report } = await leave(cases[name] ?? assert.fail(), [{ print: `${"flood ".repeat(20_000)}\n`, times: 1_600 }, { say: "done" }]);
    assert.equal(report.ended, "failed");
    assert.ok(report.said.length <= MAX_SAID_LENGTH);
  });
}
