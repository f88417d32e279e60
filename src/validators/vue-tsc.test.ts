import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { isRead } from "../domain/reading.ts";
import { validator as tsc } from "./tsc.ts";
import { validator } from "./vue-tsc.ts";

test("reads types in scripts, templates and files, and no import of a component is missing", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": '{ "compilerOptions": { "types": [], "skipLibCheck": true, "noEmit": true, "strict": true, "module": "esnext", "moduleResolution": "bundler", "lib": ["es2022", "dom"] } }',
    "a.vue": '<script setup lang="ts">\nconst n: number = absent;\n</script>\n<template>\n  <p :title="n.gone">{{ n }}</p>\n</template>\n',
    "b.ts": 'import A from "./a.vue";\nexport const b: number = "x";\nexport { A };\n',
  });
  const reading = await validator.create({ name: "vue", use: "vue-tsc" }).read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  const seen = reading.findings.map(({ at, rule, category }) => `${at?.file}:${at?.line}:${at?.column} ${rule} ${category}`);
  assert.deepEqual(seen, ["a.vue:2:19 TS2304 undefined_name", "a.vue:5:16 TS2339 undefined_name", "b.ts:2:14 TS2322 type_mismatch"]);
  assert.deepEqual(reading.inputs, ["a.vue", "b.ts"]);
});

test("stands in for tsc where it is installed and there are components, and only there", async () => {
  const installed = { "node_modules/vue-tsc/package.json": "{}" };
  const files = { "src/a.vue": "", "tsconfig.json": "{}" };
  const projects = ["tsconfig.json"];
  assert.deepEqual(await validator.detect(projectOf(files, installed)), [{ name: "vue-tsc", use: "vue-tsc", projects }]);
  assert.deepEqual(await tsc.detect(projectOf(files, installed)), []);
  for (const project of [projectOf(files), projectOf({ "tsconfig.json": "{}" }, installed)]) {
    assert.deepEqual(await validator.detect(project), []);
    assert.deepEqual(await tsc.detect(project), [{ name: "tsc", use: "tsc", projects }]);
  }
});

test("a Svelte project is left to svelte-check, but for its workspaces, which that does not read", async () => {
  const installed = { "node_modules/svelte-check/package.json": "{}" };
  const one = { "a.svelte": "", "tsconfig.json": "{}" };
  assert.deepEqual(await tsc.detect(projectOf(one, installed)), []);
  const several = { "p/a.svelte": "", "p/tsconfig.json": "{}", "package.json": '{ "workspaces": ["p"] }' };
  assert.deepEqual(await tsc.detect(projectOf(several, installed)), [{ name: "tsc", use: "tsc", projects: ["p/tsconfig.json"] }]);
});
