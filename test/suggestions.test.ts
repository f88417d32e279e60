/** What others suggest, held against a real repository through the library: what comes through, and why the rest does not. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { EXIT, Problem, sentence, suggestions, type SiftEvent, type SiftReport, type SuggestionsOptions } from "../src/index.ts";
import { fingerprint, Sandbox } from "./support/cli.ts";
import { temporaryFolder } from "./support/workspace.ts";

const A = "let a = 1;\r\nlet b = 2;\r\n";
const sandbox = new Sandbox(
  {
    "stet.config.json": JSON.stringify({ checks: [{ name: "ok", run: ["true"] }], deny: ["ops"] }), ".gitignore": "ignored.ts\n:*\n",
    "src/a.ts": A, "src/b.ts": "b\n", "ops/c.ts": "c\n", "binary.bin": "a\0b", ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((number) => [`many/${number}.ts`, "x\n"])),
  },
  { dependencies: false },
);
symlinkSync("src", join(sandbox.root, "linked"));
symlinkSync("src/a.ts", join(sandbox.root, "link.ts"));
sandbox.git("add", "--all");
sandbox.git("commit", "--quiet", "--message=links");
const first = sandbox.git("rev-parse", "HEAD");
writeFileSync(join(sandbox.root, "src/b.ts"), "b changed\n");
sandbox.git("commit", "--quiet", "--all", "--message=change");
for (const name of ["ignored.ts", "untracked.ts"]) writeFileSync(join(sandbox.root, name), "x\n");
const inputs = temporaryFolder();
after(() => [sandbox, inputs].forEach((one) => one[Symbol.dispose]()));

type Json = Readonly<Record<string, unknown>>;
const ROW = { reviewed_at: "2026-11-30", confidence_avg: 95, confidence_min: 80, gradient_tier: "auto", suggestions_preview: "better" };
const rows = (...all: readonly Json[]): string => all.map((row) => JSON.stringify({ ...ROW, ...row })).join("\n");

interface Seen extends SiftReport {
  readonly events: readonly SiftEvent[];
  /** `file: code` of what is not worth a trial. */
  readonly refused: readonly string[];
}

async function sifted(text: string, options: Partial<SuggestionsOptions> = {}): Promise<Seen> {
  process.env["STET_CACHE_DIR"] = sandbox.cache;
  const input = join(inputs.root, "in.jsonl");
  writeFileSync(input, text);
  const events: SiftEvent[] = [];
  const report = await suggestions({ cwd: sandbox.root, inputs: [input], listen: (event) => void events.push(event), ...options });
  const refused = events.flatMap((event) => (event.type === "skipped" ? [] : [`${event.suggestion.file}: ${event.reason.code}`]));
  return { ...report, events, refused };
}

test("concrete changes come through as edits of the base, words as words; nothing of the checkout changes", async () => {
  const before = fingerprint(sandbox.root);
  const patch = (old: string, now: string): Json => ({ edits: [{ old_string: old, new_string: now }] });
  const findings = [{ line: 2, rule: "const", message: "constant", confidence: 96, patches: [patch("let b = 2;\n", "const b = 2;\n"), patch("let", "const")] }, { message: "words" }];
  const { findings: found, exitCode } = await sifted(rows({ file: "src/a.ts", findings }));
  assert.equal(exitCode, EXIT.settled);
  assert.deepEqual(found.map(({ finding: { message, at, confidence, fixes } }) => [message, at?.line, confidence, fixes?.map(({ edits }) => edits)]), [
    ["constant", 2, 96, [[{ file: "src/a.ts", start: 12, before: "let b = 2;\r\n", after: "const b = 2;\r\n" }]]],
    ["words", 1, undefined, undefined],
  ]);
  assert.deepEqual(found[0]?.misplaced.map(({ code }) => code), ["quote-several"]);
  assert.equal(fingerprint(sandbox.root), before);
});

test("each doubt is told, in words too, and everything else is read", async () => {
  const blob = sandbox.git("rev-parse", "HEAD:src/a.ts");
  const sha256 = `sha256:${createHash("sha256").update(A).digest("hex")}`;
  const text = rows(
    { file: "nowhere.ts" }, { file: ":(glob)*" }, { file: "ignored.ts" }, { file: "untracked.ts" }, { file: "binary.bin" }, { file: "link.ts" }, { file: "linked/a.ts" }, { file: "src" },
    { file: "src/b.ts", commit: first }, { file: "ops/c.ts" }, { file: "many/1.ts", commit: "0123456789" }, { file: "many/2.ts", content_hash: "sha256:00" },
    { file: "many/3.ts", gradient_tier_avg: "simulation" }, { file: "many/4.ts", confidence_avg: "99" }, { file: "many/5.ts", confidence_min: 69 }, { file: "many/6.ts", gradient_tier: null },
    { file: "src/a.ts", content_hash: blob },
  );
  const { refused, findings, counts, exitCode, events } = await sifted(text);
  assert.deepEqual(refused, [
    "nowhere.ts: file-missing", ":(glob)*: file-ignored", "ignored.ts: file-ignored", "untracked.ts: file-untracked", "binary.bin: file-not-text", "link.ts: file-symlink", "linked/a.ts: file-symlink",
    "src: file-folder", "src/b.ts: stale", "ops/c.ts: denied", "many/1.ts: commit-unknown", "many/2.ts: stale", "many/3.ts: tier-blocked", "many/4.ts: confidence-unusable",
    "many/5.ts: confidence-low", "many/6.ts: tier-absent",
  ]);
  assert.deepEqual([findings.length, counts, exitCode], [1, { read: 17, superseded: 0, ineligible: 16, notTried: 0, bad: 0 }, EXIT.remains]);
  for (const event of events) assert.match(sentence(event.type === "skipped" ? event.skipped.reason : event.reason), /^\S.*\.$/);
  const same = await sifted(rows({ file: "src/a.ts", content_hash: sha256 }, { file: "many/1.ts", commit: first }, { file: "ops/c.ts" }), { allowPaths: ["ops/**"] });
  assert.deepEqual([same.refused, same.findings.length], [[], 3]);
});

test("five files are tried, the most trusted first; what two inputs say is one finding", async () => {
  const many = rows(...[1, 2, 3, 4, 5, 6].map((number) => ({ file: `many/${number}.ts`, confidence_avg: 90 + number })));
  const { findings, refused } = await sifted(many);
  assert.deepEqual(findings.map(({ finding: { at } }) => at?.file), [6, 5, 4, 3, 2].map((number) => `many/${number}.ts`));
  assert.deepEqual(refused, ["many/1.ts: not-tried"]);
  writeFileSync(join(sandbox.root, "plain.txt"), "src/a.ts:1:1: same [r]\n");
  writeFileSync(join(inputs.root, "d.json"), JSON.stringify({ diagnostics: [{ message: "same", code: { value: "r" }, location: { path: join(sandbox.root, "src/a.ts"), range: { start: { line: 1, column: 1 } } }, suggestions: [{ range: { start: { line: 1 } }, text: "x" }] }] }));
  const [one, ...more] = (await sifted("", { inputs: ["plain.txt", join(inputs.root, "d.json")] })).findings;
  assert.deepEqual([more, one?.origins.map(({ input }) => input), one?.finding.fixes?.length], [[], ["plain.txt", join(inputs.root, "d.json")], 1]);
});

test("inputs alone decide between 65, 66 and going on", async () => {
  const exit = async (text: string, options: Partial<SuggestionsOptions> = {}): Promise<number> => (await sifted(text, options)).exitCode;
  assert.equal(await exit("", { inputs: ["gone.jsonl"] }), EXIT.noInput);
  assert.equal(await exit("hello\n"), EXIT.badInput);
  assert.equal(await exit("", { inputs: [".", "gone.jsonl"] }), EXIT.badInput);
  assert.equal(await exit(`null\n${rows({ file: "src/a.ts" })}\n`), EXIT.remains);
  assert.equal(await exit(""), EXIT.settled);
  await assert.rejects(sifted("", { format: "nope" }), (error) => error instanceof Problem && error.exitCode === EXIT.usage);
  await assert.rejects(sifted("", { cwd: "/" }), (error) => error instanceof Problem && error.exitCode === EXIT.noInput);
});
