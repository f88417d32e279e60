/** Bytes that are not code: line ends, BOM, indentation, quotes, semicolons, and files that are no text. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { applied, collect, compilerFindings } from "../../test/support/proposals.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import { proposer } from "./ts-codefix.ts";

const tsconfig = '{ "compilerOptions": { "strict": true, "target": "es2022", "skipLibCheck": true, "lib": ["es2022"], "types": [], "noUnusedLocals": true }, "include": ["src"] }';

test("a CRLF file with a BOM keeps both, and every inserted line ends as its neighbours", async () => {
  const text = "\uFEFFexport class A {\r\n\trun(): void {\r\n\t\tthis.size = 2;\r\n\t\tconst emoji = '😀';\r\n\t}\r\n}\r\nexport const far = near;\r\n";
  using workspace = plainWorkspace({ "tsconfig.json": tsconfig, "src/b.ts": "export const near = 1;\n", "src/a.ts": text });
  const findings = await compilerFindings(workspace);
  assert.equal(findings.length, 3);
  const proposals = await collect(proposer, findings, workspace);
  const results = await Promise.all(proposals.map(async (proposal) => (await applied(proposal, workspace))["src/a.ts"] ?? ""));
  assert.ok(results.every((result) => result.startsWith("\uFEFF") && !/[^\r]\n/.test(result)));
  assert.ok(results.some((result) => result.includes("class A {\r\n\tsize: number;\r\n\trun")));
  assert.ok(results.some((result) => result.startsWith("\uFEFFimport { near } from './b';\r\n\r\nexport class A")));
  assert.ok(results.some((result) => result.includes("this.size = 2;\r\n\t}\r\n}")));
});

test("inserted code has the file's quotes and no semicolon where the file has none", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": tsconfig,
    "src/b.ts": "export const near = 1\nexport const here = 2\n",
    "src/a.ts": "import { here } from './b'\n\nexport const list = [here, 'text']\nexport const far = near\n",
    "src/c.ts": 'export const list = ["one", "two"];\nexport const far = near;\n',
    "src/d.ts": "export class D {\n   run(): void {\n      this.size = 'x'\n      this.size = 'y'\n   }\n}\n",
  });
  const proposals = await collect(proposer, await compilerFindings(workspace), workspace);
  const results = await Promise.all(proposals.map((proposal) => applied(proposal, workspace)));
  const first = (file: string): string => results.find((result) => file in result)?.[file] ?? "";
  assert.equal(first("src/a.ts").split("\n")[0], "import { here, near } from './b'");
  assert.equal(first("src/c.ts").split("\n")[0], 'import { near } from "./b";');
  assert.equal(first("src/d.ts").split("\n")[1], "   size: string");
});

test("a file that is not valid UTF-8 is left alone, and the others are not", async () => {
  using workspace = plainWorkspace({ "tsconfig.json": tsconfig, "src/b.ts": "const unused = 1;\nexport {};\n" });
  const latin = Buffer.from("// caf\xe9\nconst unused = 1;\nexport {};\n", "latin1");
  writeFileSync(join(workspace.root, "src/a.ts"), latin);
  const findings = await compilerFindings(workspace);
  assert.deepEqual(findings.map(({ at }) => at?.file), ["src/a.ts", "src/b.ts"]);
  const proposals = await collect(proposer, findings, workspace);
  assert.deepEqual(proposals.map(({ edits }) => edits.map(({ file }) => file)), [["src/b.ts"]]);
});
