/**
 * `node examples/apply.ts`: what a reviewer, a scanner and a linter said of a small project, applied there without a model, while
 * you watch; then what waits for a person is accepted. Ends with 1 where what landed is not what should have. Never touches this folder.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fingerprint, git, stet } from "./sample.ts";

const folder = mkdtempSync(join(tmpdir(), "stet-apply-"));
const root = join(folder, "project");
cpSync(join(stet, "examples/findings/project"), root, { recursive: true });
cpSync(join(stet, "examples/findings/inputs"), join(folder, "inputs"), { recursive: true });
git(root, "init", "--quiet", "--initial-branch=main");
git(root, "add", "--all");
git(root, "-c", "user.name=Ada", "-c", "user.email=ada@example.invalid", "commit", "--quiet", "--message=Post");
const untouched = fingerprint(root);

/** What it printed, and shows as it does. */
function run(...argv: readonly string[]): string {
  process.stdout.write(`\n$ stet ${argv.join(" ")}\n`);
  const { stdout } = spawnSync(process.execPath, [process.env["STET_TEST_CLI"] ?? join(stet, "src/cli.ts"), ...argv], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  process.stdout.write(stdout);
  return stdout;
}

const inputs = ["reviews.jsonl", "scan.sarif", "lint.rdjson"].map((name) => `../inputs/${name}`);
const applied = run("apply", "--quiet", ...inputs);
const id = /stet accept (\S+)/.exec(applied)?.[1] ?? "";
run("accept", "--quiet", id);

const branch = git(root, "for-each-ref", "--format=%(refname:short)", "refs/heads/stet");
const diff = git(root, "diff", "--unified=0", "main", branch);
process.stdout.write(`\n${diff}\n`);

const LANDED = ["+export const verbose = false;", "+  const lines =", "grams === 1000", "+export const cached = true;"];
const NEVER = ["postage(express", "!== undefined;", "strict = true"];
const wrong = [...LANDED.filter((text) => !diff.includes(text)), ...NEVER.filter((text) => diff.includes(text))];
if (fingerprint(root) !== untouched) wrong.push("the checkout");
rmSync(folder, { recursive: true });
process.stdout.write(wrong.length === 0 ? "\n✓ What should have landed did, and nothing else.\n" : `\n✗ Not as it should be: ${wrong.join(", ")}\n`);
process.exit(wrong.length === 0 ? 0 : 1);
