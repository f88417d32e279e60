import assert from "node:assert/strict";
import { test } from "node:test";
import { applied, collect, compilerFindings } from "../../test/support/proposals.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { Workspace } from "../domain/plugin.ts";
import type { Proposal } from "../domain/proposal.ts";
import { proposer } from "./ts-codefix.ts";

const tsconfig = (compilerOptions: object = {}): string =>
  JSON.stringify({
    compilerOptions: { strict: true, target: "es2022", skipLibCheck: true, lib: ["es2022"], module: "nodenext", types: [], ...compilerOptions },
    include: ["src"],
  });

async function proposalsFor(workspace: Workspace): Promise<Proposal[]> {
  return collect(proposer, await compilerFindings(workspace), workspace);
}

/** The file as the first proposal leaves it that has exactly these numbers of findings per code and this safety. */
async function firstResult(workspace: Workspace, rule: string, count: number): Promise<string | null | undefined> {
  const proposals = await proposalsFor(workspace);
  const found = proposals.find(({ findings }) => findings.length === count && findings.every((one) => one.rule === rule));
  assert.ok(found, `no proposal for ${count} × ${rule}: ${proposals.map(({ title }) => title).join("; ")}`);
  return (await applied(found, workspace))[found.edits[0]?.file ?? ""];
}

test("missing imports: named, default and type-only, all of a file in one", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": tsconfig({ verbatimModuleSyntax: true }),
    "package.json": '{ "type": "module" }',
    "src/lib.ts":
      "export interface Shape { side: number }\nexport const area = (it: Shape): number => it.side;\nexport default class Canvas {}\n",
    "src/a.ts": "const it: Shape = { side: 1 };\nexport const all = [area(it), area(it), new Canvas()];\n",
  });
  const [together, ...singles] = await proposalsFor(workspace);
  assert.ok(together);
  assert.equal(together.findings.length, 4);
  assert.equal(together.safety, "safe");
  const text = (await applied(together, workspace))["src/a.ts"] ?? "";
  assert.match(text, /^import Canvas, \{ (?:type Shape, area|area, type Shape) \} from "\.\/lib\.js";\n\nconst it: Shape/);
  const imports = singles.filter(({ title }) => title.includes("Add import"));
  assert.deepEqual(imports.map(({ findings }) => findings.length), [1, 2, 1], "one import settles both uses of `area`");
  assert.match((imports[0]?.edits[0]?.after ?? ""), /^import type \{ Shape \} from/);
});

test("spelling, missing await, missing new, and a member that is there as `this.`", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": tsconfig(),
    "src/a.ts": [
      "const longName = 1;",
      "export const one = longNam;",
      "declare function load(): Promise<number>;",
      "export async function total() { return load() + 1; }",
      "class Box { side = 1; area() { return side; } }",
      "export const box = Box();",
      "",
    ].join("\n"),
  });
  const proposals = await proposalsFor(workspace);
  const result = async (rule: string): Promise<string> => {
    const found = proposals.find(({ findings }) => findings[0]?.rule === rule);
    assert.ok(found && found.safety !== "display", rule);
    return (await applied(found, workspace))["src/a.ts"] ?? "";
  };
  assert.match(await result("TS2552"), /one = longName;/);
  assert.match(await result("TS2365"), /return await load\(\) \+ 1/);
  assert.match(await result("TS2663"), /return this\.side;/);
  assert.match(await result("TS2348"), /box = new Box\(\);/);
});

test("the override modifier, in one for the file and one by one", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": tsconfig({ noImplicitOverride: true }),
    "src/a.ts": "class A {\n  a() {}\n  b() {}\n}\nexport class B extends A {\n  a() {}\n  b() {}\n}\n",
  });
  const proposals = await proposalsFor(workspace);
  assert.deepEqual(proposals.map(({ findings, safety }) => [findings.length, safety]), [[2, "safe"], [1, "safe"], [1, "safe"]]);
  const [together] = proposals;
  assert.ok(together);
  assert.match((await applied(together, workspace))["src/a.ts"] ?? "", /B extends A \{\n  override a\(\) \{\}\n  override b/);
});

test("TS1484: a type imported as a value under verbatimModuleSyntax", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": tsconfig({ verbatimModuleSyntax: true }),
    "package.json": '{ "type": "module" }',
    "src/lib.ts": "export interface One { a: 1 }\nexport interface Two { a: 2 }\n",
    "src/a.ts": 'import { One, Two } from "./lib.js";\nexport type Both = One | Two;\n',
  });
  assert.match((await firstResult(workspace, "TS1484", 2)) ?? "", /^import type \{ One, Two \}|^import \{ type One, type Two \}/);
});

test("a missing property is declared and tried; a missing method would be a stub and is only shown", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": tsconfig(),
    "src/a.ts": "export class A {\n  run() {\n    this.size = 2;\n    this.go(1);\n  }\n}\n",
  });
  const proposals = await proposalsFor(workspace);
  const property = proposals.find(({ title }) => title.includes("Declare property 'size'"));
  assert.ok(property);
  assert.equal(property.safety, "unsafe");
  assert.match((await applied(property, workspace))["src/a.ts"] ?? "", /class A \{\n  size: number;\n/);
  const stubs = proposals.filter(({ edits }) => edits.some(({ after }) => after?.includes("not implemented")));
  assert.ok(stubs.length > 0);
  assert.ok(stubs.every(({ safety, caution }) => safety === "display" && caution === "stub"));
});

test("interfaces and abstract classes are never filled in with stubs that land", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": tsconfig(),
    "src/a.ts":
      "interface Runs { run(): void; name: string }\nexport class A implements Runs {}\nabstract class B { abstract b(): void }\nexport class C extends B {}\nexport const it: Runs = {};\n",
  });
  const proposals = await proposalsFor(workspace);
  assert.ok(proposals.length >= 3);
  assert.deepEqual(new Set(proposals.map(({ safety, caution }) => `${safety} ${caution ?? ""}`)), new Set(["display stub"]));
});

test("an uninitialised property: its honest type is tried, a bare claim or a made-up value is shown", async () => {
  using workspace = plainWorkspace({ "tsconfig.json": tsconfig(), "src/a.ts": "export class A {\n  name: string;\n}\n" });
  const proposals = await proposalsFor(workspace);
  assert.deepEqual(
    proposals.map(({ safety, caution, edits }) => [safety, caution, edits[0]?.after]),
    [
      ["unsafe", undefined, " | undefined"],
      ["display", "assertion", "!"],
    ],
  );
});

test("nothing is proposed that hides an error", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": tsconfig({ allowJs: true, checkJs: true }),
    "src/a.js": "/** @type {number} */\nexport const one = 'text';\nexport const two = nowhere;\n",
  });
  const findings = await compilerFindings(workspace);
  assert.equal(findings.length, 2);
  const proposals = await collect(proposer, findings, workspace);
  assert.deepEqual(proposals.filter(({ edits }) => edits.some(({ after }) => after?.includes("@ts-"))), []);
});
