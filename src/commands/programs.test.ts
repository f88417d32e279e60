import assert from "node:assert/strict";
import { test } from "node:test";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { projectOf } from "../../test/support/project.ts";
import { validators } from "../validators/index.ts";
import { seekPrograms } from "./programs.ts";

/** Those that run a command of the user's own. */
const OWN_COMMAND = ["command", "coverage", "problem-matcher", "sarif"];

test("every validator's tool is shown with its version and place, or with what installs it", async () => {
  using plain = plainWorkspace({ "tool.sh": "" });
  const workspace = { ...plain, run: (command: Parameters<typeof plain.run>[0]) => plain.run({ ...command, env: { PATH: "/usr/bin:/bin" } }) };
  const checks = validators.map(({ name }) => ({ name: `my-${name}`, use: name, ...(OWN_COMMAND.includes(name) && { run: ["sh", "tool.sh"] }) }));
  const sought = await seekPrograms(validators, checks, projectOf({}), workspace);
  assert.deepEqual(sought.map(({ validator }) => validator), validators.map(({ name }) => name));
  for (const { validator, found, install } of sought) {
    if (OWN_COMMAND.includes(validator)) assert.deepEqual([found?.version, install], ["", undefined], "nobody asks it anything");
    else if (found) assert.match(found.version + found.path, /\d|\//, validator);
    else assert.match(install ?? "", /^(?:npm|pip) install |^install /, validator);
  }
  const own = Object.fromEntries(sought.map((one) => [one.validator, one.found]));
  assert.match(own["structure"]?.version ?? "", /^stet \d+\.\d+/);
  assert.equal(own["svelte-check"], undefined);
  assert.match(own["ruff"]?.version ?? "", /\d+\.\d+/, "where there is none, the build that stet brings");
});
