/**
 * `npm run demo`: a broken sample workspace, copied to a temporary git repository and repaired there while you watch. It
 * then looks for itself whether what stet promises holds, and ends with 1 where it does not, so it is a test as well.
 * Never touches this folder or your git configuration.
 */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { copyOf, fingerprint, git, makeSample, measure, stet, type Figures } from "./sample.ts";

/** The least that must land. The sample holds about 35 findings with one good answer, several to a commit. */
const MIN_COMMITS = 12;

/** What a fixer would like to change and must not: the file, the text that has to stay, and what changing it breaks. */
const TRAPS: readonly (readonly [file: string, text: string, why: string])[] = [
  ["packages/orders/src/refund.ts", "payBack(order, till);", "an unused result, but the call pays the customer back"],
  ["packages/orders/src/shipping.ts", "order.expres)", "a typo whose correction type-checks and fails a test"],
  ["packages/orders/src/contact.ts", "email == null", "`===` pleases the linter and lets undefined through"],
];

/** How an error can be made to go away without being mended. */
const SILENCED = /@ts-(?:ignore|nocheck|expect-error)|eslint-disable|\bas any\b|: any\b|not implemented/;

function say(text = ""): void {
  process.stdout.write(`${text}\n`);
}

function heading(text: string): void {
  const isTerminal = process.stdout.isTTY;
  say(`\n${isTerminal ? "\x1b[1m" : ""}── ${text}${isTerminal ? "\x1b[0m" : ""}`);
}

function told({ types, lint, passed, failed }: Figures): string {
  return `${types} type errors · ${lint} lint errors · ${passed} tests pass, ${failed} fail`;
}

const started = performance.now();
heading("A bookshop's code, half-way through an upgrade, in a git repository of its own");
const root = makeSample();
const untouched = fingerprint(root);
const before = measure(root);
say(root);
say(told(before));

heading("stet repair");
const argv = [join(stet, "src/cli.ts"), "repair"];
const { status } = spawnSync(process.execPath, argv, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });

const [branch = ""] = git(root, "for-each-ref", "--format=%(refname:short)", "refs/heads/stet").split("\n");
if (branch === "") {
  say(`\n✗ stet ended with ${String(status)} and landed nothing. The repository is still there: ${root}`);
  process.exit(1);
}

heading(`What landed on ${branch}`);
say(git(root, "log", "--oneline", "--reverse", `main..${branch}`));

heading("The project's own checks, run on that branch in a fresh clone");
const copy = copyOf(root, branch);
const after = measure(copy);
say(`before  ${told(before)}`);
say(`after   ${told(after)}`);

heading("What stet promises, looked at from outside");
const commits = Number(git(root, "rev-list", "--count", `main..${branch}`));
const added = git(root, "diff", `main..${branch}`).split("\n").filter((line) => line.startsWith("+"));
const claims: readonly (readonly [claim: string, holds: boolean])[] = [
  [`${commits} commits, each one a fix`, commits >= MIN_COMMITS],
  ["fewer type errors", after.types < before.types],
  ["fewer lint errors", after.lint < before.lint],
  ["the same tests, all green", after.passed === before.passed && after.failed === 0 && before.passed > 0],
  ["nothing silenced, no stub", !added.some((line) => SILENCED.test(line))],
  ...TRAPS.map(([file, text, why]) => [`left alone: ${file} (${why})`, git(root, "show", `${branch}:${file}`).includes(text)] as const),
  ["the checkout is untouched: every byte, mode and time of change, HEAD, index, config", fingerprint(root) === untouched],
  ["git status is clean", git(root, "status", "--porcelain") === ""],
  ["stet said that something remains (exit code 1)", status === 1],
];
for (const [claim, holds] of claims) say(`${holds ? "✓" : "✗"} ${claim}`);

const seconds = Math.round((performance.now() - started) / 1000);
heading(`Done in ${seconds} s. Look further:`);
say(`cd ${root}`);
say(`git log -p main..${branch}`);
say(`node ${join(stet, "src/cli.ts")} report`);
say(`rm -rf ${dirname(root)}`);
process.exitCode = claims.every(([, holds]) => holds) ? 0 : 1;
