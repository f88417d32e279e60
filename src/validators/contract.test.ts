/**
 * What every validator keeps to, whichever tool it reads. The tools' faults are real ones: real programs that crash,
 * hang or print nonsense stand in the tool's place.
 */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { needing } from "../../test/support/programs.ts";
import { CASES, type Case } from "../../test/support/validator-cases.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { CheckDefinition, Command, Workspace } from "../domain/plugin.ts";
import { isRead, type Read, type Reading } from "../domain/reading.ts";

function definitionOf({ validator, options }: Case): CheckDefinition {
  return { name: "its-own-name", use: validator.name, ...options };
}

async function read(one: Case, text: string): Promise<Reading> {
  using workspace = plainWorkspace({ ...one.project, [one.file]: text });
  return await one.validator.create(definitionOf(one)).read(asInstalled(one, workspace));
}

/** The workspace with the case's own stand-in where its tool is not there. */
function asInstalled({ standIn }: Case, workspace: Workspace): Workspace {
  if (!standIn) return workspace;
  return { ...workspace, run: (asked) => workspace.run({ ...asked, argv: [...standIn, ...asked.argv.slice(1)] }) };
}

/** Where a tool was told to write its report. */
function reportOf(argv: readonly string[], scratch: string): string | undefined {
  const found = argv.find((word) => word.includes(scratch));
  return found?.slice(found.indexOf(scratch));
}

/** What a shell ends with where a program is not there. */
const NOT_THERE = 127;

/** Not what only makes room for a report. */
function isTool({ argv: [program = ""] }: Command): boolean {
  return !["mkdir", "rm"].includes(program);
}

/** The workspace with another program in the tool's place. */
function withStandIn(workspace: Workspace, standIn: (command: Command) => Partial<Command>): Workspace {
  return { ...workspace, run: (asked) => workspace.run(isTool(asked) ? { ...asked, ...standIn(asked) } : asked) };
}

/** A program that prints `text` and `errors`, writes `report` where the tool should have, and ends with `code`. */
function printing(text: string, report: string, code: number, scratch: string, errors = ""): (asked: Command) => Partial<Command> {
  const script = `test -z "$3" || printf %s "$2" > "$3"; printf %s "$1"; printf %s "$4" >&2; exit ${code}`;
  return ({ argv }) => ({ argv: ["sh", "-c", script, "sh", text, report, reportOf(argv, scratch) ?? "", errors] });
}

interface Recorder {
  /** What the real tool says of the bad tree. */
  readonly bad: () => Promise<Reading>;
  /** What is read of as much of that, from the beginning: 1 is all of it. */
  readonly replay: (share: number) => Promise<Reading>;
}

function recording(one: Case, workspace: Workspace): Recorder {
  const seen: { text: string; report: string; code: number; errors: string }[] = [];
  // A check may learn from its first reading which question its tool understands: what is replayed goes to a new one.
  const ask = (through: Workspace): Promise<Reading> => one.validator.create(definitionOf(one)).read(through);
  const run: Workspace["run"] = async (asked) => {
    const outcome = await asInstalled(one, workspace).run(asked);
    if (!isTool(asked)) return outcome;
    const path = reportOf(asked.argv, workspace.scratch);
    const report = (path !== undefined && (await workspace.readText(path))) || "";
    seen.push({ text: outcome.stdout, report, code: outcome.ended.kind === "exited" ? outcome.ended.code : NOT_THERE, errors: outcome.stderr });
    return outcome;
  };
  const replay = (share: number): Promise<Reading> => {
    const rest = seen.values();
    const standIn = (asked: Command): Partial<Command> => {
      const { text, report, code, errors } = rest.next().value ?? { text: "", report: "", code: 0, errors: "" };
      const answer = printing(text, report.slice(0, share * report.length), code, workspace.scratch, errors)(asked);
      return text === "" ? answer : { ...answer, maxOutputBytes: Math.ceil(share * Buffer.byteLength(text)) };
    };
    return ask(withStandIn(workspace, standIn));
  };
  return { bad: () => ask({ ...workspace, run }), replay };
}

const FAULTS: Readonly<Record<string, { argv: string[]; kind: Reading["kind"] }>> = {
  "a signal": { argv: ["sh", "-c", "kill -KILL $$"], kind: "crashed" },
  "exit code 126": { argv: ["sh", "-c", "exit 126"], kind: "missing" },
  "exit code 127": { argv: ["sh", "-c", "exit 127"], kind: "missing" },
  "a program that is not there": { argv: ["no-such-program-anywhere"], kind: "missing" },
  "an exit code of its own": { argv: ["sh", "-c", "echo fatal >&2; exit 70"], kind: "crashed" },
  "no end": { argv: ["sleep", "60"], kind: "timeout" },
};

for (const one of CASES) {
  const { name } = one.validator;
  const needed = needing(...(one.needs ?? []));

  test(`${name}: a good tree reads clean, a bad one does not, and the same the next time; an output that was cut is no reading`, needed, async () => {
    using workspace = plainWorkspace({ ...one.project, [one.file]: one.bad });
    const recorder = recording(one, workspace);
    const [good, bad, again] = [await read(one, one.good), await recorder.bad(), await read(one, one.bad)];
    assert.ok(isRead(good) && isRead(bad) && isRead(again), JSON.stringify([good, bad, again]));
    assert.deepEqual([good.check, bad.check], ["its-own-name", "its-own-name"]);
    assert.deepEqual(good.findings, []);
    assert.notEqual(bad.findings.length, 0);
    assert.ok(bad.findings.every(({ by, at }) => by === "its-own-name" && at?.file === (one.isUnplaced ? undefined : one.file)));
    assert.deepEqual(again.findings, bad.findings);
    const moved = await read(one, `\n${one.bad}`);
    assert.ok(isRead(moved), JSON.stringify(moved));
    const keys = ({ findings }: Read): string[] => findings.map(({ key }) => key);
    assert.deepEqual(keys(moved), keys(bad), "a finding keeps its key when lines move");

    const whole = await recorder.replay(1);
    assert.ok(isRead(whole), JSON.stringify(whole));
    assert.ok(!isRead(await recorder.replay(0.5)));
  });

  for (const [fault, { argv, kind }] of Object.entries(FAULTS)) {
    test(`${name}: ${fault} is ${kind}, never a reading`, async () => {
      using workspace = plainWorkspace({ ...one.project, [one.file]: one.good });
      const definition = { ...definitionOf(one), ...(kind === "timeout" && { timeoutMs: 100 }) };
      const reading = await one.validator.create(definition).read(withStandIn(workspace, () => ({ argv })));
      assert.equal(reading.kind, kind, JSON.stringify(reading));
      assert.equal(reading.check, "its-own-name");
    });
  }

  test(`${name}: nonsense and silence are no reading, whatever the exit code`, async () => {
    using workspace = plainWorkspace({ ...one.project, [one.file]: one.good });
    for (const text of ["", "null", "[{}]", "{}", '{"testResults":[{}]}', "<testsuite", "all is well\n", "\u0001\uFFFD"]) {
      for (const code of [0, 1]) {
        if (code === 0 && (one.isFreeText === true || (one.isSilent === true && text === ""))) continue;
        const broken = withStandIn(workspace, printing(text, text, code, workspace.scratch));
        const reading = await one.validator.create(definitionOf(one)).read(broken);
        assert.ok(!isRead(reading), `${text} ${code}: ${JSON.stringify(reading)}`);
      }
    }
  });

  test(`${name}: is found in its own kind of project only, by a definition that is plain data`, async () => {
    assert.deepEqual(await one.validator.detect(projectOf({})), []);
    assert.deepEqual(await one.validator.detect(projectOf({ "package.json": "{ not json", "tsconfig.base.json": "" })), []);
    const packages = ["eslint", "@biomejs/biome", "oxlint", "vue-tsc", "svelte-check", "@astrojs/check"];
    const installed = Object.fromEntries(packages.map((one) => [`node_modules/${one}/package.json`, "{}"]));
    const [definition] = await one.validator.detect(projectOf({ ...one.project, [one.file]: one.good }, installed));
    assert.equal(definition?.use, one.isConfigured ? undefined : name);
    if (!definition) return;
    assert.deepEqual(JSON.parse(JSON.stringify(definition)), definition);
    assert.deepEqual(one.validator.create(definition).definition, definition);
  });
}

test("every validator is held to this", () => {
  const files = readdirSync(import.meta.dirname).filter((file) => /^[a-z-]+\.ts$/.test(file) && file !== "index.ts");
  assert.deepEqual(CASES.map(({ validator }) => `${validator.name}.ts`).sort(), files.sort());
  for (const { validator } of CASES) assert.match(validator.summary, /^[A-Z].*\.$/);
});
