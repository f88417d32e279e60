/** What is built can be started and stands alone: most tests that call stet's rooms run the sources, users do not. */
import assert from "node:assert/strict";
import { cpSync, existsSync, globSync, readFileSync, symlinkSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { buildDist } from "../scripts/build.ts";
import { run } from "../src/system/process.ts";
import { packageRoot, temporaryFolder } from "./support/workspace.ts";

await buildDist(packageRoot);
const dist = join(packageRoot, "dist");
const programs = globSync("**/*.js", { cwd: dist }).map((file) => readFileSync(join(dist, file), "utf8"));

test("what is built asks for nothing but what is installed with it", () => {
  const manifest = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as Record<string, Record<string, string>>;
  const installed = ["dependencies", "optionalDependencies", "peerDependencies"].flatMap((kind) => Object.keys(manifest[kind] ?? {}));
  const asked = programs.flatMap((text) => [...text.matchAll(/^(?:import|export)\b[^"';]*"([^"]+)";$|\bimport\("([^"]+)"\)/gm)].map(([, one, other]) => one ?? other ?? ""));
  const packages = new Set(asked.filter((name) => !name.startsWith(".") && !isBuiltin(name)).map((name) => name.split("/").slice(0, name.startsWith("@") ? 2 : 1).join("/")));
  assert.ok(packages.has("typescript"));
  assert.deepEqual([...packages].filter((name) => !installed.includes(name)), []);
});

test("every worker stands where its module looks for it, and no file is a source's", () => {
  const workers = globSync("**/*.worker.ts", { cwd: join(packageRoot, "src") });
  assert.ok(workers.length >= 5);
  assert.deepEqual(workers.filter((worker) => !existsSync(join(dist, worker.replace(/\.ts$/, ".js")))), []);
  assert.deepEqual(programs.filter((text) => text.includes(packageRoot)), []);
});

test("a copy of it starts in another place, as a program and as a library", async () => {
  using place = temporaryFolder();
  for (const name of ["dist", "package.json"]) cpSync(join(packageRoot, name), join(place.root, name), { recursive: true });
  symlinkSync(join(packageRoot, "node_modules"), join(place.root, "node_modules"));
  const start = (...argv: readonly string[]): ReturnType<typeof run> => run({ argv: [process.execPath, ...argv], cwd: place.root, env: {}, timeoutMs: 60_000 });
  const shown = await start("dist/cli.js", "--version");
  assert.match(shown.stdout, /^\d+\.\d+\.\d+\n$/);
  const library = await start("--input-type=module", "-e", `console.log(Object.keys(await import(${JSON.stringify(pathToFileURL(join(place.root, "dist/index.js")).href)})).join())`);
  assert.match(library.stdout, /\brepair\b/, library.stderr);
});
