/**
 * What every gate owes: one export, named as its file; pure; the same answer twice; an answer, never an exception,
 * whatever a proposal holds. A new gate is held to it by standing in the folder.
 */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { suite, test } from "node:test";
import fc from "fast-check";
import type { BaseFile, Gate, GateContext } from "../domain/plugin.ts";
import { proposal, type Edit, type Proposal } from "../domain/proposal.ts";
import type { Parsed } from "../domain/syntax.ts";
import { parseSyntax } from "../system/syntax.ts";
import { policy } from "../../test/support/gates.ts";

const files = readdirSync(import.meta.dirname).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "index.ts",
);

/** Copies are compared with originals, and a copy always has the common prototype. */
const PLAIN = { noNullPrototype: true } as const;

/** Texts that are likely to trip a gate, and any other. */
const text = fc.oneof(
  fc.constantFrom("", "a", "a\r\nb", "a\nb\n", "\ufeffa", "\0", "\ud800", "\u202e", "$&", "as any", "// @ts-ignore", "catch {}"),
  fc.string({ unit: "binary", maxLength: 30 }),
);
const path = fc.oneof(
  fc.constantFrom("a.ts", "b.js", "src/a.ts", "src", "..", "", "/", ".git/x", "__proto__", "constructor", "a\0", "C:\\x", "x.py"),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const edit: fc.Arbitrary<Edit> = fc.record(
  {
    file: path,
    start: fc.oneof(fc.constantFrom(0, 1, -1, NaN, Infinity, 0.5), fc.integer()),
    before: fc.option(text),
    after: fc.option(text),
    mode: fc.constantFrom("100644", "100755"),
  },
  { requiredKeys: ["file", "start", "before", "after"], ...PLAIN },
);
const proposals: fc.Arbitrary<Proposal> = fc
  .record({
    edits: fc.array(edit, { maxLength: 6 }),
    safety: fc.constantFrom("safe", "unsafe", "display"),
    rung: fc.constantFrom(0, 2),
    title: text,
  }, PLAIN)
  .map((parts) => proposal({ findings: [], by: "test", base: "0".repeat(40), ...parts }));
const mode = fc.constantFrom("100644", "100755");
const baseFile: fc.Arbitrary<BaseFile> = fc.oneof(
  fc.record({ kind: fc.constant("text"), text, mode }, PLAIN),
  fc.record({ kind: fc.constant("undecodable"), mode }, PLAIN),
  fc.constantFrom<BaseFile>({ kind: "absent" }, { kind: "symlink" }, { kind: "submodule" }),
);
const trees = await Promise.all(["a();\n", "export function f(a: number) { return true; }\n", "// c\n"].map((one) => parseSyntax("a.ts", one)));
const parsed = fc.option(fc.constantFrom<Parsed>({ unparsed: "broken", line: 1 }, ...trees));
const contexts: fc.Arbitrary<GateContext> = fc.record({
  base: fc.array(fc.tuple(path, baseFile)).map((entries) => new Map(entries)),
  policy: fc
    .record({
      maxFiles: fc.nat(3),
      maxChangedLines: fc.nat(5),
      maxChangedFraction: fc.double({ min: 0, max: 1, noNaN: true }),
      smallFileLines: fc.nat(5),
      edits: fc.record({ level: fc.constantFrom("free", "local", "mechanical"), maxPatches: fc.nat(3), maxPatchLines: fc.nat(8) }, PLAIN),
      deny: fc.array(path, { maxLength: 2 }),
      scope: fc.array(path, { maxLength: 2 }),
      protects: fc.subarray(["*.ts", "", "src/**", "!x"]),
      allowPaths: fc.subarray(["*.js", "", "src/", "!x"]),
    })
    .map(policy),
  trees: fc.array(fc.tuple(path, fc.record({ before: parsed, after: parsed }, PLAIN))).map((entries) => new Map(entries)),
}, PLAIN);

for (const file of files) {
  const name = file.replace(/\.ts$/, "");
  suite(name, () => {
    test("is the one export of its file, and named as it", async () => {
      const loaded = await load(file);
      assert.deepEqual(Object.keys(loaded), ["gate"]);
      assert.equal(loaded.gate.name, name);
    });

    test("says what it does in one sentence", async () => {
      const { gate } = await load(file);
      assert.match(gate.summary, /^[A-Z][^\n|]*[^.]\.$/);
    });

    test("answers whatever it is asked, twice the same, in its own name, and changes nothing", async () => {
      const { gate } = await load(file);
      fc.assert(fc.property(proposals, contexts, (asked, context) => {
        const untouched = structuredClone({ asked, context });
        const answer = gate.judge(asked, context);
        assert.deepEqual(gate.judge(asked, context), answer);
        assert.deepEqual({ asked, context }, untouched);
        assert.deepEqual(gate.judge(untouched.asked, untouched.context), answer);
        for (const { by, code } of answer) {
          assert.equal(by, name);
          assert.match(code, /^[a-z]+(?:-[a-z]+)*$/);
        }
        assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer);
        const sights = gate.looksAt?.(asked, context.policy);
        assert.deepEqual(gate.looksAt?.(asked, context.policy), sights);
      }), { numRuns: 300 });
    });

    test("has a test beside it", () => {
      assert.ok(readdirSync(import.meta.dirname).includes(`${name}.test.ts`));
    });
  });
}

test("there are gates to hold to this", () => {
  assert.ok(files.length >= 13);
});

async function load(file: string): Promise<{ gate: Gate }> {
  return (await import(`./${file}`)) as { gate: Gate };
}
