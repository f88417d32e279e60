/** stet as a library: the same engine, given values and giving values. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { EXIT, Problem, problemText, repair, sentence, trial, type Edit, type Event } from "../src/index.ts";
import { fingerprint, Sandbox } from "./support/cli.ts";
import { GREEN } from "./support/told.ts";
import { packageRoot } from "./support/workspace.ts";

/** stet finds its cache as it does on the command line. */
function sandboxed(files: Record<string, string>): Sandbox {
  const sandbox = new Sandbox(files);
  process.env["STET_CACHE_DIR"] = sandbox.cache;
  return sandbox;
}

/** Red while the file has the word. */
const NO_BAD = JSON.stringify({ checks: [{ name: "no-bad", run: ["sh", "-c", "! grep -rn bad *.txt"] }] });

test("repair as a dry run gives its verdicts as values and leaves no trace", async () => {
  using sandbox = sandboxed({ "stet.config.json": NO_BAD, "a.txt": "bad\n" });
  const before = fingerprint(sandbox.root);
  const seen: Event["type"][] = [];
  const report = await repair({ cwd: sandbox.root, dryRun: true, paths: ["a.txt"], listen: ({ type }) => void seen.push(type) });
  assert.partialDeepStrictEqual(report, { dryRun: true, tip: null, commits: [], verdicts: [], landed: [], exitCode: EXIT.settled });
  assert.equal(report.base, sandbox.git("rev-parse", "HEAD"));
  assert.deepEqual(report.readings.map(({ kind, check }) => [kind, check]), [["read", "no-bad"]]);
  assert.deepEqual([seen[0], seen.at(-1)], ["run-started", "run-ended"]);
  assert.equal(fingerprint(sandbox.root), before);
});

test("trial lands the green part of edits, and says in words what struck the rest", async () => {
  using sandbox = sandboxed({ "stet.config.json": NO_BAD, "a.txt": "one\n", "b.txt": "one\n" });
  const put = (file: string, after: string): Edit => ({ file, start: 0, before: "one", after });
  const report = await trial({ cwd: sandbox.root, change: { title: "Say more", edits: [put("a.txt", "two"), put("b.txt", "bad")] } });
  assert.equal(report.exitCode, EXIT.remains);
  assert.deepEqual(report.kept.flatMap(({ edits }) => edits), [put("a.txt", "two")]);
  assert.equal(sandbox.show("a.txt"), "two\n");
  assert.equal(report.tip, sandbox.git("rev-parse", report.branch));
  const [verdict] = report.struck;
  assert.deepEqual([verdict?.kind, verdict?.proposal.edits], ["worse", [put("b.txt", "bad")]]);
  assert.match(verdict?.reasons.map(sentence).join("\n") ?? "", /^no-bad finds something new/);

  const whole = await trial({ cwd: sandbox.root, whole: true, change: { title: "No fit", edits: [{ ...put("a.txt", "x"), before: "nope" }] } });
  assert.deepEqual(whole.struck.map(({ kind }) => kind), ["refused"]);
});

test("what a user can mend is a Problem with a code, data, an exit code and words", async () => {
  using sandbox = sandboxed({ "stet.config.json": GREEN });
  const cases: [() => Promise<unknown>, string, number, RegExp][] = [
    [() => repair({ cwd: join(sandbox.root, "nope") }), "no-such-folder", EXIT.noInput, /There is no folder/],
    [() => repair({ cwd: sandbox.root, base: "v9" }), "unknown-revision", EXIT.noInput, /There is no commit "v9" here/],
    [() => repair({ cwd: sandbox.root, allowGates: ["nope"] }), "unknown-gate", EXIT.usage, /there is no gate "nope"/],
    [() => trial({ cwd: sandbox.root, change: { argv: ["no-such-tool"] } }), "tool-failed", EXIT.config, /cannot be started/],
  ];
  for (const [run, code, exitCode, words] of cases) {
    await assert.rejects(run, (error) => {
      assert.ok(error instanceof Problem, String(error));
      assert.deepEqual([error.code, error.exitCode], [code, exitCode]);
      assert.match(problemText(error), words);
      return true;
    });
  }
});

test("a signal ends a run, which rejects with the signal's reason and frees the lock", async () => {
  using sandbox = sandboxed({ "stet.config.json": GREEN });
  const why = new Error("enough");
  const controller = new AbortController();
  const change = { argv: ["sleep", "120"] };
  const listen = (event: Event): void => {
    if (event.type === "check-ended") setTimeout(() => controller.abort(why), 100);
  };
  await assert.rejects(trial({ cwd: sandbox.root, change, signal: controller.signal, listen }), why);
  assert.partialDeepStrictEqual(sandbox.ledger().at(-1), { kind: "ended", status: "interrupted", exitCode: EXIT.remains });
  assert.equal((await repair({ cwd: sandbox.root })).exitCode, EXIT.settled);
});

test("every option and function of the library is documented where editors show it", () => {
  const path = join(packageRoot, "src/index.ts");
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const own = source.statements.filter((node) => ts.isInterfaceDeclaration(node) || ts.isFunctionDeclaration(node));
  const open = own.filter((node) => (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0);
  const members = open.flatMap((node): ts.Node[] => (ts.isInterfaceDeclaration(node) ? [...node.members] : [node]));
  assert.ok(members.length > 15);
  assert.deepEqual(members.filter((node) => ts.getJSDocCommentsAndTags(node).length === 0).map((node) => node.getText()), []);
});
