/**
 * One repository in three languages (`examples/mixed`) under one `stet repair` with the tools' own fixes: findings of every
 * category go, nothing that lands makes any check worse, and a fix in one language that breaks another stays out.
 */
import assert from "node:assert/strict";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CATEGORIES, type Category, type Finding } from "../src/domain/finding.ts";
import { findingsIn, isRead, type Reading } from "../src/domain/reading.ts";
import { validators } from "../src/validators/index.ts";
import { fingerprint, Sandbox, TOOLS } from "./support/cli.ts";
import { needing } from "./support/programs.ts";
import { packageRoot, plainWorkspace } from "./support/workspace.ts";

const folder = join(packageRoot, "examples/mixed");

function sample(): Record<string, string> {
  const paths = globSync(["**/*", ".gitignore"], { cwd: folder, exclude: ["**/target", "**/node_modules"] });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** Those that are found there, but for `cargo-test`: there is no Rust test, and to build for one takes half of the time. */
const CHECKS = [
  { name: "python-syntax", use: "python-syntax" },
  { name: "biome", use: "biome" },
  { name: "ruff", use: "ruff" },
  { name: "tsc", use: "tsc" },
  { name: "cargo", use: "cargo", clippy: true },
  { name: "node-test", use: "node-test" },
] as const;

type Counts = Partial<Record<Category, number>>;

function counted(findings: readonly Pick<Finding, "category">[]): Counts {
  return Object.fromEntries(CATEGORIES.map((category) => [category, findings.filter((one) => one.category === category).length]));
}

interface Verdict {
  readonly verdict: string;
  readonly proposal: { readonly findings: readonly Pick<Finding, "category">[]; readonly edits: readonly { readonly file: string }[] };
  readonly reasons: readonly { readonly by: string; readonly code: string }[];
  readonly evidence: readonly { readonly check: string; readonly before: number; readonly after: number; readonly uncovered?: number }[];
}

test("TypeScript, Python and Rust are repaired in one run, by tools alone", needing("cargo", "cargo-clippy", "python3"), async (context) => {
  using sandbox = new Sandbox({ ...sample(), "stet.config.json": JSON.stringify({ checks: CHECKS }) }, { dependencies: [...TOOLS, "@biomejs/biome"] });
  const untouched = fingerprint(sandbox.root);
  const run = await sandbox.stet(["repair", "--quiet"]);
  assert.equal(run.code, 1, run.stderr);
  assert.equal(fingerprint(sandbox.root), untouched);

  // What the checks themselves say of what landed, in a folder that stet has never seen.
  const paths = sandbox.git("ls-tree", "-r", "--name-only", sandbox.branch()).split("\n");
  using plain = plainWorkspace(Object.fromEntries(paths.map((path) => [path, sandbox.show(path)])));
  const readings: (Reading | undefined)[] = [];
  for (const check of CHECKS) readings.push(await validators.find(({ name }) => name === check.use)?.create(check).read(plain));
  assert.ok(readings.every(isRead), JSON.stringify(readings));
  const after = counted(findingsIn(readings));
  const entries = sandbox.ledger();
  const before = entries.find(({ kind }) => kind === "remaining")?.["before"] as Counts;
  context.diagnostic(JSON.stringify({ before, after }));
  assert.deepEqual(after, { syntax: 2, missing_import: 1, undefined_name: 1, type_mismatch: 3, contract_violation: 1, other: 0 });
  for (const category of CATEGORIES) assert.ok((before[category] ?? 0) > 0, category);

  const verdicts = entries.filter(({ kind }) => kind === "verdict") as unknown as Verdict[];
  const landed = verdicts.filter(({ verdict }) => verdict === "better");
  assert.equal(landed.length, Number(sandbox.git("rev-list", "--count", `main..${sandbox.branch()}`)));
  const mended = new Set(landed.flatMap(({ proposal }) => proposal.findings.map(({ category }) => category)));
  assert.deepEqual(CATEGORIES.filter((category) => !mended.has(category)), []);
  const languages = new Set(landed.flatMap(({ proposal }) => proposal.edits.map(({ file }) => file.replace(/^.*\./, ""))));
  assert.deepEqual([...languages].sort(), ["py", "rs", "ts"]);
  for (const { evidence } of landed) for (const { before: had, after: has, uncovered = 0 } of evidence) assert.ok(has - uncovered <= had);

  const broke = verdicts.filter(({ reasons }) => reasons.some(({ by, code }) => by === "node-test" && code === "new-finding"));
  assert.deepEqual(broke.map(({ verdict, proposal }) => [verdict, proposal.edits[0]?.file]), [["worse", "pricing/quote.py"]], "Python that the counter's tests need");
  assert.match(sandbox.show("pricing/quote.py"), /^from pricing import carriers$/m);
});
