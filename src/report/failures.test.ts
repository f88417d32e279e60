import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hostileText } from "../../test/support/hostile.ts";
import { failuresJson, failuresText, type ToldFailures } from "./failures.ts";
import { noPaint } from "./paint.ts";
import { sentence } from "./sentences.ts";

const why = { by: "model", code: "gave-up", args: { detail: "too hard" } };
const dead = { model: "openai:x", times: 4, runs: 2, last: { by: "model", code: "model-unauthorized", args: { model: "openai:x", detail: "no key" } } };
const example = { run: "202611300000-aaaa", by: "model", title: "", files: ["src/a.ts"], reason: why };
const cluster = { kind: "file", what: "src/a.ts", times: 3, runs: 1, examples: [example, { ...example, title: "mend it", files: [] }] } as const;

test("each is told with how often, in how many runs, and with what it left", () => {
  const text = failuresText({ clusters: [{ ...cluster, kind: "reason", what: "model/gave-up" }, cluster], dead: [dead] }, { runs: 20, threshold: 3 }, noPaint);
  assert.deepEqual(text.split("\n"), [
    "Models that never answered", "  openai:x  4 faults in 2 runs", `      ${sentence(dead.last)}`,
    "By file", "  src/a.ts  3 failures in 1 run", `      202611300000-aaaa  src/a.ts: ${sentence(why)}`, `      202611300000-aaaa  mend it: ${sentence(why)}`,
    "By reason", "  model/gave-up  3 failures in 1 run", `      202611300000-aaaa  src/a.ts: ${sentence(why)}`, `      202611300000-aaaa  mend it: ${sentence(why)}`,
  ]);
  assert.equal(failuresText({ clusters: [], dead: [] }, { runs: 1, threshold: 3 }, noPaint), "Nothing failed 3 times or more in 1 run.");
});

test("for programs each is one object, with its reasons in words as well", () => {
  assert.partialDeepStrictEqual(failuresJson({ clusters: [cluster], dead: [dead] }), [
    { type: "dead-model", model: "openai:x", times: 4, sentence: sentence(dead.last) },
    { type: "cluster", by: "file", what: "src/a.ts", examples: [{ title: "", sentence: sentence(why) }, { title: "mend it" }] },
  ]);
});

test("whatever is told stays on its line, and reaches no terminal raw", () => {
  const text = hostileText(["\u001B[2J", "\u202E", "\n", "\r", "\u0007"]);
  fc.assert(
    fc.property(fc.record({ what: text, title: text, file: text, run: text, model: text, detail: text }), ({ what, title, file, run, model, detail }) => {
      const reason = { ...why, args: { detail } };
      const told: ToldFailures = { clusters: [{ ...cluster, what, examples: [{ run, by: "b", title, files: [file], reason }] }], dead: [{ ...dead, model, last: reason }] };
      const shown = failuresText(told, { runs: 1, threshold: 1 }, noPaint);
      assert.equal(shown.split("\n").length, 6);
      assert.doesNotMatch(shown.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
    { numRuns: 25 },
  );
});
