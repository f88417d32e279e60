import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { codesGivenTo } from "../../test/support/codes.ts";
import { hostileText } from "../../test/support/hostile.ts";
import { reason } from "../domain/reason.ts";
import { plain } from "./plain.ts";
import { isWorded, sentence } from "./sentences.ts";

/** Where a code is computed, the codes that can come out. */
const COMPUTED: Readonly<Record<string, readonly string[]>> = {
  "src/commands/engines.ts": ["engine-missing", "engine-without-model"],
  "src/commands/session.ts": ["containment-failed", "base-cannot-run", "tool-failed"],
  "src/report/diagnoses.ts": ["crashed", "timeout", "missing", "unreadable", "flaky"],
  "src/commands/tracing.ts": ["endpoint-refused"],
  "src/domain/weigh.ts": ["crashed", "timeout", "missing", "unreadable", "flaky", "new-finding", "perhaps-uncovered"],
  "src/commands/ladder.ts": [], // hands on what `notice` is given
  "src/proposers/model.ts": ["answer-no-action", "answer-wrong-shape", "answer-several", "answer-cut-off", "answer-refused"],
  "src/llm/talk.ts": [
    ...["missing-package", "missing-key", "unauthorized", "redirected", "rate-limited", "overloaded", "server", "network"].map((kind) => `model-${kind}`),
    ...["timeout", "unreadable", "rejected", "too-large", "budget", "not-recorded"].map((kind) => `model-${kind}`),
  ],
  "src/engine/run.ts": [], // hands on what `notice` is given
  "src/engine/try.ts": ["binary", "symlink", "submodule"],
  "src/engine/build/builder.ts": ["binary", "symlink", "submodule"],
  "src/gates/crossing.ts": ["through-symlink", "through-submodule"],
  "src/gates/line-endings.ts": ["line-ending-changed", "bom-changed", "final-newline-changed"],
  "src/gates/text.ts": ["nul", "replacement-character"],
  "src/land/pull-request.ts": [
    ...["auth", "missing", "conflict", "rejected", "rate-limited", "transient", "refused-endpoint"].map((kind) => `forge-${kind}`),
    ...["pull-request-closed", "pull-request-merged"],
  ],
  "src/land/push.ts": ["auth", "conflict", "protected", "missing", "transient", "rejected"].map((kind) => `push-${kind}`),
  "src/sources/shared/items.ts": [
    ...["line-too-long", "line-undecodable", "line-torn", "line-shape", "not-json", "too-deep", "key-twice", "key-reserved", "row-shape"],
    ...["findings-broken", "path-outside", "input-too-large", "input-undecodable", "document-not-json", "document-shape", "result-shape"],
    ...["fixes-broken", "scan-failed", "result-suppressed", "result-absent", "result-no-defect", "comment-outdated", "comment-on-old-side"],
    "comment-empty",
  ],
  "src/domain/eligibility.ts": ["file-missing", "file-untracked", "file-ignored", "file-folder", "file-symlink", "file-submodule", "file-not-text"],
  "src/trial/dependencies/store.ts": ["no-lockfile"],
};

test("every reason code in the source has a sentence", () => {
  const uses = codesGivenTo("reason", "notice");
  assert.ok(uses.length > 40, "the walk finds the calls");
  const unknown = uses.filter(({ code, file }) => (code === undefined ? !Object.hasOwn(COMPUTED, file) : !isWorded(code)));
  assert.deepEqual(unknown, [], "give each code a sentence in report/wording, or list a computed one in COMPUTED");
  assert.deepEqual(Object.values(COMPUTED).flat().filter((code) => !isWorded(code)), []);
});

test("sentences carry their data", () => {
  const found = { rule: "TS2304", message: "Cannot find name 'join'.", file: "src/a.ts", line: 3 };
  const cases: [ReturnType<typeof reason>, string][] = [
    [reason("tsc", "new-finding", found), "tsc finds something new in src/a.ts:3: TS2304: Cannot find name 'join'."],
    [reason("vitest", "test-vanished", { test: "a > b" }), 'vitest no longer runs the test "a > b".'],
    [
      reason("eslint", "crashed", { detail: "Oops\nError: Cannot find module 'x'\n    at y\nNode.js v24" }),
      "eslint crashed, so it could not tell: Error: Cannot find module 'x'.",
    ],
    [reason("scope", "out-of-scope", { file: "b.ts", scope: ["src", "lib"] }), "b.ts is outside of src and lib."],
    [
      reason("run", "unenforced", { what: ["network", "limits", "moon"] }),
      "Containment is not complete on this machine: checks can reach the network, memory and file sizes are not limited and moon.",
    ],
    [
      reason("undo", "branch-moved", { ref: "refs/heads/stet/r", expected: "a".repeat(40), found: "b".repeat(40) }),
      "stet/r no longer stands where the run left it (bbbbbbb instead of aaaaaaa), so it was left alone: somebody's work may be on it.",
    ],
    [reason("display", "display-only", { title: "t", caution: "live-code" }), "Only for people to look at: it deletes code that can have an effect when it runs."],
    [reason("display", "display-only", { title: "t", caution: "" }), "Only for people to look at: the tool does not offer it to be made by itself."],
    [reason("size", "too-many-files", { files: 1, max: 0 }), "The proposal touches 1 file; the limit is 0 (maxFiles)."],
  ];
  for (const [given, expected] of cases) assert.equal(sentence(given), expected);
});

test("an unknown code, even one that objects inherit, comes out with its data", () => {
  assert.equal(sentence(reason("x", "brand-new", { file: "a.ts", n: 2, all: ["b", "c"] })), "brand-new (file: a.ts; n: 2; all: b, c)");
  assert.equal(sentence(reason("x", "constructor")), "constructor");
});

test("every sentence is one safe line that ends, whatever the data", () => {
  const codes = [...codesGivenTo("reason", "notice").flatMap(({ code }) => code ?? []), ...Object.values(COMPUTED).flat()].filter(isWorded);
  const names = ["file", "message", "detail", "rule", "test", "what", "scope", "mark", "ref", "folder", "at", "line"];
  const args = fc.dictionary(fc.constantFrom(...names), fc.oneof(hostileText(), fc.array(hostileText()), fc.nat()));
  fc.assert(
    fc.property(hostileText(), fc.constantFrom(...codes), args, (by, code, data) => {
      const said = sentence(reason(by, code, data));
      assert.equal(said, plain(said));
      assert.match(said, /\.$/);
      assert.doesNotMatch(said, /undefined|NaN|\[object/);
    }),
    { numRuns: 500 },
  );
});
