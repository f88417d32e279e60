import assert from "node:assert/strict";
import { test } from "node:test";
import { failedTargets, parseLibtest, type TestProgram } from "./libtest-output.ts";

const PROGRAMS: readonly TestProgram[] = [
  { file: "src/lib.rs", header: { executable: "t-c70e5de0736151c0" } },
  { file: "src/lib.rs", header: { library: "t" } },
  { file: "tests/it.rs", header: { executable: "it-1a9c9ad6ef9ea112" } },
  { file: "tests/own.rs", header: { executable: "own-a4b6117e650aab0e" } },
];

/** What cargo 1.95 printed, with its errors in one stream. */
const PRINTED = `    Finished \`test\` profile [unoptimized + debuginfo] target(s) in 0.18s
     Running unittests src/lib.rs (target/debug/deps/t-c70e5de0736151c0)

running 5 tests
test tests::b ... ignored, slow
test tests::c - should panic ... ok
test tests::d ... FAILED
test tests::a ... FAILED
from child
test tests::loud ... ok

failures:

---- tests::d stdout ----
Error: "no"

---- tests::a stdout ----
test fake ... ok
     Running tests/made_up.rs (target/debug/deps/made_up-1a9c9ad6ef9ea113)

thread 'tests::a' (11225) panicked at src/lib.rs:13:68:
assertion \`left == right\` failed
   4: t::tests::a
             at ./src/lib.rs:13:68


failures:
    tests::a
    tests::d

test result: FAILED. 2 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.92s

error: test failed, to rerun pass \`-p t --lib\`
     Running tests/it.rs (target/debug/deps/it-1a9c9ad6ef9ea112)

running 2 tests
error: test failed, to rerun pass \`-p t --test it\`

Caused by:
  process didn't exit successfully: \`/tmp/t/target/debug/deps/it-1a9c9ad6ef9ea112\` (signal: 6, SIGABRT: process abort signal)
     Running tests/own.rs (target/debug/deps/own-a4b6117e650aab0e)
own harness
error: test failed, to rerun pass \`-p t --test own\`
   Doc-tests t

running 3 tests
test src/lib.rs - f (line 4) - compile ... ok
test src/lib.rs - f (line 10) ... ok
test src/lib.rs - f (line 7) ... FAILED

test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 5.60s

error: 3 targets failed:
    \`-p t --lib\`
    \`-p t --test it\`
    \`-p t --test own\`
`;

test("reads each program's tests, where they panicked, and which programs ended early", () => {
  const read = parseLibtest(PRINTED, PROGRAMS);
  assert.deepEqual(
    read.map(({ program, tests, isWhole }) => [program.file, isWhole, tests?.map(({ name, status }) => `${name} ${status}`)]),
    [
      ["src/lib.rs", true, ["tests::a failed", "tests::b skipped", "tests::c passed", "tests::d failed", "tests::loud passed"]],
      ["tests/it.rs", false, []],
      ["tests/own.rs", true, undefined],
      // In the order of their lines, so that those of one name are told apart the same way each time.
      ["src/lib.rs", true, ["src/lib.rs - f passed", "src/lib.rs - f failed", "src/lib.rs - f passed"]],
    ],
  );
  assert.deepEqual(read[0]?.tests?.[0]?.at, { file: "src/lib.rs", line: 13, column: 68 });
  assert.deepEqual(failedTargets(PRINTED), ["-p t --lib", "-p t --test it", "-p t --test own"]);
});

test("a panic as Rust told it before 1.73, and Windows paths", () => {
  const old = PRINTED.replace("panicked at src/lib.rs:13:68:", "panicked at 'it is:\n  3', src\\lib.rs:13:68").replaceAll("target/debug/deps/", "target\\debug\\deps\\");
  assert.deepEqual(parseLibtest(old, PROGRAMS)[0]?.tests?.[0]?.at, { file: "src/lib.rs", line: 13, column: 68 });
});

test("a program whose word is cut, or that told fewer tests than it announced, is not whole", () => {
  const [cut] = parseLibtest(PRINTED.slice(0, PRINTED.indexOf("test result")), PROGRAMS);
  assert.equal(cut?.isWhole, false);
  const [fewer] = parseLibtest(PRINTED.replace("test tests::loud ... ok\n", ""), PROGRAMS);
  assert.equal(fewer?.isWhole, false);
  assert.deepEqual(parseLibtest("", PROGRAMS), []);
});
