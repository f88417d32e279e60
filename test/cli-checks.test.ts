/** Checks that only configuration brings, from the configuration to what lands. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { Sandbox } from "./support/cli.ts";

const LCOV = "TN:\nSF:src/a.sh\nDA:1,1\nDA:2,0\nend_of_record\n";
const CONFIG = {
  checks: [
    { name: "shape", use: "structure", rules: [{ mustExist: "{path}/{name}.md", forEach: "src/*.sh", template: "doc.txt" }] },
    { name: "lint", use: "problem-matcher", run: ["sh", "lint.sh"], matcher: ".github/lint.json" },
    { name: "cover", use: "coverage", run: ["cp", "lcov.info", "{scratch}/lcov.info"], report: "{scratch}/lcov.info", floor: 90 },
  ],
  categories: [{ tool: "lint", prefix: "L", category: "syntax" }],
};
const FILES = {
  "stet.config.json": JSON.stringify(CONFIG),
  "doc.txt": "# {name}\n",
  ".github/lint.json": '{ "problemMatcher": [{ "owner": "sh", "pattern": [{ "regexp": "^(.*):(\\\\d+): (L\\\\d+) (.*)$", "file": 1, "line": 2, "code": 3, "message": 4 }] }] }',
  "lint.sh": "echo Lint 1.0\necho ../far/x.sh:9: L1 outside\ngrep -rnE '^bad' src | sed -E 's/:bad/: L2 bad/'\nexit 1\n",
  "lcov.info": LCOV,
  "src/a.sh": "true\nbad line\n",
};

test("a template's file lands; problems and coverage are told, and the floor of the command line goes first", async () => {
  using sandbox = new Sandbox(FILES, { dependencies: false });
  const run = await sandbox.stet(["repair", "--coverage-floor", "50"]);
  assert.equal(run.code, 1, run.stdout + run.stderr);
  assert.equal(sandbox.show("src/a.md"), "# a\n");
  assert.match(run.stdout, /syntax +2 +L1 and L2 +e\.g\. \.\.\/far\/x\.sh:9/);
  assert.match(run.stdout, /cover +coverage 50 %/);
  assert.doesNotMatch(run.stdout, /coverage-floor/);
  assert.match(sandbox.git("log", "-1", "--format=%B", sandbox.branch()), /^Fix must-exist in src\/a\.md: Create it from doc\.txt[^]*- cover: coverage 50 %/);
  const verdicts = sandbox.ledger().filter(({ kind }) => kind === "verdict");
  assert.deepEqual(verdicts.map(({ evidence }) => (evidence as { check: string; coverage?: unknown }[]).find(({ check }) => check === "cover")?.coverage), [{ before: 50, after: 50 }]);
  const above = await sandbox.stet(["repair", "--dry-run"]);
  assert.match(above.stdout, /coverage-floor/);
});

test("a change that lowers coverage is struck; one in the file of patterns or the rules' template changes no check", async () => {
  using sandbox = new Sandbox(FILES, { dependencies: false });
  const less = await sandbox.stet(["try", "--", "sh", "-c", "sed -i s/DA:1,1/DA:1,0/ lcov.info"]);
  assert.match(less.stdout, /cover covers (the code|src\/a\.sh) less than before: 50 → 0 % of its lines/, less.stdout + less.stderr);
  assert.equal(sandbox.branches().size, 0);
  const muted = await sandbox.stet(["try", "--", "sh", "-c", "echo '{}' > .github/lint.json; printf 'bad two\\n' >> src/a.sh"]);
  assert.match(muted.stdout, /lint finds something new in src\/a\.sh:3/, muted.stdout);
});

test("a floor without a check of coverage, and a percentage that is none, are told", async () => {
  using sandbox = new Sandbox({ "stet.config.json": '{ "checks": [{ "name": "t", "run": ["true"] }] }' }, { dependencies: false });
  const without = await sandbox.stet(["repair", "--coverage-floor", "80"]);
  assert.deepEqual([without.code, /no check measures coverage/.test(without.stderr)], [78, true], without.stderr);
  assert.equal((await sandbox.stet(["repair", "--coverage-floor", "101"])).code, 64);
});

test("files whose names are not UTF-8 stand in nobody's way, and a finding in one is told", async () => {
  using sandbox = new Sandbox(FILES, { dependencies: false });
  execFileSync("sh", ["-c", "printf 'bad\\n' > \"src/$(printf 'n\\351').txt\"; git add -A; git commit -qm odd"], { cwd: sandbox.root });
  const run = await sandbox.stet(["repair"]);
  assert.equal(run.code, 1, run.stderr);
  assert.equal(sandbox.show("src/a.md"), "# a\n");
  assert.match(run.stdout, /syntax +3/);
});
