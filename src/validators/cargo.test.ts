import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { needing } from "../../test/support/programs.ts";
import { projectOf } from "../../test/support/project.ts";
import { finished, MANIFEST, printing, said, span } from "../../test/support/rust.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { applyEdits } from "../domain/edit.ts";
import type { CheckDefinition, Workspace } from "../domain/plugin.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import { validator } from "./cargo.ts";

const rust = needing("cargo", "cargo-clippy");

async function read(files: Record<string, string>, options: Partial<CheckDefinition> = {}): Promise<Reading> {
  using workspace = plainWorkspace(files);
  return await validator.create({ name: "rust", use: "cargo", ...options }).read(workspace);
}

function seen(reading: Reading): string[] {
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading.findings.map(({ at, rule, category }) => `${at?.file}:${at?.line}:${at?.column} ${rule} ${category}`).sort();
}

const check = validator.create({ name: "rust", use: "cargo" });

/** A file that no byte offset fits by chance: two-byte and four-byte characters, CRLF, a BOM. */
const ODD = "\uFEFF//! é 😀\r\nuse std::fs;\r\npub fn f() -> u8 {\r\n    let é = \"😀\"; let mut x = é.len();\r\n    x as u8\r\n}\r\n";

test("what several targets say is one finding, with fixes that fit files of any bytes", rust, async () => {
  const reading = await read({ "Cargo.toml": MANIFEST, "src/lib.rs": ODD });
  assert.deepEqual(seen(reading), ["src/lib.rs:2:5 unused_imports missing_import", "src/lib.rs:4:23 unused_mut other"]);
  assert.ok(isRead(reading));
  const edits = reading.findings.flatMap(({ fixes = [] }) => fixes.flatMap((fix) => fix.edits));
  // Older compilers leave the line end of what they remove.
  const wanted = (line: string): unknown => ({ ok: true, text: ODD.replace("use std::fs;\r\n", line).replace("mut ", "") });
  const made = applyEdits(ODD, edits);
  assert.ok([wanted(""), wanted("\r\n")].some((one) => isDeepStrictEqual(one, made)), JSON.stringify(made));
  assert.ok(reading.findings.every(({ fixes = [] }) => fixes[0]?.safety === "safe"));
});

test("clippy's word, in its own workspace below the root, with a suggestion of several parts", rust, async () => {
  const text = "pub fn half(v: Option<i32>) -> i32 {\n    if let Some(x) = v { x } else { 0 }\n}\npub fn empty(v: &[i32]) -> bool {\n    return v.len() == 0;\n}\n";
  const reading = await read({ "rust/Cargo.toml": MANIFEST, "rust/src/lib.rs": text }, { manifests: ["rust/Cargo.toml"], clippy: true });
  assert.ok(isRead(reading), JSON.stringify(reading));
  const found = reading.findings.find(({ rule }) => rule === "clippy::needless_return");
  const [fix] = found?.fixes ?? [];
  assert.deepEqual([found?.at?.file, fix?.safety], ["rust/src/lib.rs", "safe"]);
  assert.match(JSON.stringify(applyEdits(text, fix?.edits ?? [])), / {4}v\.len\(\) == 0\\n\}/);
});

test("a finding stands where the outermost macro is called, and what a macro wrote is not edited", rust, async () => {
  const text = 'macro_rules! inner { ($e:expr) => { let wrong: u8 = $e; } }\nmacro_rules! outer { () => { inner!("x") } }\npub fn f() {\n    outer!();\n}\n';
  const reading = await read({ "Cargo.toml": MANIFEST, "src/lib.rs": text });
  assert.ok(isRead(reading));
  const [mismatch] = reading.findings.filter(({ rule }) => rule === "E0308");
  assert.deepEqual([mismatch?.at?.line, mismatch?.category, mismatch?.fixes], [4, "type_mismatch", undefined]);
});

test("members of a workspace, and how far each target was reached", rust, async () => {
  const reading = await read({
    "Cargo.toml": '[workspace]\nmembers = ["a", "b"]\nresolver = "2"\n',
    "a/Cargo.toml": '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n',
    "a/src/lib.rs": 'pub fn f() -> i32 { "x" }\n',
    "b/Cargo.toml": '[package]\nname = "b"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\na = { path = "../a" }\n',
    "b/src/lib.rs": "pub fn g() -> i32 { let unused = 1; a::f() }\n",
    "c/Cargo.toml": "not toml",
  });
  assert.deepEqual(seen(reading), ["a/src/lib.rs:1:21 E0308 type_mismatch"]);
  assert.ok(isRead(reading));
  assert.deepEqual(reading.reached, { "a:lib:a": 1 });
});

test("a manifest that is none, and packages that are not there, are no reading", rust, async () => {
  const broken = await read({ "Cargo.toml": "[package\n", "src/lib.rs": "" });
  assert.equal(broken.kind, "unreadable", JSON.stringify(broken));
  const needy = await read({ "Cargo.toml": `${MANIFEST}[dependencies]\nno-such-crate-anywhere = "1"\n`, "src/lib.rs": "" });
  assert.equal(needy.kind, "missing", JSON.stringify(needy));
  const script = await read({ "Cargo.toml": MANIFEST, "build.rs": "fn main() { std::process::exit(3) }", "src/lib.rs": "" });
  assert.equal(script.kind, "crashed", JSON.stringify(script));
});

/** What the check makes of these lines from cargo. */
async function hearing(lines: readonly string[], code: number, stderr = "", files: Record<string, string> = { "src/lib.rs": "abc\ndef\n" }): Promise<Reading> {
  using workspace = plainWorkspace(files);
  return await check.read(printing(workspace, lines, code, stderr));
}

const unused = said({ message: "unused: `a`", level: "warning", code: "unused_variables", spans: [span({ bytes: [0, 1] })] });
const wrong = said({ message: "mismatched types", code: "E0308", spans: [span({ bytes: [4, 5], line: 2 })] });

test("banners before and between the messages do not matter; half a document does", async () => {
  const whole = await hearing(["Welcome to cargo", unused, "{ a macro's word }", wrong, finished(false), "after"], 101);
  assert.deepEqual(seen(whole), ["src/lib.rs:1:1 unused_variables other", "src/lib.rs:2:1 E0308 type_mismatch"]);
  assert.equal((await hearing([unused, wrong], 101)).kind, "unreadable");
  assert.equal((await hearing([unused, wrong.slice(0, -20), finished(false)], 101)).kind, "unreadable");
  assert.equal((await hearing([unused, wrong.replace('"message":', '"words":'), finished(false)], 101)).kind, "unreadable");
});

test("an exit code that its messages do not bear out is no reading", async () => {
  assert.equal((await hearing([unused, finished(true)], 101)).kind, "unreadable");
  assert.equal((await hearing([unused, finished(false)], 101)).kind, "unreadable");
  assert.equal((await hearing([wrong, finished(true)], 0)).kind, "unreadable");
  assert.equal((await hearing([unused, finished(true)], 0)).kind, "read");
  assert.equal((await hearing([], 101, "error: no such command: `clippy`")).kind, "missing");
  assert.equal((await hearing([], 1, "error: toolchain '1.0' is not installed")).kind, "missing");
});

test("an old cargo that does not know --keep-going builds one crate after the other, from then on", async () => {
  using workspace = plainWorkspace({ "src/lib.rs": "" });
  const asked: string[] = [];
  const old = validator.create({ name: "rust", use: "cargo" });
  const run: Workspace["run"] = (command) => {
    asked.push(command.argv.slice(4).join(" "));
    const known = !command.argv.includes("--keep-going");
    const stderr = "error: Found argument '--keep-going' which wasn't expected, or isn't valid in this context";
    return printing(workspace, known ? [finished(true)] : [], known ? 0 : 1, known ? "" : stderr).run(command);
  };
  for (let time = 0; time < 2; time++) assert.equal((await old.read({ ...workspace, run })).kind, "read");
  const form = "--workspace --all-targets";
  assert.deepEqual(asked, [`${form} --keep-going`, `${form} --jobs 1`, `${form} --jobs 1`].map((words) => `${words} --message-format=json`));
});

test("100,000 findings are read", async () => {
  const many = Array.from({ length: 100_000 }, (_, at) => said({ message: `unused: \`v${at}\``, level: "warning", code: "unused_variables", spans: [span({ bytes: [0, 1] })] }));
  const reading = await hearing([...many, finished(true)], 0);
  assert.ok(isRead(reading), JSON.stringify(reading).slice(0, 500));
  assert.equal(reading.findings.length, 100_000);
});

test("findings outside of the repository have no place; Windows paths, odd names and no names do", async () => {
  const fix = { message: "do", spans: [span({ file: "src/lib.rs", bytes: [0, 1], replacement: "X", grade: "MachineApplicable" })] };
  const reading = await hearing(
    [
      said({ message: "in a dependency", code: "E0308", manifest: "/elsewhere/registry/src/dep/Cargo.toml", spans: [span({ bytes: [0, 1] })], children: [fix] }),
      said({ message: "on Windows", code: "E0308", spans: [span({ file: "src\\lib.rs", bytes: [0, 1] })], children: [fix] }),
      said({ message: "odd name", code: "E0308", spans: [span({ file: "src/b\uFFFD.rs", bytes: [0, 1] })] }),
      said({ message: "linking with `cc` failed" }),
      said({ message: "aborting due to 4 previous errors" }),
      finished(false),
    ],
    101,
  );
  assert.ok(isRead(reading), JSON.stringify(reading));
  assert.deepEqual(
    reading.findings.map(({ message, at, fixes = [] }) => [message, at?.file, fixes.length]),
    [["in a dependency", undefined, 0], ["on Windows", "src/lib.rs", 1], ["odd name", "src/b\uFFFD.rs", 0], ["linking with `cc` failed", "src/lib.rs", 0]],
  );
});

test("finds workspaces by their outermost manifests, and whether the project uses clippy", async () => {
  const found = (files: Record<string, string>) => validator.detect(projectOf(files));
  assert.deepEqual(await found({ "src/lib.rs": "", "tests/fixtures/a/Cargo.toml": "", "vendor/x/Cargo.toml": "" }), []);
  assert.deepEqual(await found({ "Cargo.toml": "", "crates/a/Cargo.toml": "", "fuzz/Cargo.toml": "" }), [{ name: "cargo", use: "cargo", manifests: ["Cargo.toml"] }]);
  assert.deepEqual(await found({ "b/Cargo.toml": "", "a/x/Cargo.toml": "", "a/x/y/Cargo.toml": "" }), [{ name: "cargo", use: "cargo", manifests: ["a/x/Cargo.toml", "b/Cargo.toml"] }]);
  for (const files of [
    { "clippy.toml": "" },
    { "Cargo.toml": "[lints.clippy]\nall = 'warn'\n" },
    { ".github/workflows/ci.yml": "run: cargo clippy -- -D warnings" },
  ]) {
    const [definition] = await found({ "Cargo.toml": "", ...files });
    assert.equal(definition?.["clippy"], true, JSON.stringify(files));
  }
});
