import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { packageRoot, plainWorkspace } from "../../test/support/workspace.ts";
import { isRead } from "../domain/reading.ts";
import { validator } from "./astro-check.ts";
import { parseAstroOutput } from "./shared/astro-output.ts";

const recorded = readFileSync(join(packageRoot, "test/support/recorded/astro-check-bad.txt"), "utf8");

test("reads what astro check was recorded to print, with tsc's codes and categories", async () => {
  using workspace = plainWorkspace({ "src/pages/index.astro": '---\nconst n: number = "x";\n---\n' });
  const argv = ["node", join(packageRoot, "test/support/astro.ts")];
  const reading = await validator.create({ name: "types", use: "astro-check" }).read({ ...workspace, run: (asked) => workspace.run({ ...asked, argv }) });
  assert.ok(isRead(reading), JSON.stringify(reading));
  assert.deepEqual(
    reading.findings.map(({ at, rule, category }) => `${at?.file}:${at?.line}:${at?.column} ${rule} ${category}`),
    [
      "src/pages/index.astro:5:15 TS2304 undefined_name",
      "src/pages/index.astro:5:4 TS2322 type_mismatch",
      "src/pages/index.astro:3:11 TS2304 undefined_name",
      "src/pages/index.astro:2:7 TS2322 type_mismatch",
      "src/pages/index.astro:6:15 TS2322 type_mismatch",
    ],
  );
});

const head = (where: string, rest: string): string => `\u001B[96m${where}\u001B[0m:\u001B[93m1\u001B[0m:\u001B[93m2\u001B[0m - ${rest}`;
const counts = (errors: number, warnings: number): string => `\nResult (1 file): \n- ${errors} error${errors === 1 ? "" : "s"}\n- ${warnings} warnings\n`;

test("a message of several lines is one, the source below it is none, and the parser's word has no code", () => {
  const frame = '\u001B[7m1\u001B[0m a.ts:1:2 - error ts(2322): not a head\n';
  const text = `${head("a.ts", "error ts(2322): One.")}\r\n  Two.\r\n\r\n${frame}${head("b.astro", "error astro: expected `>`")}\n${counts(2, 0)}`;
  assert.deepEqual(parseAstroOutput(text)?.map(({ code, message }) => [code, message]), [["TS2322", "One. Two."], ["parse", "expected `>`"]]);
});

test("an output whose counts are not those of its diagnostics is none", () => {
  assert.ok(parseAstroOutput(recorded));
  assert.equal(parseAstroOutput(recorded.replace(/- \d+ errors/, "- 9 errors")), undefined);
  assert.equal(parseAstroOutput(recorded.slice(0, recorded.indexOf("Result"))), undefined);
  assert.equal(parseAstroOutput(counts(0, 1)), undefined);
});

test("is found where it is installed and there are Astro files", async () => {
  const installed = { "node_modules/@astrojs/check/package.json": "{}" };
  assert.deepEqual(await validator.detect(projectOf({ "src/a.astro": "" }, installed)), [{ name: "astro-check", use: "astro-check" }]);
  assert.deepEqual(await validator.detect(projectOf({ "src/a.ts": "" }, installed)), []);
  assert.deepEqual(await validator.detect(projectOf({ "src/a.astro": "" })), []);
});
