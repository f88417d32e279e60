/** End to end, in the real sandbox: what a slip left unused is not deleted, and what git remembers is followed. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Sandbox } from "../../test/support/cli.ts";

const FILES = {
  "tsconfig.json": JSON.stringify({
    compilerOptions: { strict: true, noEmit: true, module: "esnext", moduleResolution: "bundler", target: "es2022", skipLibCheck: true, lib: ["es2022"], types: [], noUnusedLocals: true },
    include: ["src"],
  }),
  "src/units.ts": "export const alpha = 1;\nexport const distance = 2;\nexport interface Size { width: number; height: number }\n",
  "src/name.ts": 'import { alpha } from "./units";\n\nexport const twice = alpha + alpha;\n',
  "src/slip.ts": 'import { distance } from "./units";\n\nexport const far = distance * 2;\n',
  "src/property.ts": 'import type { Size } from "./units";\n\nexport function square(side: number): Size {\n  const width = side;\n  return { width, height: side };\n}\n',
  "src/spare.ts": 'import { distance } from "./units";\n\nexport const one = 1;\n',
};

test("a run mends the slip and keeps what it had left unused", async () => {
  using repository = new Sandbox(FILES);
  const change = (file: keyof typeof FILES, from: string, to: string): void => {
    writeFileSync(join(repository.root, file), FILES[file].replace(from, to));
  };
  change("src/units.ts", "alpha", "omega");
  change("src/slip.ts", "distance * 2", "distanec * 2");
  change("src/property.ts", "{ width, height: side }", "{ height: side }");
  repository.git("commit", "--all", "--quiet", "--message=change");
  const run = await repository.stet(["repair"]);

  assert.equal(run.code, 0, `${run.stdout}\n${run.stderr}`);
  assert.equal(repository.show("src/name.ts"), 'import { omega } from "./units";\n\nexport const twice = omega + omega;\n');
  assert.equal(repository.show("src/slip.ts"), FILES["src/slip.ts"]);
  assert.equal(repository.show("src/property.ts"), FILES["src/property.ts"]);
  assert.equal(repository.show("src/spare.ts"), "\nexport const one = 1;\n", "nobody asks for it: it goes");
  const messages = repository.git("log", "--format=%B", `main..${repository.branch()}`);
  assert.match(messages, /as git remembers/);
});
