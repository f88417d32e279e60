/** stet's own fixers, on what the real compiler says of one small project each: with git's memory, and without. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { applied, collect, compilerFindings } from "../../test/support/proposals.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { Workspace } from "../domain/plugin.ts";
import type { Proposal } from "../domain/proposal.ts";
import { proposer } from "./ts-codefix.ts";

const tsconfig = JSON.stringify({
  compilerOptions: { strict: true, target: "es2022", skipLibCheck: true, lib: ["es2022"], module: "esnext", moduleResolution: "bundler", types: [] },
  include: ["src"],
});

interface Offered {
  readonly findings: readonly string[];
  /** What each proposal for a file's first finding of a code leaves there, best first. */
  readonly results: (file: string, rule: string) => Promise<(string | null | undefined)[]>;
  readonly proposals: readonly Proposal[];
}

async function offered(workspace: Workspace): Promise<Offered> {
  const findings = await compilerFindings(workspace);
  const proposals = await collect(proposer, findings, workspace);
  return {
    findings: findings.map(({ rule, at }) => `${at?.file ?? ""} ${rule}`),
    proposals,
    results: async (file, rule) => {
      const first = findings.find((one) => one.rule === rule && one.at?.file === file);
      assert.ok(first, `${rule} in ${file}: ${findings.map((one) => `${one.rule} ${one.at?.file ?? ""}`).join(", ")}`);
      const meant = proposals.filter(({ findings: [one, ...more], safety }) => one === first && more.length === 0 && safety !== "display");
      return Promise.all(meant.map(async (proposal) => (await applied(proposal, workspace))[proposal.edits[0]?.file ?? ""]));
    },
  };
}

/** A file, the compiler's code for it, and what the first proposal is to leave in the file it edits. */
type Case = readonly [file: string, rule: string, broken: string, mended: string];

const LIBRARY = {
  "src/lib/area.ts": "export const area = (side: number): number => side * side;\nexport const perimeterOf = (side: number): number => 4 * side;\n",
  "src/lib/solid.ts": "export const volume = (width: number, height: number, depth: number): number => width * height * depth;\n",
  "src/lib/canvas.ts": "export default class Canvas {}\n",
  "src/lib/barrel.ts": 'export * from "./hidden";\n',
  "src/lib/hidden.ts": "const hidden = 1;\nexport const other = hidden;\n",
  "src/lib/box.ts":
    "export interface Box { sideLength: number; colour?: string }\nexport interface Size { width: number; height: number }\n" +
    "export declare function load(): Promise<Box>;\nexport declare function launch(): number;\nexport declare const box: Box;\n",
};

const CASES: readonly Case[] = [
  ["src/path.ts", "TS2307", 'import { area } from "./area";\nexport const a = area(2);\n', 'import { area } from "./lib/area";\nexport const a = area(2);\n'],
  ["src/side.ts", "TS2307", 'export const solid = import("./lib/solidd");\n', 'export const solid = import("./lib/solid");\n'],
  ["src/named.ts", "TS2613", 'import area from "./lib/area";\nexport const a = area(2);\n', 'import { area } from "./lib/area";\nexport const a = area(2);\n'],
  ["src/default.ts", "TS2614", 'import { Canvas } from "./lib/canvas";\nexport const c = new Canvas();\n', 'import Canvas from "./lib/canvas";\nexport const c = new Canvas();\n'],
  [
    "src/uses.ts", "TS2724",
    'import { perimeter } from "./lib/area";\nexport const p = perimeter(1);\nexport const it = { perimeter };\nexport { perimeter };\n',
    'import { perimeterOf } from "./lib/area";\nexport const p = perimeterOf(1);\nexport const it = { perimeter: perimeterOf };\nexport { perimeterOf as perimeter };\n',
  ],
  [
    "src/taken.ts", "TS2724",
    'import { perimeter } from "./lib/area";\nconst perimeterOf = 1;\nexport const p = perimeter(perimeterOf);\n',
    'import { perimeterOf as perimeter } from "./lib/area";\nconst perimeterOf = 1;\nexport const p = perimeter(perimeterOf);\n',
  ],
  ["src/again.ts", "TS2724", 'export { perimeter } from "./lib/area";\n', 'export { perimeterOf as perimeter } from "./lib/area";\n'],
  [
    "src/moved.ts", "TS2305",
    'import { area, volume } from "./lib/area";\nexport const v = volume(area(1), 1, 1);\n',
    'import { volume } from "./lib/solid";\nimport { area } from "./lib/area";\nexport const v = volume(area(1), 1, 1);\n',
  ],
  ["src/keyword.ts", "TS2305", 'import { hidden } from "./lib/barrel";\nexport const h = hidden;\n', "export const hidden = 1;\nexport const other = hidden;\n"],
  ["src/member.ts", "TS2339", 'import { box } from "./lib/box";\nexport const s = box.side;\n', 'import { box } from "./lib/box";\nexport const s = box.sideLength;\n'],
  ["src/pattern.ts", "TS2339", 'import { box } from "./lib/box";\nexport const { side } = box;\n', 'import { box } from "./lib/box";\nexport const { sideLength: side } = box;\n'],
  ["src/literal.ts", "TS2353", 'import type { Box } from "./lib/box";\nexport const b: Box = { edge: 1 };\n', 'import type { Box } from "./lib/box";\nexport const b: Box = { sideLength: 1 };\n'],
  [
    "src/property.ts", "TS2741",
    'import type { Size } from "./lib/box";\nconst width = 1;\nexport const s: Size = { height: 2 };\nexport const w = width;\n',
    'import type { Size } from "./lib/box";\nconst width = 1;\nexport const s: Size = { width, height: 2 };\nexport const w = width;\n',
  ],
  ["src/surplus.ts", "TS2554", 'import { area } from "./lib/area";\nexport const a = area(1, { a: -1 });\n', 'import { area } from "./lib/area";\nexport const a = area(1);\n'],
  [
    "src/missing.ts", "TS2554",
    'import { volume } from "./lib/solid";\nconst height = 3;\nexport const v = volume(1, 2) + height;\n',
    'import { volume } from "./lib/solid";\nconst height = 3;\nexport const v = volume(1, height, 2) + height;\n',
  ],
  [
    "src/wait.ts", "TS2339",
    'import { load } from "./lib/box";\nexport async function f() { const it = load(); return it.sideLength; }\n',
    'import { load } from "./lib/box";\nexport async function f() { const it = await load(); return it.sideLength; }\n',
  ],
  [
    "src/class.ts", "TS2420",
    'import type { Box } from "./lib/box";\nexport class B implements Box { sideLengthOf = 1; twice() { return this.sideLengthOf * 2; } }\n',
    'import type { Box } from "./lib/box";\nexport class B implements Box { sideLength = 1; twice() { return this.sideLength * 2; } }\n',
  ],
];

test("what the project itself says: paths, exports, members, arguments, promises", async (context) => {
  const broken = Object.fromEntries(CASES.map(([file, , text]) => [file, text]));
  const none = {
    "src/acts.ts": 'import { area } from "./lib/area";\nimport { launch } from "./lib/box";\nexport const a = area(1, launch());\n',
    "src/unknown.ts": 'import type { Size } from "./lib/box";\nexport const s: Size = { height: 2 };\n',
  };
  using workspace = plainWorkspace({ "tsconfig.json": tsconfig, ...LIBRARY, ...broken, ...none });
  const { findings, proposals, results } = await offered(workspace);
  assert.deepEqual([...findings].sort(), [...CASES.map(([file, rule]) => `${file} ${rule}`), "src/acts.ts TS2554", "src/unknown.ts TS2741"].sort());
  for (const [file, rule, , mended] of CASES) {
    await context.test(`${rule} in ${file}`, async () => assert.equal((await results(file, rule))[0], mended));
  }
  await context.test("an argument that acts stays, and no value is made up", () => {
    const touched = proposals.filter(({ edits, safety }) => safety !== "display" && edits.some(({ file }) => Object.hasOwn(none, file)));
    const taken = touched.filter(({ edits }) => edits.some(({ before }) => before?.includes("launch")));
    assert.deepEqual(taken, []);
    assert.deepEqual(touched.filter(({ edits }) => edits.some(({ file }) => file === "src/unknown.ts")), []);
  });
});

test("what git remembers: names and files that went elsewhere, and what was dropped", async () => {
  const before = {
    "src/units.ts": "export const alpha = 1;\nexport const gamma = 3;\nexport interface Point { across: number; down: number }\n",
    "src/place.ts": "export const here = 'a rather long text, so that git knows the file again';\nexport const there = 2;\n",
    "src/name.ts": "import { alpha, gamma } from './units';\nexport const sum = alpha + alpha + gamma;\n",
    "src/member.ts": "import type { Point } from './units';\nexport const far = (it: Point): number => it.across;\n",
    "src/file.ts": "export * from './place';\n",
    "src/argument.ts": "const call = (one: number, two: number): number => one - two;\nexport const made = call(1, 7 * 6);\n",
  };
  using workspace = plainWorkspace({ "tsconfig.json": tsconfig, ".gitignore": "node_modules\n", ...before });
  const git = (...args: string[]): void => {
    const who = ["-c", "user.name=Ada Tester", "-c", "user.email=ada@example.invalid", "-c", "commit.gpgSign=false"];
    execFileSync("git", [...who, ...args], { cwd: workspace.root, stdio: "pipe" });
  };
  const commit = (): void => {
    git("add", "--all");
    git("commit", "--quiet", "--message=change");
  };
  git("init", "--quiet");
  commit();
  const change = (file: string, text: string): void => writeFileSync(join(workspace.root, file), text);
  change("src/units.ts", "export const omega = 1;\nexport const gamma = 3;\nexport interface Point { x: number; y: number }\n");
  change("src/elsewhere.ts", before["src/place.ts"]);
  rmSync(join(workspace.root, "src/place.ts"));
  change("src/argument.ts", before["src/argument.ts"].replace(", 7 * 6", ""));
  commit();
  const { results } = await offered(workspace);
  const first = async (file: string, rule: string): Promise<unknown> => (await results(file, rule))[0];
  assert.equal(await first("src/name.ts", "TS2305"), "import { omega, gamma } from './units';\nexport const sum = omega + omega + gamma;\n");
  assert.equal(await first("src/file.ts", "TS2307"), "export * from './elsewhere';\n");
  assert.equal(await first("src/argument.ts", "TS2554"), before["src/argument.ts"]);
  assert.equal(await first("src/member.ts", "TS2339"), before["src/member.ts"].replace("it.across", "it.x"));
});

test("what looks unused is not deleted while a slip elsewhere in the file asks for it", async () => {
  using workspace = plainWorkspace({
    "tsconfig.json": tsconfig.replace('"strict":true', '"strict":true,"noUnusedLocals":true,"noUnusedParameters":true'),
    "src/lib.ts": "export const distance = 1;\nexport const spare = 2;\nexport const stop = 3;\nexport const used = 4;\n",
    "src/a.ts": 'import { distance, spare, used } from "./lib";\nexport const twice = (given: number): number => used * distanec * gvien;\n',
    "src/b.ts": 'import { sttop } from "./lib";\nexport interface It { readonly stop: typeof stop }\n',
  });
  const { findings, proposals } = await offered(workspace);
  assert.ok(["src/a.ts TS6133", "src/b.ts TS6133"].every((one) => findings.includes(one)));
  const unused = proposals.filter(({ findings: [one], safety }) => one?.rule === "TS6133" && safety !== "display");
  const texts = await Promise.all(unused.map((proposal) => applied(proposal, workspace)));
  assert.deepEqual(texts.map((text) => text["src/a.ts"]?.split("\n")[0]), ['import { distance, used } from "./lib";'], "only what nobody asks for");
  const slip = proposals.find(({ findings: [one] }) => one?.rule === "TS2724");
  assert.ok(slip);
  assert.match((await applied(slip, workspace))["src/b.ts"] ?? "", /^import \{ stop \} from/);
});
