/** The generator, run as a program on small houses: what it writes, what it calls stale, and what it refuses. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Command, Option } from "commander";
import { z } from "zod";
import { commandBlocks, configurationBlocks, fill } from "../scripts/blocks.ts";
import type { Outcome } from "../src/domain/plugin.ts";
import { run } from "../src/system/process.ts";
import { packageRoot, temporaryFolder } from "./support/workspace.ts";

const GATE = 'export const gate = { name: "NAME", summary: "Refuses a | b.", judge: () => [] };\n';

function generate(root: string, ...args: string[]): Promise<Outcome> {
  const argv = [process.execPath, join(packageRoot, "scripts/generate.ts"), "--root", root, ...args];
  return run({ argv, cwd: root, env: {}, timeoutMs: 60_000 });
}

test("folders without plug-ins get an empty index and a page that says so", async () => {
  using house = temporaryFolder();
  mkdirSync(join(house.root, "src/gates"), { recursive: true });
  assert.deepEqual((await generate(house.root)).ended, { kind: "exited", code: 0 });
  assert.match(readFileSync(join(house.root, "src/gates/index.ts"), "utf8"), /export const gates: readonly Gate\[\] = \[\];\n$/);
  assert.match(readFileSync(join(house.root, "docs/gates.md"), "utf8"), /There is no gate yet\./);
});

test("an index holds every plug-in sorted by file name, and neither tests nor shared code", async () => {
  using house = temporaryFolder({
    "src/gates/try.ts": GATE.replace("NAME", "try"),
    "src/gates/line-endings.ts": GATE.replace("NAME", "line-endings"),
    "src/gates/try.test.ts": "throw new Error();",
    "src/gates/shared/words.ts": "throw new Error();",
  });
  await generate(house.root);
  const index = readFileSync(join(house.root, "src/gates/index.ts"), "utf8");
  assert.deepEqual(index.match(/^ {2}\w+,$/gm), ["  lineEndingsGate,", "  tryGate,"]);
  assert.deepEqual(index.match(/from "\.\/.*"/g), ['from "./line-endings.ts"', 'from "./try.ts"']);
  assert.match(readFileSync(join(house.root, "docs/gates.md"), "utf8"), /\| `line-endings` \| Refuses a \\\| b\. \|/);
});

test("--check names what is stale and writes nothing", async () => {
  using house = temporaryFolder({ "src/gates/one.ts": GATE.replace("NAME", "one") });
  await generate(house.root);
  assert.deepEqual((await generate(house.root, "--check")).ended, { kind: "exited", code: 0 });
  writeFileSync(join(house.root, "src/gates/two.ts"), GATE.replace("NAME", "two"));
  const outcome = await generate(house.root, "--check");
  assert.deepEqual(outcome.ended, { kind: "exited", code: 1 });
  assert.deepEqual(outcome.stderr.match(/stale: \S+/g), ["stale: src/gates/index.ts", "stale: docs/gates.md"]);
  assert.doesNotMatch(readFileSync(join(house.root, "src/gates/index.ts"), "utf8"), /two/);
});

test("a file in a plug-in folder that is no plug-in is named", async () => {
  using house = temporaryFolder({ "src/gates/helper.ts": "export const help = 1;\n" });
  const outcome = await generate(house.root);
  assert.deepEqual(outcome.ended, { kind: "exited", code: 1 });
  assert.match(outcome.stderr, /src\/gates\/helper\.ts: no plug-in is exported as `gate`/);
  assert.equal(existsSync(join(house.root, "docs/gates.md")), false);
});

test("a marked block is filled, and the page's own words stay", () => {
  const page = "# A\n<!-- generated: one -->\nold $& text\n<!-- /generated -->\nb\n";
  const filled = fill("a.md", page, { one: "new $& text\n" });
  assert.equal(filled, "# A\n<!-- generated: one -->\nnew $& text\n<!-- /generated -->\nb\n");
  assert.equal(fill("a.md", filled, { one: "new $& text\n" }), filled);
  assert.throws(() => fill("a.md", page, {}), /a\.md: there is nothing to fill the block "one" with/);
  assert.throws(() => fill("a.md", "# A\n", { two: "" }), /a\.md: there is no block "two"/);
});

test("a command's block says how it is called, and its options but for hidden ones", () => {
  const command = new Command("go")
    .argument("[paths...]", "where | to")
    .option("--fast", "be quick")
    .addOption(new Option("--cwd <folder>", "where").default("/home/ada", "the current folder"))
    .addOption(new Option("--kind <kind>", "which").choices(["a", "b"]).default("a"))
    .addOption(new Option("--secret").hideHelp());
  assert.equal(
    commandBlocks(command)["options"],
    `\`\`\`text
go [options] [paths...]
\`\`\`

| argument | meaning |
| --- | --- |
| \`paths\` | where \\| to |

| option | default | meaning |
| --- | --- | --- |
| \`--fast\` |  | be quick |
| \`--cwd <folder>\` | the current folder | where |
| \`--kind <kind>\` | \`a\` | which: \`a\`, \`b\` |
`,
  );
});

test("settings are the configuration's own; those of a check are what every kind has", () => {
  const name = z.string().describe("Its name.");
  const check = z.union([z.strictObject({ name, use: z.literal("a") }), z.strictObject({ name, run: z.string() })]);
  const blocks = configurationBlocks(z.strictObject({ checks: z.array(check).describe("Checks."), max: z.int().optional() }));
  assert.match(blocks["settings"] ?? "", /\| `checks` \| list of object \| required \| Checks\. \|\n\| `max` \| integer \|/);
  assert.match(blocks["check-settings"] ?? "", /\| --- \|\n\| `name` \| string \| required \| Its name\. \|\n$/);
});
