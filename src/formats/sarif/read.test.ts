import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { packageRoot } from "../../../test/support/workspace.ts";
import { readSarif, type SarifItem, type SarifResult } from "./read.ts";

const ROOTS = ["/home/ada/repository"];

type Json = Readonly<Record<string, unknown>>;

const at = (uri: string, region: Json = { startLine: 1 }, more: Json = {}): Json => ({ physicalLocation: { artifactLocation: { uri, ...more }, region } });
const PLAIN: Json = { ruleId: "r", message: { text: "m" }, locations: [at("a.ts")] };

function read(results: readonly unknown[] | null, run: Json = {}, folder?: string): SarifItem[] {
  const log = { version: "2.1.0", runs: [{ tool: { driver: { name: "Scan" } }, results, ...run }] };
  return [...(readSarif(log, { roots: ROOTS, ...(folder !== undefined && { folder }) }) ?? assert.fail("no log"))];
}

function resultOf(result: Json, run: Json = {}): SarifResult {
  const [item] = read([{ ...PLAIN, ...result }], run);
  assert.ok(item?.kind === "result", JSON.stringify(item));
  return item.result;
}

const kinds = (results: readonly unknown[], run: Json = {}): string[] => read(results, run).map(({ kind }) => kind);

/** Written by the tools themselves (oxlint 1.94, Biome 2.6, flawfinder 2.0.19, ESLint 9 with Microsoft's formatter). */
test("what real scanners write", () => {
  const recorded = (name: string, root: string): string[] => {
    const log: unknown = JSON.parse(readFileSync(join(packageRoot, "test/recorded", `${name}.sarif`), "utf8"));
    const items = [...(readSarif(log, { roots: [root] }) ?? assert.fail(name))];
    return items.map((item) => (item.kind === "result" ? `${item.result.tool} ${item.result.at.file}:${item.result.at.line} ${item.result.rule}` : item.kind));
  };
  assert.deepEqual(recorded("oxlint", "/srv/sample"), ["oxlint src/a.js:3 eslint(no-unused-vars)", "oxlint src/a.js:2 eslint(no-debugger)"]);
  assert.deepEqual(recorded("flawfinder", "/srv/sample"), ["flawfinder c/a.c:2 FF1001"]);
  const lines = ["1 no-var", "2 eqeqeq", "2 no-debugger", "3 no-var", "3 eqeqeq"];
  assert.deepEqual(recorded("eslint", "/srv/sample"), lines.map((line) => `eslint src/a.js:${line}`));
  assert.deepEqual(recorded("biome", "/srv/sample").map((line) => line.split("/").at(-1)), ["noUnusedVariables", "noDoubleEquals", "noDebugger", "noDoubleEquals"]);
  assert.deepEqual(recorded("biome", "/srv/other"), Array(4).fill("outside"));
});

test("what is no SARIF log is none", () => {
  for (const value of [null, [], {}, { runs: [] }, { version: "1.0.0", runs: [] }, { version: "2.1.0", runs: {} }, "2.1.0"]) assert.equal(readSarif(value, { roots: [] }), undefined);
});

test("one result that is broken costs itself only, and says what is wrong", () => {
  const broken = [null, [], 7, {}, { ...PLAIN, message: "m" }, { ...PLAIN, message: {} }, { ...PLAIN, locations: [] }, { ...PLAIN, ruleId: 7 }, { ...PLAIN, locations: [{}] }];
  const items = read([...broken, PLAIN]);
  assert.deepEqual(items.map(({ kind }) => kind), [...broken.map(() => "broken"), "result"]);
  assert.deepEqual(items.map(({ number }) => number), items.map((_, index) => index + 1));
  assert.ok(items.every((item) => item.kind !== "broken" || item.detail !== ""));
  assert.equal(resultOf({ locations: [at("a.ts", { startLine: 3, startColumn: 0 })] }).at.line, 1, "a region that makes no sense costs the place only");
});

test("suppressed, absent and passed results are left as that; the rest are findings", () => {
  const state = (parts: Json): string => kinds([{ ...PLAIN, ...parts }])[0] ?? "";
  for (const suppressions of [[{}], [{ status: "accepted" }], [{ status: null }, { kind: "inSource" }]]) assert.equal(state({ suppressions }), "suppressed");
  for (const suppressions of [null, [], [{ status: "underReview" }], [{ status: "accepted" }, { status: "rejected" }]]) assert.equal(state({ suppressions }), "result");
  assert.equal(state({ baselineState: "absent" }), "absent");
  for (const baselineState of ["new", "unchanged", "updated"]) assert.equal(state({ baselineState }), "result");
  for (const kind of ["pass", "notApplicable", "informational"]) assert.equal(state({ kind }), "no-defect");
  for (const kind of ["fail", "open", "review"]) assert.equal(state({ kind }), "result");
});

test("a scan that did not come to its end says so, beside what it has", () => {
  assert.deepEqual(kinds([PLAIN], { invocations: [{ executionSuccessful: true }, { executionSuccessful: false, exitCodeDescription: "out of memory" }] }), ["failed", "result"]);
  assert.deepEqual(read(null).map(({ kind }) => kind), ["failed"]);
  assert.deepEqual(kinds([], { invocations: [{ executionSuccessful: true }] }), []);
});

test("a URI leads to one file of the repository, or to none", () => {
  const bases = { SRC: { uri: "src/", uriBaseId: "%SRCROOT%" }, "%SRCROOT%": { uri: "file:///home/ada/repository/" }, CI: { uri: "file:///builds/repository" }, LOOP: { uri: "x/", uriBaseId: "LOOP" } };
  const path = (uri: string, more: Json = {}, known: Json = bases): string => {
    const [item] = read([{ ...PLAIN, locations: [at(uri, {}, more)] }], { originalUriBaseIds: known });
    return item?.kind === "result" ? item.result.at.file : (item?.kind ?? "");
  };
  assert.equal(path("src/a%20b.ts"), "src/a b.ts");
  assert.equal(path("file:///home/ada/repository/src/a.ts"), "src/a.ts");
  assert.equal(path("file:/home/ada/repository/a.ts"), "a.ts");
  assert.equal(path("file://localhost/home/ada/repository/a.ts"), "a.ts");
  assert.equal(path("/home/ada/repository/a.ts"), "a.ts");
  assert.equal(path("a.ts", { uriBaseId: "SRC" }), "src/a.ts");
  assert.equal(path("a.ts", { uriBaseId: "unknown" }), "a.ts");
  assert.equal(path("src/100%.ts"), "src/100%.ts", "a name that is not escaped at all");
  assert.equal(path("a.ts", { uriBaseId: "%SRCROOT%" }, { "%SRCROOT%": { uri: "file:///builds/repository/" } }), "a.ts", "the root of another machine's checkout");
  assert.equal(path("a.ts", { uriBaseId: "%SRCROOT%" }, {}), "a.ts");
  const outside = ["../a.ts", "src/../../a.ts", "%2e%2e/a.ts", "..%2fa.ts", "file:///etc/passwd", "/etc/passwd", "https://example.invalid/a.ts", "file://host/share/a.ts", "C:/a.ts", "a%00.ts", "a%0a.ts", ""];
  for (const uri of outside) assert.equal(path(uri), "outside", uri);
  assert.equal(path("a.ts", { uriBaseId: "CI" }), "outside", "what another machine's folder is here is not guessed");
  assert.equal(path("../../x.ts", { uriBaseId: "%SRCROOT%" }, { "%SRCROOT%": { uri: "file:///builds/repository/" } }), "outside");
  assert.match(path("a.ts", { uriBaseId: "LOOP" }), /^(?:x\/)+a\.ts$/, "bases in a circle come to an end");
});

test("a location may point to the list of artifacts, and a relative one begins where the scanner ran", () => {
  const artifacts = [{ location: { uri: "src/b.ts" }, hashes: { "sha-256": "AB" } }];
  const result = resultOf({ locations: [{ physicalLocation: { artifactLocation: { index: 0 } } }] }, { artifacts });
  assert.deepEqual([result.at, result.sha256], [{ file: "src/b.ts", line: 1, column: 1 }, "ab"]);
  assert.partialDeepStrictEqual(read([PLAIN], {}, "packages/one"), [{ result: { at: { file: "packages/one/a.ts" } } }]);
});

test("rules and messages are spelled out or looked up", () => {
  const rule = { id: "R1", messageStrings: { default: { text: "use {1}, not {0}: {{}}" } }, shortDescription: { text: "short" } };
  const run = { tool: { driver: { name: "Scan", rules: [rule], globalMessageStrings: { all: { text: "for all" } } }, extensions: [{ name: "e", rules: [{ id: "E1" }] }] } };
  const words = (parts: Json): string[] => [resultOf(parts, run)].flatMap((one) => [one.rule, one.message]);
  assert.deepEqual(words({ ruleId: undefined, ruleIndex: 0, message: { id: "default", arguments: ["a", "b"] } }), ["R1", "use b, not a: {}"]);
  assert.deepEqual(words({ ruleId: "R1/sub", message: { id: "default", arguments: ["a", "b"] } }), ["R1/sub", "use b, not a: {}"]);
  assert.deepEqual(words({ ruleId: "x", message: { id: "all" } }), ["x", "for all"]);
  assert.deepEqual(words({ ruleId: null, rule: { index: 0, toolComponent: { index: 0 } } }), ["E1", "m"]);
  assert.deepEqual(words({ ruleId: "R1", message: {} }), ["R1", "short"]);
  assert.deepEqual(words({ message: { text: "{0} stays" } }), ["r", "{0} stays"]);
  assert.deepEqual(words({ ruleId: undefined, message: { markdown: "*m*" } }), ["unnamed", "*m*"]);
});

test("fixes are offers: each whole, or counted as broken", () => {
  const fix = (deletedRegion: unknown, insertedContent?: Json, uri = "a.ts"): Json => ({ artifactChanges: [{ artifactLocation: { uri }, replacements: [{ deletedRegion, insertedContent }] }] });
  const spans = (...fixes: readonly unknown[]) => {
    const { offers, brokenFixes } = resultOf({ fixes }, { columnKind: "utf16CodeUnits" });
    return [offers.flatMap(({ changes }) => changes.map(({ span, after }) => [span, after])), brokenFixes];
  };
  const columns = (from: Json, to: Json): Json => ({ kind: "columns", from, to, unit: "utf-16" });
  assert.deepEqual(spans(fix({ startLine: 2, startColumn: 3, endColumn: 5 }, { text: "x" })), [[[columns({ line: 2, column: 3 }, { line: 2, column: 5 }), "x"]], 0]);
  assert.deepEqual(spans(fix({ startLine: 2 })), [[[columns({ line: 2, column: 1 }, { line: 2 }), ""]], 0]);
  assert.deepEqual(spans(fix({ startLine: 2, endLine: 3, endColumn: 1 })), [[[columns({ line: 2, column: 1 }, { line: 3, column: 1 }), ""]], 0]);
  assert.deepEqual(spans(fix({ charOffset: 4, charLength: 2 })), [[[{ kind: "characters", offset: 4, length: 2, unit: "utf-16" }, ""]], 0]);
  assert.deepEqual(spans(fix({ charOffset: -1, byteOffset: 4 }, { binary: "w6k=" })), [[[{ kind: "bytes", offset: 4, length: 0 }, "é"]], 0]);
  assert.deepEqual(spans(fix({}), fix({ startLine: 0 }), fix({ startLine: 1 }, { binary: "/w==" }), fix({ startLine: 1 }, {}, "../a"), {}, null), [[], 6]);
  assert.equal(resultOf({ fixes: [fix({ startLine: 1 })] }).offers[0]?.changes[0]?.span.kind, "columns");
  assert.equal(resultOf({}).unit, "code-points", "where the run does not say");
  assert.deepEqual(resultOf({ fixes: [fix({ startLine: 1 }), { ...fix({ startLine: 1 }), description: { text: "other" } }] }).offers.map(({ title }) => title), ["m", "other"]);
});

test("fingerprints, the commit and related places come along", () => {
  const one = resultOf({ partialFingerprints: { b: "2", a: "1" }, relatedLocations: [{ ...at("b.ts", { startLine: 4 }), message: { text: "see" } }, at("../x"), 7] }, { versionControlProvenance: [{ revisionId: "c0ffee" }] });
  assert.deepEqual(one.related, [{ file: "b.ts", line: 4, column: 1, message: "see" }]);
  assert.equal(one.commit, "c0ffee");
  assert.equal(one.fingerprint, resultOf({ partialFingerprints: { a: "1", b: "2" } }).fingerprint);
  assert.equal(resultOf({ fingerprints: { x: "1" }, partialFingerprints: { a: "1" } }).fingerprint, '[["x","1"]]');
  assert.equal(resultOf({ partialFingerprints: {} }).fingerprint, undefined);
  assert.equal(resultOf({ partialFingerprints: { a: 1 } }).fingerprint, undefined);
});
