/**
 * The walls hold: for every rule of .dependency-cruiser.cjs, one violation is planted in a small house in a temporary
 * folder, and the rule must name it. A rule without a planted violation fails too. That the real house is clean is what
 * `npm test` checks before the tests.
 */
import assert from "node:assert/strict";
import { copyFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { z } from "zod";
import { run } from "../src/system/process.ts";
import { packageRoot, temporaryFolder } from "./support/workspace.ts";

const ROOMS = [
  "domain", "system", "gates", "formats", "report", "sources", "specs", "validators", "llm", "agents", "review", "chunker", "proposers", "trial", "land", "ledger", "engine",
];

/** Per rule, a file and what it must not import. Rooms all reach for a command, which is above every one of them. */
const PLANTED: Readonly<Record<string, readonly [file: string, target: string]>> = {
  ...Object.fromEntries(ROOMS.map((room) => [`room-${room}`, [`src/${room}/planted.ts`, "../commands/repair.ts"]])),
  "room-commands": ["src/commands/planted.ts", "../index.ts"],
  "entry-cli": ["src/cli.ts", "./domain/noun.ts"],
  "entry-index": ["src/index.ts", "./cli.ts"],
  "workers-stand-alone": ["src/proposers/workers/planted.worker.ts", "../../system/door.ts"],
  "workers-by-protocol": ["src/proposers/starter.ts", "./workers/inner.ts"],
  "plugins-apart": ["src/gates/one.ts", "./other.ts"],
  "shared-below-plugins": ["src/validators/shared/helper.ts", "../tool.ts"],
  "outside-by-system": ["src/trial/reader.ts", "node:fs/promises"],
  "no-circles": ["src/ledger/about.ts", "./round.ts"],
  "no-tests-in-source": ["src/land/commit.ts", "./commit.test.ts"],
  "no-orphans": ["src/llm/alone.ts", "../domain/noun.ts"],
  resolvable: ["src/engine/dangling.ts", "./nowhere.ts"],
  declared: ["src/report/borrowed.ts", "fast-check"],
};

/** What the planted files lead to, and files that break no rule though they look like it. */
const INNOCENT = {
  "src/commands/repair.ts": "export type Target = string;",
  "src/domain/noun.ts": "export type Target = string;",
  "src/system/door.ts": 'import "node:fs";\nimport type { Target } from "../domain/noun.ts";\nexport type { Target };',
  "src/proposers/workers/inner.ts": 'import "node:fs";\nexport type Target = string;',
  "src/gates/other.ts": 'import "node:path";\nimport "./shared/words.ts";\nexport type Target = string;',
  "src/gates/other.test.ts": 'import "node:child_process";\nimport "./one.ts";\nimport "../commands/repair.ts";',
  "src/gates/shared/words.ts": "export {};",
  "src/gates/index.ts": 'import "./other.ts";',
  "src/validators/tool.ts": "export type Target = string;",
  "src/ledger/round.ts": 'import type { Target } from "./about.ts";\nexport type { Target };',
  "src/land/commit.test.ts": "export type Target = string;",
};

const report = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
    ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string(), comment: z.string().min(20) })) }),
  }),
});

async function cruise(): Promise<z.infer<typeof report>["summary"]> {
  const planted = Object.values(PLANTED).map(([file, target]): [string, string] => {
    return [file, `import type { Target } from "${target}";\nexport type Planted = Target;\nexport type { Target };\n`];
  });
  using folder = temporaryFolder({ ...INNOCENT, ...Object.fromEntries(planted) });
  for (const file of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"]) {
    copyFileSync(join(packageRoot, file), join(folder.root, file));
  }
  symlinkSync(join(packageRoot, "node_modules"), join(folder.root, "node_modules"));
  const argv = [join(packageRoot, "node_modules/.bin/depcruise"), "src", "--output-type", "json"];
  const env = { PATH: process.env["PATH"] ?? "" };
  const outcome = await run({ argv, cwd: folder.root, env, timeoutMs: 60_000 });
  return report.parse(JSON.parse(outcome.stdout)).summary;
}

const found = await cruise();
const violations = new Set(found.violations.map(({ rule, from }) => `${rule.name}: ${from}`));

for (const { name } of found.ruleSetUsed.forbidden) {
  test(`the rule ${name} bites`, () => {
    const [file] = PLANTED[name] ?? assert.fail(`no violation is planted for ${name}`);
    assert.ok(violations.has(`${name}: ${file}`), `${name} does not see ${file}; seen: ${[...violations].join(", ")}`);
  });
}

test("what only looks like a violation passes", () => {
  // The orphan rule does see them: nothing in the planted house leads to most of its files.
  const accused = found.violations.filter(({ rule, from }) => rule.name !== "no-orphans" && from in INNOCENT);
  assert.deepEqual(accused.map(({ rule, from }) => `${rule.name}: ${from}`), []);
});
