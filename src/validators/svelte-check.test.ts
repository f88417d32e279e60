import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { isRead } from "../domain/reading.ts";
import { parseSvelteOutput } from "./shared/svelte-output.ts";
import { validator } from "./svelte-check.ts";

const TSCONFIG = '{ "compilerOptions": { "types": [], "skipLibCheck": true, "noEmit": true, "strict": true, "module": "esnext", "moduleResolution": "bundler", "lib": ["es2022", "dom"] } }';

test("reads types in components and files, Svelte's warnings and what does not parse", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": TSCONFIG,
    "a.svelte": '<script lang="ts">\n  const é = "😀"; const n: number = absent;\n</script>\n<img src={é + n}>\n',
    "b.svelte": "<script>let a = ;</script>\n",
    "c.ts": 'export const c: number = "x";\n',
  });
  const reading = await validator.create({ name: "svelte", use: "svelte-check", tsconfig: "tsconfig.json" }).read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  const seen = reading.findings.map(({ at, rule, category }) => `${at?.file}:${at?.line}:${at?.column} ${rule} ${category}`).sort();
  assert.deepEqual(seen, [
    "a.svelte:2:37 TS2304 undefined_name",
    "a.svelte:4:1 a11y_missing_attribute other",
    "b.svelte:1:17 js_parse_error syntax",
    "c.ts:1:14 TS2322 type_mismatch",
  ]);
});

const diagnostic = '1 {"type":"ERROR","filename":"a\\\\b.svelte","start":{"line":0,"character":3},"message":"m","code":2322}';

test("an output without its end, with another count or a line between is none; a banner before it is nothing", () => {
  const whole = `Loading\r\n1 START "/w"\r\n${diagnostic}\r\n1 COMPLETED 1 FILES 1 ERRORS 0 WARNINGS 1 FILES_WITH_PROBLEMS\r\n`;
  assert.deepEqual(parseSvelteOutput(whole)?.map(({ file, line, column, code }) => [file, line, column, code]), [["a\\b.svelte", 1, 4, "TS2322"]]);
  assert.equal(parseSvelteOutput(whole.replace("1 ERRORS", "2 ERRORS")), undefined);
  assert.equal(parseSvelteOutput(whole.slice(0, whole.indexOf("1 COMPLETED"))), undefined);
  assert.equal(parseSvelteOutput(whole.replace(diagnostic, `${diagnostic}\r\nSegmentation fault`)), undefined);
  assert.equal(parseSvelteOutput('1 START "/w"\n1 FAILURE "it broke"\n'), undefined);
});

test("a sync that fails is no reading", async () => {
  using workspace = plainWorkspace({ "a.svelte": "" });
  const reading = await validator.create({ name: "svelte", use: "svelte-check", sync: true }).read(workspace);
  assert.equal(reading.kind, "missing");
});

test("is found where it is installed and there are components; SvelteKit is synced first", async () => {
  const installed = { "node_modules/svelte-check/package.json": "{}" };
  const files = { "src/a.svelte": "", "tsconfig.json": "{}" };
  const plain = { name: "svelte-check", use: "svelte-check", tsconfig: "tsconfig.json" };
  assert.deepEqual(await validator.detect(projectOf(files, installed)), [plain]);
  assert.deepEqual(await validator.detect(projectOf(files, { ...installed, "node_modules/@sveltejs/kit/package.json": "{}" })), [{ ...plain, sync: true }]);
  assert.deepEqual(await validator.detect(projectOf({ "tsconfig.json": "{}" }, installed)), []);
});
