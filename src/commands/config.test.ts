import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { z } from "zod";
import { packageRoot } from "../../test/support/workspace.ts";
import { CATEGORIES } from "../domain/finding.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import { problemText } from "../report/errors.ts";
import { list } from "../report/layout.ts";
import { validators } from "../validators/index.ts";
import { configSchema, parseConfig, parseManifest, type Config } from "./config.ts";

const FILE = "stet.config.json";

/** What somebody is told who has written this; fails where nobody is told anything. */
function told(parse: (text: string, file: string) => Config | undefined, text: string, file = FILE): string {
  try {
    parse(text, file);
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    assert.equal(error.exitCode, EXIT.config);
    return problemText(error);
  }
  return assert.fail(`accepted: ${text}`);
}

const WRONG: readonly (readonly [text: string, line: string])[] = [
  ["", "1:1: Value expected"],
  ["{", "1:2: Close brace expected"],
  ['{\n  "maxFiles" 3\n}', "2:14: Colon expected"],
  ["[]", "1:1: Invalid input: expected object, received array"],
  ['{ "checks": 5 }', '1:13: "checks": Invalid input: expected array, received number'],
  ['{ "checks": [] }', '1:13: "checks": Too small: expected array to have >=1 items'],
  ['{ "maxFiles": "9" }', '1:15: "maxFiles": Invalid input: expected number, received string'],
  ['{ "maxChangedFraction": 2 }', '1:25: "maxChangedFraction": Too big: expected number to be <=1'],
  ['{ "checks": [{ "name": "a" }] }', '1:14: "checks.0.run": Invalid input: expected array, received undefined'],
  ['{ "checks": ["tsc"] }', '1:14: "checks.0": Invalid input: expected object, received string'],
  ['{ "checks": [{ "name": "a", "run": ["x"], "timeoutMs": 5 }] }', '1:56: "checks.0.timeoutMs": Too small: expected number to be >=1000'],
  ['{ "checks": [{ "name": "a", "run": ["x"], "cwd": "../b" }] }', '1:50: "checks.0.cwd": Give a folder inside of the repository'],
  ['{ "checks": [{ "name": "a", "run": ["x", "\\u0000"] }] }', '1:42: "checks.0.run.1": NUL cannot stand in a text here'],
  ['{ "checks": [{ "name": "a", "use": "tsc", "projects": "x" }] }', '1:55: "checks.0.projects": Invalid input: expected array, received string'],
  [
    '{ "checks": [{ "name": "a", "use": "problem-matcher", "run": ["x"],\n "matcher": [{ "pattern": [{ "regexp": "(" }] }] }] }',
    '2:40: "checks.0.matcher.0.pattern.0.regexp": Give a regular expression that JavaScript can read',
  ],
  ['{ "categories": [{ "tool": "tsc", "prefix": "", "category": "typo" }] }', `1:61: "categories.0.category": Invalid option: expected one of ${CATEGORIES.map((one) => `"${one}"`).join("|")}`],
  [
    '{\n  "maxFile": 3\n}',
    `2:3: there is no option "maxFile"; there are ${list(Object.keys(configSchema.shape), 20)}.`,
  ],
  [
    '{ "checks": [{ "name": "a", "use": "tsc", "project": "x" }] }',
    '1:43: there is no option "checks.0.project"; there are name, timeoutMs, network, use, projects and build.',
  ],
  [
    '{ "checks": [{ "name": "a", "use": "nope" }] }',
    `1:36: there is no kind of check "nope"; there are ${list(validators.map(({ name }) => name), 40)}.`,
  ],
  ['{ "checks": [\n  { "name": "a", "run": ["x"] },\n  { "name": "a", "use": "tsc" }\n] }', '3:13: two checks have the name "a".'],
];

test("every mistake is told with file, line, column and option", () => {
  for (const [text, line] of WRONG) assert.equal(told(parseConfig, text), `stet: ${FILE}:${line}`);
});

test("package.json#stet is held to the same rules, and nothing else of package.json is", () => {
  const file = "package.json";
  assert.equal(told(parseManifest, '{ "stet": [] }', file), 'stet: package.json:1:11: "stet": Invalid input: expected object, received array');
  assert.equal(told(parseManifest, '{\n  "stet": { "deny": "a" }\n}', file), 'stet: package.json:2:21: "stet.deny": Invalid input: expected array, received string');
  assert.equal(told(parseManifest, '{ "stet": { "deny": [] }', file), "stet: package.json:1:25: Close brace expected");
  assert.equal(parseManifest('{ "devDependencies": { "stet": "^1.0.0" } }', file), undefined);
  assert.equal(parseManifest("no JSON at all", file), undefined);
  assert.deepEqual(parseManifest('{ "name": 5, "stet": { "maxFiles": 2 } }', file), { maxFiles: 2 });
});

test("comments, a trailing comma and a byte order mark are no mistakes", () => {
  assert.deepEqual(parseConfig('\uFEFF// why\n{ "deny": ["docs"], /* so */ }\n', FILE), { deny: ["docs"] });
});

/** What a kind needs at least. */
const LEAST: Readonly<Record<string, object>> = {
  command: { run: ["x"] },
  coverage: { run: ["x"], report: "{scratch}/lcov.info" },
  structure: { rules: [{ mustExist: "README.md" }] },
  sarif: { run: ["x"] },
  "problem-matcher": { run: ["x"], matcher: ".github/matcher.json" },
};

/** The smallest check of each kind, and one with every option that the kind has. */
const CHECKS = [
  ...validators.map(({ name }) => ({ name, use: name, ...LEAST[name] })),
  { name: "lines", use: "problem-matcher", run: ["x"], matcher: { owner: "x", pattern: { regexp: "(.*)", message: 1 } }, codes: [0], least: "error" },
  { name: "bare", run: ["npm", "test"], cwd: "packages/a..b", env: { A: "1" }, junit: "{scratch}/junit.xml", timeoutMs: 1_000, network: true },
  { name: "types", use: "tsc", projects: ["a/tsconfig.json"], build: true },
  { name: "lint", use: "eslint", paths: ["src"] },
  { name: "unit", use: "vitest", run: ["vitest", "run", "unit"], cwd: "a", env: {} },
];

test("every kind of check is accepted; one that names no kind is a command", () => {
  const config = parseConfig(JSON.stringify({ $schema: "./x.json", checks: CHECKS }), FILE);
  assert.deepEqual(config.checks?.map(({ name, use }) => [name, use]), CHECKS.map((check) => [check.name, check.use ?? "command"]));
});

test("the published JSON Schema accepts and refuses what stet does", () => {
  const text = readFileSync(join(packageRoot, "schema/stet.config.schema.json"), "utf8");
  const schema = z.fromJSONSchema(z.record(z.string(), z.unknown()).parse(JSON.parse(text)));
  const right = [{}, { $schema: "./x.json" }, { checks: CHECKS }, { deny: ["a"], protect: ["**/b"], maxFiles: 1, maxRounds: 50 }];
  for (const value of right) {
    assert.ok(schema.safeParse(value).success, JSON.stringify(value));
    assert.doesNotThrow(() => parseConfig(JSON.stringify(value), FILE));
  }
  // JSON Schema knows neither two checks of one name, nor NUL, nor what is a regular expression.
  const refused = WRONG.filter(([wrong, line]) => /^[{[].*[}\]]$/s.test(wrong) && !/Colon|NUL|two checks|regular expression/.test(line));
  assert.ok(refused.length > 10);
  for (const [wrong] of refused) assert.ok(!schema.safeParse(JSON.parse(wrong)).success, wrong);
});
