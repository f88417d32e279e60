/** Text that a repository or a tool brings reaches no terminal, no file and no commit raw. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Sandbox, type Run } from "./support/cli.ts";

/** Clears the screen, reorders what follows, and begins an escape of the C1 kind; then orders to forges and to git. */
const HOSTILE = "\u001b[2Jevil\u202e\u009b31m\u2028[skip ci] @everyone\n\nReviewed-by: Nobody <n@example.invalid>";

/** What moves a cursor, hides or reorders: control, format and separator characters, but for the line feed. */
const RAW = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

function assertPlain(text: string, of: string): void {
  assert.doesNotMatch(text, RAW, of);
}

const RULE = `{ meta: { fixable: "code", schema: [] }, create: (context) => ({
  Identifier(node) {
    if (node.name !== "bad") return;
    context.report({ node, message: ${JSON.stringify(HOSTILE)}, fix: (fixer) => fixer.replaceText(node, "good") });
  },
}) }`;

const FILES = {
  "eslint.config.js": `const rule = ${RULE};\nexport default [{ plugins: { own: { rules: { "bad\\u202e": rule } } }, rules: { "own/bad\\u202e": "error" } }];\n`,
  "stet.config.json": JSON.stringify({ checks: [{ name: "lint \u001b[1m\u202e", use: "eslint", paths: ["src"] }] }),
  "src/plain.js": "export const bad = 1;\n",
  "src/\u001b[31mred\u202e.js": "export const bad = 2;\n",
};

test("a message, a rule, a check's name and a file's name that are hostile are shown as escapes", async () => {
  using sandbox = new Sandbox(FILES);
  const said: [string, Run][] = [];
  for (const argv of [["repair"], ["report"], ["report", "--md"], ["report", "--json"], ["runs"], ["repair", "--fresh", "--json"], ["doctor"], ["doctor", "--json"]]) {
    said.push([argv.join(" "), await sandbox.stet(argv)]);
  }
  for (const [name, { stdout, stderr }] of said) {
    assertPlain(stdout, name);
    assertPlain(stderr, name);
  }
  const [repair, report, page] = said.map(([, { stdout }]) => stdout);
  for (const text of [repair, report]) assert.match(text ?? "", /\\u\{1B\}\[31mred\\u\{202E\}\.js/, "and nothing is left out");
  assert.ok(page?.includes("evil"));

  const [[branch = ""] = []] = sandbox.branches();
  assert.equal(sandbox.show("src/plain.js", branch), "export const good = 1;\n");
  const message = sandbox.git("log", "-1", "--format=%B", branch);
  assertPlain(message, "commit message");
  assert.doesNotMatch(message, /\[skip ci\]|(?<!\w)@everyone|^Reviewed-by:/m);
});

test("what a tool is called, and what it prints before it fails, is plain as well", async () => {
  using sandbox = new Sandbox({ ...FILES, "stet.config.json": JSON.stringify({ checks: [{ name: "c", run: ["printf", "%s", HOSTILE] }] }) });
  const fails = `printf '%s' "$0" >&2; kill -9 $$`;
  for (const argv of [["sh", "-c", fails, HOSTILE], [`no-such\u202e`], ["sh", "-c", "echo 2 > b.txt", HOSTILE]]) {
    const run = await sandbox.stet(["try", "--", ...argv]);
    assertPlain(run.stdout + run.stderr, JSON.stringify(argv));
  }
  const last = await sandbox.stet(["report"]);
  assertPlain(last.stdout, "report");
  assert.match(readFileSync(join(sandbox.root, ".stet/ledger.jsonl"), "utf8"), /evil/);
  assertPlain(sandbox.git("log", "-1", "--format=%B", sandbox.branch()), "commit message");
});

test("init writes and prints what it found as plain JSON", async () => {
  const scripts = { test: `node --test "src/\u202e\u001b[1m.js"` };
  using sandbox = new Sandbox({ "package.json": JSON.stringify({ name: "sample", scripts }), "src/a.js": "" });
  const run = await sandbox.stet(["init"]);
  assert.equal(run.code, 0, run.stderr);
  assertPlain(readFileSync(join(sandbox.root, "stet.config.json"), "utf8"), "stet.config.json");
  assertPlain((await sandbox.stet(["init", "--print"])).stdout, "--print");
});
