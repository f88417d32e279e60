import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { edit, propose } from "../../test/support/gates.ts";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { finding } from "../domain/finding.ts";
import { Answers } from "./answers.ts";

const FOUND = finding({ by: "tsc", rule: "TS1", category: "other", message: "m", at: { file: "a.ts", line: 1, column: 1 } });

test("an answer is found again for the very same question only", async () => {
  using folder = temporaryFolder();
  const answers = (commit = "c", around = "x"): Answers => new Answers({ folder: join(folder.root, "kept"), commit, surroundings: () => Promise.resolve(around) });
  const offered = [propose([edit("a.ts", 0, "a", "b\u2028")])];
  assert.equal(await answers().find("p", "t", [FOUND]), undefined);
  await answers().keep("p", "t", [FOUND], offered);
  assert.deepEqual(await answers().find("p", "t", [FOUND]), offered);
  const moved = { ...FOUND, at: { file: "a.ts", line: 2, column: 1 } };
  const others = [answers().find("q", "t", [FOUND]), answers().find("p", "u", [FOUND]), answers().find("p", "t", []), answers().find("p", "t", [moved])];
  for (const one of [...others, answers("d").find("p", "t", [FOUND]), answers("c", "y").find("p", "t", [FOUND])]) assert.equal(await one, undefined);
  await answers().keep("p", "u", [FOUND], []);
  assert.deepEqual(await answers().find("p", "u", [FOUND]), [], "nothing is an answer too");
  for (const name of readdirSync(join(folder.root, "kept"))) writeFileSync(join(folder.root, "kept", name), "[{");
  assert.equal(await answers().find("p", "t", [FOUND]), undefined, "half a file is none");
});
