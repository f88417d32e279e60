/** The five kinds and what they are not, in TypeScript; the other languages stand in `mechanical.languages.test.ts`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { context, edit, propose } from "../../test/support/gates.ts";
import { codes, judged, judgedEdits, type Judging } from "../../test/support/syntax.ts";
import { gate } from "./mechanical.ts";

const BASE = `import { a } from "./a.ts";

export interface Options { limit: number; }

/** What it is. */
export function total(items: readonly number[], start = 0): number {
  // eslint-disable-next-line no-console
  const strict = false;
  switch (start) {
    case 1: return 1;
    default: return a(items, { deep: true });
  }
}
`;

async function says(from: string, to: string, judging?: Judging): Promise<string[]> {
  assert.ok(BASE.includes(from), from);
  return codes(await judged("src/b.ts", BASE, BASE.replace(from, () => to), judging));
}

test("GOOD: each of the five kinds", async () => {
  assert.deepEqual(await says("  // eslint-disable-next-line no-console\n", ""), []);
  assert.deepEqual(await says("// eslint-disable-next-line no-console", "// no-console"), [], "what is left of it silences nothing");
  assert.deepEqual(await says('"./a.ts";\n', '"./a.ts";\nimport { b } from "./b.ts";\n'), []);
  assert.deepEqual(await says("{ a }", "{ a, type B }"), []);
  assert.deepEqual(await says("limit: number;", "limit: number; depth?: number;"), []);
  assert.deepEqual(await says("deep: true", "deep: true, wide: 2"), []);
  assert.deepEqual(await says("strict = false", "strict = true"), []);
  assert.deepEqual(await says("case 1: return 1", "case 1: return 2"), []);
  assert.deepEqual(await says("case 1:", "case 2:"), []);
  assert.deepEqual(await says("  switch", '  console.warn("start", start, String(items.length));\n  switch'), []);
  assert.deepEqual(await says("  switch", "  // Seen in the logs.\n  this.logger.debug(`at ${start}`);\n  switch"), [], "a comment with it");
});

test("BAD: what is declared is renamed, changed, deleted or new", async () => {
  assert.deepEqual(await says("function total", "function sum"), ["renamed"]);
  assert.deepEqual(await says("start = 0", "start = 1"), ["signature-changed parameters"]);
  assert.deepEqual(await says("items: readonly number[]", "items: number[]"), ["signature-changed parameters"]);
  assert.deepEqual(await says("): number", "): string"), ["signature-changed type"]);
  assert.deepEqual(await says("limit: number", "limit: string"), ["signature-changed type"]);
  assert.deepEqual(await says("limit: number", "max: number"), ["renamed"]);
  assert.deepEqual(await says("export function", "function"), ["signature-changed rest"]);
  assert.deepEqual(await says("export interface Options { limit: number; }\n", ""), ["declaration-deleted"]);
  assert.deepEqual(await says("\nexport interface", "\nfunction g() {}\nexport interface"), ["declaration-added"]);
});

test("BAD: a constructor, an overload, an export list", async () => {
  const text = "class A {\n  constructor(a: string) {}\n}\nfunction f(a: string): void;\nfunction f(a: number): void;\nfunction f(a: unknown) {}\nexport { A, f };\n";
  const change = async (from: string, to: string): Promise<string[]> => codes(await judged("a.ts", text, text.replace(from, to), { level: "local" }));
  assert.deepEqual(await change("constructor(a: string)", "constructor(a: number)"), ["signature-changed parameters"]);
  assert.deepEqual(await change("f(a: number): void", "f(a: boolean): void"), ["signature-changed parameters"]);
  assert.deepEqual(await change("{ A, f }", "{ A, f as g }"), ["declaration-deleted", "declaration-added"]);
  assert.deepEqual(await change("{ A, f }", "{ A }"), ["declaration-deleted"]);
});

test("BAD: what is none of the five kinds has a name", async () => {
  assert.deepEqual(await says("a(items,", "b(items,"), ["not-mechanical replaced"]);
  assert.deepEqual(await says("strict = false", "strict = 1"), ["not-mechanical replaced"]);
  assert.deepEqual(await says("  switch", "  start++;\n  switch"), ["not-mechanical added"]);
  assert.deepEqual(await says("  const strict = false;\n", ""), ["not-mechanical deleted"]);
  assert.deepEqual(await says("/** What it is. */\n", ""), ["not-mechanical comment"]);
  assert.deepEqual(await says("  switch", "  // A note.\n  switch"), ["not-mechanical comment"]);
  assert.deepEqual(await says("{ a }", "{ a as b }"), ["not-mechanical import-changed"]);
  assert.deepEqual(await says("{ a }", "{ }"), ["not-mechanical import-changed"]);
  assert.deepEqual(await says("deep: true", "deep: true, deep: false"), ["not-mechanical field-twice"]);
  assert.deepEqual(await says("deep: true", "deep: true, run: () => launch()"), ["not-mechanical field-acts"]);
  assert.deepEqual(await says("strict = false", "loose = false"), ["not-mechanical replaced"]);
});

test("BAD: a log call that does more than log", async () => {
  const calls = ["console.log(launch())", "console.log(start = 1)", "console.log(start++)", "console.clear()", "logger.setLevel(1)", "process.exit(1)", "console.log(await a)", "log.fatal(1)", "console.log(() => launch())", "console.log`${launch()}`"];
  for (const call of calls) assert.deepEqual(await says("  switch", `  ${call};\n  switch`), ["not-mechanical added"], call);
});

test("BAD: one token may not move what stands behind it into another place", async () => {
  const before = "function f(a: boolean) {\n  if (a)\n    g();\n}\n";
  assert.deepEqual(codes(await judged("a.ts", before, before.replace("    g();", "    console.log(1);\n    g();"))), ["not-mechanical replaced", "not-mechanical added", "not-mechanical added"]);
  const python = "def f(a):\n    if a:\n        g()\n        h()\n";
  assert.deepEqual(codes(await judged("a.py", python, python.replace("        h()", "    h()"))), ["not-mechanical deleted", "not-mechanical added"]);
});

test("BAD: several changes in one patch, too many patches, too long ones", async () => {
  assert.deepEqual(await says("{ limit: number; }", "{ limit: number; a: 1; b: 2; }"), ["not-mechanical added"]);
  const one = edit("a.ts", 0, "f(true, true);", "f(false, false);");
  assert.deepEqual(codes(await judgedEdits("a.ts", "f(true, true);\n", [one], "f(false, false);\n")), ["several-changes"]);
  const lines = "f(true);\n".repeat(3);
  const edits = [0, 9, 18].map((start) => edit("a.ts", start + 2, "true", "false"));
  assert.deepEqual(codes(await judgedEdits("a.ts", lines, edits, "f(false);\n".repeat(3))), ["too-many-patches"]);
  assert.deepEqual(codes(await judgedEdits("a.ts", lines, edits.slice(0, 2), "f(false);\nf(false);\nf(true);\n")), []);
  const long = 'console.log(\n  1,\n  2,\n  3,\n  4,\n  5,\n);\n';
  assert.deepEqual(codes(await judged("a.ts", lines, long + lines)), ["patch-too-long"]);
});

test("local: what happens inside is free, and all that is mechanical", async () => {
  const local = { level: "local" } as const;
  assert.deepEqual(await says("a(items,", "b(items, 1,", local), []);
  assert.deepEqual(await says("  const strict = false;\n", "  function inner() {}\n  inner();\n", local), []);
  assert.deepEqual(await says("limit: number;", "limit: number; depth?: number;", local), []);
  assert.deepEqual(await says("function total", "function sum", local), ["renamed"]);
  assert.deepEqual(await says("): number", "): string", local), ["signature-changed type"]);
  assert.deepEqual(await says("\nexport interface", "\nfunction g() {}\nexport interface", local), ["declaration-added"]);
});

test("free, and what the project's own tools offer: nothing to say", async () => {
  assert.deepEqual(await says("function total", "function sum", { level: "free" }), []);
  assert.deepEqual(await says("function total", "function sum", { rung: 1 }), []);
});

test("BAD: files that come, go, or name dependencies", () => {
  const level = { edits: { level: "local", maxPatches: 2, maxPatchLines: 6 } } as const;
  const judge = (one: ReturnType<typeof edit>, base = {}): string[] => codes(gate.judge(propose([one], { rung: 2 }), context(base, level)));
  assert.deepEqual(judge(edit("a.ts", 0, null, "x")), ["new-file"]);
  assert.deepEqual(judge(edit("a.ts", 0, "x", null), { "a.ts": "x" }), ["file-deleted"]);
  assert.deepEqual(judge({ ...edit("a.ts", 0, "x", "y"), mode: "100755" }, { "a.ts": "x" }), ["mode-changed"]);
  for (const file of ["package.json", "a/pyproject.toml", "Cargo.toml", "go.mod", "yarn.lock", "requirements-dev.txt", "x.csproj"]) {
    assert.deepEqual(judge(edit(file, 0, "x", "y"), { [file]: "x" }), ["dependencies-changed"], file);
  }
});

test("BAD: a file that cannot be read is never waved through", async () => {
  assert.deepEqual(codes(await judged("a.vue", "a\n", "b\n")), ["unreadable-syntax no-grammar"]);
  assert.deepEqual(codes(await judged("a.ts", "f(true);\n", "f(false;\n")), ["unreadable-syntax broken"]);
  assert.deepEqual(codes(await judged("a.ts", "f(true;\n", "f(true);\n")), ["unreadable-syntax broken"]);
  assert.deepEqual(codes(await judged("a.ts", `${"[".repeat(5_000)}${"]".repeat(5_000)};\nf(true);\n`, "x\n")), ["unreadable-syntax too-deep"]);
  assert.deepEqual(codes(await judged("a.ts", `"${"x".repeat(1_000_001)}"`, "x\n")), ["unreadable-syntax too-large"]);
  const untold = gate.judge(propose([edit("a.ts", 0, "x", "y")], { rung: 2 }), context({ "a.ts": "x" }, { edits: { level: "mechanical", maxPatches: 2, maxPatchLines: 6 } }));
  assert.deepEqual(codes(untold), ["unreadable-syntax no-grammar"], "without trees");
});

test("a package that no manifest names is new, and one that is there is not", async () => {
  const base = { "package.json": '{ "dependencies": { "zod": "4" }, "devDependencies": { "@types/react": "1" } }' };
  const importing = async (from: string, level: Judging["level"] = "mechanical"): Promise<string[]> =>
    codes(await judged("src/a.ts", "f();\n", `import x from "${from}";\nf();\n`, { base, level }));
  for (const from of ["zod", "zod/v4", "react", "node:fs", "fs", "./x", "../x.ts", "#own", "@/alias"]) assert.deepEqual(await importing(from), [], from);
  for (const from of ["left-pad", "@scope/x", "zo"]) {
    assert.deepEqual(await importing(from), ["new-dependency"], from);
    assert.deepEqual(await importing(from, "local"), ["new-dependency"], from);
  }
  assert.deepEqual(codes(await judged("a.ts", "f();\n", 'f();\nconst x = require("left-pad");\n', { level: "local" })), ["declaration-added", "new-dependency"]);
});

test("every refusal of a change names the declaration, with its place", async () => {
  const [why] = await judged("src/b.ts", BASE, BASE.replace("a(items,", "b(items,"));
  assert.deepEqual(why, { by: "mechanical", code: "not-mechanical", args: { file: "src/b.ts", kind: "function", name: "total", line: 11, what: "replaced", was: "a", now: "b" } });
  const [other] = await judged("src/b.ts", BASE, BASE.replace("limit: number", "limit: string"));
  assert.deepEqual(other?.args, { file: "src/b.ts", kind: "field", name: "Options.limit", line: 3, part: "type", was: "number", now: "string" });
});
