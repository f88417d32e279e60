/** What models write when they are asked for one action, and what is read out of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Answer } from "../../llm/question.ts";
import { objectsIn } from "../../llm/objects-in.ts";
import { read, TOOLS } from "./reply.ts";

function said(text: string, finish: Answer["finish"] = "done"): Answer {
  return { model: "m", text, calls: [], finish, usage: {} };
}

function called(...calls: [name: string, input: unknown][]): Answer {
  const list = calls.map(([name, input], index) => ({ id: String(index), name, input: typeof input === "string" ? input : JSON.stringify(input) }));
  return { model: "m", text: "", calls: list, finish: "done", usage: {} };
}

const PATCH = { path: "src/a.ts", edits: [{ old_string: "a", new_string: "b" }] };

test("a tool's call is read", () => {
  assert.deepEqual(read(called(["patch_file", PATCH])), { kind: "patch", ...PATCH });
  assert.deepEqual(read(called(["write_file", { path: "a", content: "" }])), { kind: "write", path: "a", content: "" });
  assert.deepEqual(read(called(["give_up", { reason: "hard" }])), { kind: "give-up", reason: "hard" });
  assert.deepEqual(TOOLS.map(({ name }) => name), ["patch_file", "write_file", "give_up"]);
});

test("what is said for an edit is read with it, and left out where it is broken", () => {
  const [one] = PATCH.edits;
  const edits = [{ ...one, rationale: "it is so", confidence: 95 }, { ...one, rationale: 7, confidence: 101 }, one];
  const read = readPatch({ path: "a.ts", edits });
  assert.deepEqual(read, [["it is so", 95], [undefined, undefined], [undefined, undefined]]);
});

function readPatch(input: unknown): unknown[] {
  const action = read(called(["patch_file", input]));
  return action.kind === "patch" ? action.edits.map(({ rationale, confidence }) => [rationale, confidence]) : [action];
}

test("arguments of the wrong shape are refused by name", () => {
  for (const input of [{}, { path: "a" }, { path: "a", edits: [] }, { path: "a", edits: [{ old_string: "" }] }, "no json", '{"path":"a","edi']) {
    const result = read(called(["patch_file", input]));
    assert.ok(result.kind === "unread" && result.why === "wrong-shape" && result.detail.includes("patch_file"), JSON.stringify(result));
  }
  const unknown = read(called(["run_shell", { command: "rm -rf /" }]));
  assert.ok(unknown.kind === "unread" && unknown.why === "wrong-shape");
});

test("patches of one file at once are one patch; of two files, or with anything else, they are refused", () => {
  const more = { path: "src/a.ts", edits: [{ old_string: "c", new_string: "d" }] };
  assert.deepEqual(read(called(["patch_file", PATCH], ["patch_file", more])), { kind: "patch", path: "src/a.ts", edits: [...PATCH.edits, ...more.edits] });
  assert.deepEqual(read(called(["patch_file", PATCH], ["patch_file", PATCH])), { kind: "patch", ...PATCH });
  for (const second of [["patch_file", { ...PATCH, path: "src/b.ts" }], ["give_up", { reason: "x" }]] as const) {
    const result = read(called(["patch_file", PATCH], [...second]));
    assert.ok(result.kind === "unread" && result.why === "several", JSON.stringify(result));
  }
});

test("without a call its text is read: JSON bare, fenced, in prose, wrapped as a call", () => {
  const json = JSON.stringify(PATCH, null, 2);
  for (const text of [json, `\`\`\`json\n${json}\n\`\`\``, `Here { is } it: ${json} I hope {this} helps.`, JSON.stringify({ name: "patch_file", arguments: PATCH })]) {
    assert.deepEqual(read(said(text)), { kind: "patch", ...PATCH }, text);
  }
});

test("of two different objects none is taken, and of one that is cut off neither", () => {
  const other = JSON.stringify({ ...PATCH, path: "src/b.ts" });
  const two = read(said(`${JSON.stringify(PATCH)}\n${other}`));
  assert.ok(two.kind === "unread" && two.why === "several");
  const cut = read(said(JSON.stringify(PATCH).slice(0, -8)));
  assert.ok(cut.kind === "unread" && cut.why === "no-action");
  const limit = read(said(JSON.stringify(PATCH), "cut-off"));
  assert.ok(limit.kind === "unread" && limit.why === "cut-off");
  const refusal = read(said("I will not", "refused"));
  assert.ok(refusal.kind === "unread" && refusal.why === "refused");
  const prose = read(said("I would rename the variable."));
  assert.ok(prose.kind === "unread" && prose.why === "no-action");
});

test("SEARCH/REPLACE blocks are read, named above the fence or inside it", () => {
  const block = "<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE";
  const second = "<<<<<<< SEARCH\nc\n\n=======\n>>>>>>> REPLACE";
  assert.deepEqual(read(said(`src/a.ts\n\`\`\`ts\n${block}\n\`\`\``)), { kind: "patch", ...PATCH });
  assert.deepEqual(read(said(`\`\`\`\n**src/a.ts**\n${block}\n\`\`\`\n`)), { kind: "patch", ...PATCH });
  assert.deepEqual(read(said(`src/a.ts\n${block}\n\nsrc/a.ts\n${second}`)), {
    kind: "patch",
    path: "src/a.ts",
    edits: [...PATCH.edits, { old_string: "c\n", new_string: "" }],
  });
});

test("objects are found in any text around them, and no text takes long", () => {
  fc.assert(
    fc.property(fc.string(), fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())), fc.string(), (before, value, after) => {
      const around = [before, after].map((text) => text.replace(/[{}"\\]/g, ""));
      assert.deepEqual(objectsIn(`${around[0]}${JSON.stringify(value)}${around[1]}`), [JSON.parse(JSON.stringify(value))]);
    }),
  );
  assert.deepEqual(objectsIn("{".repeat(300_000)), []);
});
