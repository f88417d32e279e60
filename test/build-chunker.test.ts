/** `stet build --chunker model`: a plan in prose, cut once, whatever becomes of kept answers, and built like any other. */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scriptedBuilder, type Plan } from "./support/builder.ts";
import { Sandbox } from "./support/cli.ts";
import { openaiReply, ScriptedProvider } from "./support/provider.ts";

const CONFIG = '{ "checks": [{ "name": "good", "run": ["sh", "-c", "! grep -rn BAD src"] }], "contextTokens": { "ollama:x": 4000 } }\n';
const PROSE = "The tool counts words. Later it sorts them, which needs the counting.\n";

interface Recorded {
  readonly chunkTokens: number;
  readonly cut: { readonly tasks: readonly { readonly id: string; readonly title: string }[] };
  readonly chunks: object;
}

test("cut once, in whatever run: the record has it when the kept answers are gone, and words that come later are cut behind it", async () => {
  const plan: Mutable<Plan> = { "Count words": { "src/count.txt": "1\n" }, "Sort words": "gives up", "Print them": { "src/print.txt": "1\n" } };
  const builder = scriptedBuilder(plan);
  const cuts: string[] = [];
  let said: unknown = { tasks: [{ title: "Count words", instructions: "The tool counts words.", line: 1 }, { title: "Sort words", instructions: "It sorts them.", line: 1, after: ["Count words"] }] };
  await using provider = await ScriptedProvider.start((request) => {
    if (!request.text.includes("Cut it.")) return builder.answer(request);
    cuts.push(request.text);
    return openaiReply({ calls: [{ name: "report_tasks", input: said }] });
  });
  using at = new Sandbox({ "stet.config.json": CONFIG, "src/base.txt": "base\n", "docs/words.md": PROSE }, { dependencies: false });
  const model = ["--model", `compatible:${provider.url}#m`];
  const build = (...args: readonly string[]): ReturnType<Sandbox["stet"]> => at.stet(["build", "--spec", "docs/words.md", ...args]);
  const record = (): Recorded => JSON.parse(readFileSync(join(at.root, ".stet/specs/words.json"), "utf8")) as Recorded;

  const [without, nobody] = [await build(...model), await build("--plan", "--chunker", "model")];
  assert.deepEqual([without.code, nobody.code, cuts.length], [65, 64, 0], without.stderr + nobody.stderr);
  assert.match(nobody.stderr, /No model was named to cut the spec/);
  const shown = await build("--plan", "--chunker", "model", ...model);
  assert.equal(shown.code, 0, shown.stderr);
  assert.match(shown.stdout, /\(checkbox-markdown, cut by compatible:\S+#m\)\n2 chunks to build[^]*1 {2}Count words[^]*2 {2}Sort words\n.*after 1/);
  const first = await build("--chunker", "model", ...model);
  assert.equal(first.code, 1, first.stdout + first.stderr);
  assert.equal(at.git("log", "--format=%s", "main..stet/words"), "[words] Count words");
  assert.deepEqual([cuts.length, record().chunkTokens, Object.keys(record().chunks)], [1, 20_000, [record().cut.tasks[0]?.id]]);
  const asked = at.ledger().filter(({ kind }) => kind === "asked");
  assert.partialDeepStrictEqual(asked, [{ subject: "docs/words.md", cost: { requests: 0 } }]);

  rmSync(join(at.cache, "model-answers"), { recursive: true });
  said = { tasks: [{ title: "Something else", instructions: "", line: 1 }] };
  plan["Sort words"] = { "src/sort.txt": "1\n" };
  const before = builder.asked.length;
  const second = await build(...model);
  assert.equal(second.code, 0, second.stdout + second.stderr);
  assert.deepEqual([cuts.length, builder.asked.slice(before).filter((one) => one.startsWith("task"))], [1, ["task Sort words"]]);
  assert.equal(at.git("log", "--format=%s", "main..stet/words").split("\n").length, 2);

  at.git("merge", "--quiet", "--ff-only", "stet/words");
  writeFileSync(join(at.root, "docs/words.md"), `${PROSE}At last it prints them.\n`);
  at.git("commit", "--quiet", "--all", "--message", "more");
  said = { tasks: [{ title: "Print them", instructions: "It prints them.", line: 2, after: ["Sort words"] }] };
  const third = await build(...model);
  assert.equal(third.code, 0, third.stdout + third.stderr);
  assert.deepEqual([cuts.length, record().cut.tasks.map(({ title }) => title)], [2, ["Count words", "Sort words", "Print them"]]);
  assert.equal(at.git("log", "--format=%s", "main..stet/words-2"), "[words] Print them");
});

type Mutable<T> = { -readonly [key in keyof T]: T[key] };
