import assert from "node:assert/strict";
import { test } from "node:test";
import { needing } from "../../test/support/programs.ts";
import { projectOf } from "../../test/support/project.ts";
import { MANIFEST } from "../../test/support/rust.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { isRead } from "../domain/reading.ts";
import { weigh } from "../domain/weigh.ts";
import { validator } from "./cargo-test.ts";

const rust = needing("cargo");
const check = validator.create({ name: "tests", use: "cargo-test" });

const OWN = '\n[[test]]\nname = "own"\nharness = false\n';
const FILES = {
  "Cargo.toml": `${MANIFEST.replace("[workspace]\n", '[workspace]\nmembers = ["m"]\n')}${OWN}`,
  "src/lib.rs": '/// ```\n/// assert_eq!(sample::one(), 1);\n/// ```\npub fn one() -> u8 {\n    1\n}\n#[test]\nfn a() {\n    assert_eq!(one(), 2);\n}\n#[test]\n#[ignore]\nfn b() {}\n',
  "tests/own.rs": "fn main() {\n    std::process::exit(1)\n}\n",
  "tests/it.rs": "#[test]\nfn ends() {\n    std::process::abort()\n}\n",
  "m/Cargo.toml": '[package]\nname = "m"\nversion = "0.1.0"\nedition = "2021"\n',
  "m/src/main.rs": "fn main() {}\n#[test]\nfn inner() {}\n",
};

test("tests of all targets, of the documentation, without a harness, and of a program that dies; then what does not compile", rust, async () => {
  using workspace = plainWorkspace(FILES);
  const ran = await check.read(workspace);
  assert.ok(isRead(ran), JSON.stringify(ran));
  assert.deepEqual(ran.inventory, {
    "src/lib.rs > a": "failed",
    "src/lib.rs > b": "skipped",
    "src/lib.rs > documentation > src/lib.rs - one": "passed",
    "tests/own.rs > main": "failed",
    "m/src/main.rs > inner": "passed",
  });
  const told = ran.findings.map(({ rule, message, at }) => `${rule} ${message} ${at?.file}:${at?.line}`).sort();
  assert.deepEqual(told, ["suite tests/it.rs tests/it.rs:1", "test src/lib.rs > a src/lib.rs:9", "test tests/own.rs > main tests/own.rs:1"]);

  using broken = plainWorkspace({ ...FILES, "m/src/main.rs": "fn main() { missing() }\n" });
  const unbuilt = await check.read(broken);
  assert.ok(isRead(unbuilt), JSON.stringify(unbuilt));
  assert.deepEqual(unbuilt.findings.map(({ rule, at }) => [rule, at?.file]), [["suite", "m/src/main.rs"]]);
  assert.deepEqual(unbuilt.inventory, {});
  assert.equal(weigh([ran], [unbuilt]).kind, "worse", "no test runs any more");
  // What compiles now runs tests that fail, and nobody can say since when.
  assert.deepEqual(weigh([unbuilt], [ran]).reasons.map(({ code }) => code), ["perhaps-uncovered", "perhaps-uncovered", "perhaps-uncovered"]);
  assert.equal(weigh([unbuilt], [{ ...ran, findings: [] }]).kind, "better");
});

/** `m` needs the library, whose two files are broken; the tests of `m` are broken by themselves, and cargo comes to them last. */
const CHAIN = {
  "Cargo.toml": MANIFEST.replace("[workspace]\n", '[workspace]\nmembers = ["m"]\n'),
  "src/lib.rs": "pub mod a;\npub mod b;\n",
  "src/a.rs": "pub fn one() -> u8 {\n    missing\n}\n",
  "src/b.rs": "pub fn two() -> u8 {\n    lost\n}\n",
  "m/Cargo.toml": '[package]\nname = "m"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nsample = { path = ".." }\n',
  "m/src/lib.rs": 'pub fn three() -> u16 {\n    "3"\n}\n',
};

test("mending one file of a target that stays broken is no new finding, and what cargo had not come to is uncovered", rust, async () => {
  const mended = { ...CHAIN, "src/a.rs": CHAIN["src/a.rs"].replace("missing", "1") };
  const built = { ...mended, "src/b.rs": CHAIN["src/b.rs"].replace("lost", "2") };
  const readings = [];
  for (const files of [CHAIN, mended, built]) {
    using workspace = plainWorkspace(files);
    readings.push(await check.read(workspace));
  }
  const [first, second, third] = readings;
  assert.ok(first && isRead(first) && second && third && isRead(third), JSON.stringify(readings));
  assert.deepEqual(first.findings.map(({ message, at }) => [message, at?.file]), [[".:lib:sample", "src/lib.rs"]]);
  assert.equal(weigh([first], [second]).kind, "same");
  assert.deepEqual(third.findings.map(({ message, at }) => [message, at?.file]), [["m:lib:m", "m/src/lib.rs"]]);
  assert.equal(weigh([first], [third]).kind, "unclear");
  assert.equal(weigh([first], [third], () => true).kind, "better");
  const [uncovered] = third.findings;
  const change = (before: string, after: string) => ({
    before: new Map([["src/b.rs", before]]),
    after: new Map([["src/b.rs", after]]),
    readText: (path: string) => Promise.resolve(Object.entries(built).find(([name]) => name === path)?.[1]),
    reaches: () => Promise.resolve(new Set<string>()),
  });
  assert.ok(uncovered && check.isApart);
  assert.equal(await check.isApart(uncovered, change(CHAIN["src/b.rs"], built["src/b.rs"])), true);
  assert.equal(await check.isApart(uncovered, change("pub fn three() {}\n", built["src/b.rs"])), false, "a signature with a name of the broken function's");
});

test("a workspace without any test is read as one", rust, async () => {
  using workspace = plainWorkspace({ "Cargo.toml": MANIFEST, "src/lib.rs": "pub fn one() -> u8 {\n    1\n}\n" });
  const reading = await check.read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  assert.deepEqual([reading.findings, reading.inventory], [[], {}]);
});

test("each workspace of a repository has a check of its own", async () => {
  const found = await validator.detect(projectOf({ "a/Cargo.toml": "", "b/Cargo.toml": "" }));
  assert.deepEqual(found.map(({ name, manifest }) => [name, manifest]), [["cargo-test", "a/Cargo.toml"], ["cargo-test b", "b/Cargo.toml"]]);
});
