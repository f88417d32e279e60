/** A Rust project under `stet repair`, with the real cargo: fixes land, and none is blamed for what it uncovers. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Sandbox, fingerprint } from "./support/cli.ts";
import { needing } from "./support/programs.ts";
import { MANIFEST } from "./support/rust.ts";

const rust = needing("cargo");

/** rustc comes to what is never used only where a crate has no error. */
const HIDING = `pub fn text() -> String {
    "x"
}

fn lonely() -> u8 {
    1
}
`;

/** What rustc says of borrowing in a function lies behind its wrong types. */
const BEHIND = `pub fn both() -> usize {
    let v: Vec<u8> = Vec::new();
    let n: usize = "x".len() as u8;
    drop(v);
    n + v.len()
}
`;

function project(lib: string): Sandbox {
  const files = { "Cargo.toml": MANIFEST, "src/lib.rs": lib, "stet.config.json": '{ "checks": [{ "name": "rust", "use": "cargo" }] }\n' };
  return new Sandbox(files, { dependencies: false });
}

test("a fix lands although it uncovers what has nothing to do with it, and its commit says so", rust, async () => {
  using sandbox = project(HIDING);
  const before = fingerprint(sandbox.root);
  const run = await sandbox.stet(["repair", "--quiet"]);
  assert.equal(run.code, 1, run.stderr);
  assert.match(sandbox.show("src/lib.rs"), /"x"\.to_string\(\)|String::from\("x"\)|"x"\.into\(\)/);
  assert.match(sandbox.git("log", "-1", "--format=%B", sandbox.branch()), /1 finding \(1 came to light\)/);
  assert.match(run.stdout, /dead_code/);
  assert.equal(fingerprint(sandbox.root), before);
  assert.equal(existsSync(join(sandbox.root, "target")), false);
});

test("what comes to light where the fix itself is may be its doing: unclear, and it does not land", rust, async () => {
  using sandbox = project(BEHIND);
  const run = await sandbox.stet(["repair", "--json"]);
  assert.equal(run.code, 1, run.stderr);
  assert.equal(sandbox.branches().size, 0);
  assert.match(run.stdout, /"verdict":"unclear"/);
  assert.match(run.stdout, /"code":"perhaps-uncovered"/);
  assert.match(run.stdout, /E0382/);
});

test("packages that are not there leave the base unclear, and doctor says what to run", rust, async () => {
  const files = { "Cargo.toml": `${MANIFEST}\n[dependencies]\nno-such-crate-anywhere = "1"\n`, "src/lib.rs": "" };
  using sandbox = new Sandbox(files, { dependencies: false });
  const run = await sandbox.stet(["doctor"]);
  assert.equal(run.code, 78, run.stdout);
  assert.match(run.stdout, /fail +cargo .*\n +→ run cargo fetch, then look again\n/);
});
