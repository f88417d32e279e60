/** Several chunks in work at once: who begins when, what lands, and what is left of those that do not come to their turn. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Engine } from "../../domain/engine.ts";
import { finding } from "../../domain/finding.ts";
import type { Chunk } from "../../domain/task.ts";
import { reason } from "../../domain/reason.ts";
import { buildOn, chunk, isReview, PLAN, scriptedEngine, type Building, type Built, type ScriptedEngine } from "../../../test/support/building.ts";
import { checkOf, ground } from "../../../test/support/kit.ts";

const LINES = Array.from({ length: 20 }, (_, index) => `line ${index}\n`);
const with_ = (index: number, text: string): string => LINES.with(index, text).join("");
const place = await ground({ [PLAN]: "- [ ] a\n", "src/shared.txt": LINES.join(""), "src/list.txt": "first\n" });
after(() => place[Symbol.dispose]());

/** Red where a file has the word BAD, and where left and right stand together. */
const check = checkOf("pair", async (workspace) => {
  const texts = await Promise.all(["a", "b", "c", "d"].map((id) => workspace.readText(`src/${id}.txt`)));
  const all = texts.join("");
  const isRed = all.includes("BAD") || (all.includes("left") && all.includes("right"));
  const found = isRed ? [finding({ by: "pair", rule: "pair", category: "other", message: "they do not go together", at: { file: "src/b.txt", line: 1, column: 1 } })] : [];
  return { kind: "read", check: "pair", findings: found, durationMs: 0 };
});

const built = (ids: readonly Chunk[], engines: readonly Engine[], options: Partial<Building> = {}): Promise<Built> => buildOn(place, ids, engines, { checks: [check], parallel: 2, ...options });
const ids = (chunks: readonly Chunk[]): string[] => chunks.map(({ id }) => id);
const idIn = (prompt: string): string => /make (\w)\./.exec(prompt)?.[1] ?? "";
const tasksOf = ({ prompts }: ScriptedEngine): string[] => prompts.filter((prompt) => !isReview(prompt)).map((prompt) => `${prompt.includes("not accepted") ? "fix" : "task"} ${idIn(prompt)}`);
const textOf = ({ result }: Built, file: string): string => place.git("--git-dir", join(place.shadow.folder, "shadow.git"), "show", `${result.tree}:${file}`);

/** Opens once so many have come. */
function barrier(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let missing = count;
  return () => {
    if (--missing === 0) resolve(undefined);
    return promise;
  };
}

test("independent chunks are in work together, never more than were allowed; they land in order, and whoever waits begins once it may", async () => {
  const [first, second] = [barrier(2), barrier(2)];
  const meets: Record<string, () => Promise<void>> = { a: first, b: first, d: second, e: second };
  let [working, most] = [0, 0];
  const engine = scriptedEngine("one", async (prompt) => {
    most = Math.max(most, ++working);
    // Each of a pair goes on only when the other is at work as well.
    if (!isReview(prompt)) await meets[idIn(prompt)]?.();
    working--;
    return { [`src/${idIn(prompt)}.txt`]: idIn(prompt) === "b" ? "BAD\n" : "fine\n" };
  });
  const { result, engine: run, fates } = await built([chunk("a"), chunk("b"), chunk("c", ["b"]), chunk("d"), chunk("e", ["a"])], [engine]);
  assert.deepEqual([ids(result.built), ids(result.failed), ids(result.waiting), most], [["a", "d", "e"], ["b"], ["c"], 2]);
  assert.equal(fates["b"]?.kind, "failed");
  assert.deepEqual(tasksOf(engine).filter((told) => told.endsWith("b")), ["task b", "fix b", "fix b"]);
  assert.deepEqual(run.of("notice").flatMap(({ reason: { code, args } }) => (code === "chunk-turn" ? [args["title"]] : [])), ["a", "b", "d", "e"].map((id) => `make ${id}.`));
});

test("changes of one file stand together where they touch different lines, and nobody is asked again", async () => {
  const engine = scriptedEngine("one", (prompt) => ({ "src/shared.txt": idIn(prompt) === "a" ? with_(2, "two\nand more\n") : with_(15, "fifteen\n") }));
  const made = await built([chunk("a"), chunk("b")], [engine]);
  assert.deepEqual([ids(made.result.built), tasksOf(engine).sort()], [["a", "b"], ["task a", "task b"]]);
  assert.equal(textOf(made, "src/shared.txt").trim(), with_(2, "two\nand more\n").replace("line 15", "fifteen").trim());
});

test("where others have changed the same, it is done again on what stands there, at the price of an attempt that is told once", async () => {
  const engine = scriptedEngine("one", (prompt) => {
    const id = idIn(prompt);
    const isFix = prompt.includes("not accepted");
    return { "src/list.txt": isFix ? "first\na\nb\n" : `first\n${id}\n`, [`src/${id}.txt`]: isFix && id === "c" ? "BAD\n" : `${id}\n` };
  });
  const made = await built([chunk("a"), chunk("b"), chunk("c")], [engine], { parallel: 3 });
  assert.deepEqual(ids(made.result.built), ["a", "b"]);
  assert.equal(textOf(made, "src/list.txt"), "first\na\nb");
  assert.equal(textOf(made, "src/b.txt"), "b");
  const { fates, engine: { kit } } = made;
  assert.ok(fates["b"]?.kind === "landed" && fates["b"].work.fixes === 1);
  assert.ok(fates["c"]?.kind === "failed" && fates["c"].reasons.some(({ code }) => code === "changed-by-others"));
  // A call for each task, fix and look: whatever was made of it, it was paid for once.
  const told = [...kit.run.verdicts.map(({ proposal }) => proposal.cost), ...kit.run.declined.map(({ cost }) => cost)];
  assert.equal(told.reduce((sum, cost) => sum + (cost?.requests ?? 0), 0), engine.prompts.length);
});

test("what was green where it was made and is red where it would land is mended there, or does not land", async () => {
  const script = (mends: boolean) => (prompt: string) => {
    const id = idIn(prompt);
    return { [`src/${id}.txt`]: id === "a" ? "left\n" : id === "b" && !(mends && prompt.includes("not accepted")) ? "right\n" : "fine\n" };
  };
  const mended = await built([chunk("a"), chunk("b")], [scriptedEngine("one", script(true))]);
  assert.deepEqual([ids(mended.result.built), textOf(mended, "src/b.txt")], [["a", "b"], "fine"]);
  assert.equal(mended.engine.kit.run.verdicts.filter(({ kind }) => kind === "worse").length, 1);
  const stubborn = scriptedEngine("one", script(false));
  const left = await built([chunk("a"), chunk("b"), chunk("c")], [stubborn]);
  assert.deepEqual([ids(left.result.built), ids(left.result.failed)], [["a", "c"], ["b"]]);
  // The attempts of a chunk are its own, wherever they are made.
  assert.deepEqual(tasksOf(stubborn).filter((told) => told.endsWith("b")), ["task b", "fix b", "fix b"]);
});

test("an engine that turns two away at once is left out alone, and once", async () => {
  const both = barrier(2);
  const limited = scriptedEngine("limited", () => both().then(() => "rate-limited"));
  const other = scriptedEngine("other", (prompt) => ({ [`src/${idIn(prompt)}.txt`]: "fine\n" }));
  const { result, engine } = await built([chunk("a"), chunk("b")], [limited, other]);
  assert.deepEqual([ids(result.built), limited.prompts.length], [["a", "b"], 2]);
  assert.deepEqual(engine.of("notice").flatMap(({ reason: { code, args } }) => (code === "engine-left" ? [args["engine"]] : [])), ["limited"]);
});

test("without an engine, what was made before still lands", async () => {
  const both = barrier(2);
  const engine = scriptedEngine("one", async (prompt) => {
    if (isReview(prompt)) return {};
    await both();
    return idIn(prompt) === "a" ? "rate-limited" : { "src/b.txt": "fine\n" };
  });
  const { result } = await built([chunk("a"), chunk("b"), chunk("c")], [engine]);
  assert.deepEqual([ids(result.built), ids(result.failed), ids(result.waiting), result.halted?.code], [["b"], [], ["a", "c"], "no-engine-left"]);
});

test("an abort ends all that work, and nobody is left behind", async () => {
  const stop = new AbortController();
  const both = barrier(2);
  let working = 0;
  const engine = scriptedEngine("one", async (_, __, { signal }) => {
    working++;
    void both().then(() => stop.abort(new Error("interrupted")));
    await new Promise((resolve) => signal?.addEventListener("abort", resolve, { once: true }));
    working--;
    signal?.throwIfAborted();
    return {};
  });
  await assert.rejects(built([chunk("a"), chunk("b"), chunk("c")], [engine], { kit: { signal: stop.signal } }), /interrupted/);
  assert.deepEqual([working, engine.prompts.length], [0, 2]);
});

test("what waits for its turn when the time is up costs what it has cost, and is told", async () => {
  const stop = new AbortController();
  const engine = scriptedEngine("one", async (prompt, _, { signal }) => {
    if (idIn(prompt) === "b") {
      if (isReview(prompt)) setImmediate(() => stop.abort(new Error("late")));
      return { "src/b.txt": "fine\n" };
    }
    await new Promise((resolve) => signal?.addEventListener("abort", resolve, { once: true }));
    signal?.throwIfAborted();
    return {};
  });
  const { result, engine: { kit } } = await built([chunk("a"), chunk("b")], [engine], { kit: { signal: stop.signal, isTimeUp: () => stop.signal.aborted } });
  assert.deepEqual([result.halted?.code, ids(result.waiting)], ["deadline", ["a", "b"]]);
  assert.deepEqual(kit.run.declined.map(({ reason: { code }, cost }) => [code, cost?.requests]), [["turn-never-came", 2]]);
});

test("a chunk's time is not spent on waiting for its turn", async () => {
  let time = 0;
  const prepared = Promise.withResolvers<undefined>();
  const engine = scriptedEngine("one", async (prompt) => {
    const id = idIn(prompt);
    if (id === "b" && isReview(prompt)) setImmediate(() => prepared.resolve(undefined));
    if (id === "a" && !isReview(prompt)) {
      await prepared.promise;
      time += 600_000;
    }
    return { [`src/${id}.txt`]: id === "a" ? "left\n" : prompt.includes("not accepted") ? "fine\n" : "right\n" };
  });
  const { result } = await built([chunk("a"), chunk("b")], [engine], { chunkDeadlineMs: 60_000, now: () => time });
  assert.deepEqual(ids(result.built), ["a", "b"]);
});

test("a part without room hands on what is in work, and the next one asks nobody again", async () => {
  const engine = scriptedEngine("one", (prompt) => ({ [`src/${idIn(prompt)}.txt`]: "fine\n" }));
  let room = 1;
  const chunks = [chunk("a"), chunk("b"), chunk("c"), chunk("d")];
  const mayLand: Building["mayLand"] = () => Promise.resolve(room-- > 0 ? undefined : reason("build", "part-full", { commits: 1, part: 1 }));
  const after = await built(chunks, [engine], { parallel: 3, mayLand, keeps: true });
  const { result: first } = after;
  assert.deepEqual([ids(first.built), first.carried.map(({ chunk: id }) => id), first.halted?.code], [["a"], ["b", "c", "d"], "part-full"]);
  const asked = engine.prompts.length;
  const { result: second, engine: { kit } } = await built(chunks, [engine], { parallel: 3, done: new Set(["a"]), after });
  assert.deepEqual([ids(second.built), engine.prompts.length, second.carried], [["b", "c", "d"], asked, []]);
  assert.deepEqual(kit.run.verdicts.map(({ proposal }) => proposal.cost?.requests), [2, 2, 2]);
});
