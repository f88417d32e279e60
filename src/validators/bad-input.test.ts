/** What the linters and type checkers with a report of their own make of outputs that are not as they should be. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { Outcome, Validator, Workspace } from "../domain/plugin.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import { validator as biome } from "./biome.ts";
import { validator as eslint } from "./eslint.ts";
import { validator as mypy } from "./mypy.ts";
import { validator as oxlint } from "./oxlint.ts";
import { validator as pyright } from "./pyright.ts";
import { validator as ruff } from "./ruff.ts";
import { validator as tsc } from "./tsc.ts";

interface Tool {
  readonly validator: Validator;
  /** As the tool prints findings in these files. */
  readonly report: (root: string, files: readonly string[]) => string;
  /** How it says that it does not know an option, and how it ends then. */
  readonly unknown: readonly [words: string, code: number];
  /** With which code it ends where all that it found are warnings. */
  readonly warns?: 0 | 1;
}

const spot = { line: 1, column: 1 };
const TOOLS: readonly Tool[] = [
  {
    validator: eslint,
    report: (root, files) => JSON.stringify(files.map((file) => ({ filePath: /^(?:\/|\w:)/.test(file) ? file : `${root}/${file}`, messages: [{ ruleId: "no-var", severity: 2, message: "m", ...spot }] }))),
    unknown: ["Invalid option '--format'", 2],
  },
  {
    validator: biome,
    report: (_, files) =>
      JSON.stringify({
        summary: { errors: files.length, warnings: 0, diagnosticsNotPrinted: 0 },
        diagnostics: files.map((path) => ({ category: "lint/style/useConst", severity: "error", message: "m", location: { path, start: spot } })),
      }),
    unknown: ["`--reporter` is not expected in this context", 1],
  },
  {
    validator: oxlint,
    report: (_, files) => JSON.stringify({ diagnostics: files.map((filename) => ({ message: "m", code: "eslint(no-var)", filename, labels: [{ span: spot }] })), number_of_files: 1 }),
    unknown: ["`--format` is not expected in this context", 1],
  },
  {
    validator: ruff,
    report: (_, files) => JSON.stringify(files.map((filename) => ({ code: "F401", message: "m", filename, location: { row: 1, column: 1 } }))),
    unknown: ["error: unexpected argument '--output-format' found", 2],
  },
  {
    validator: pyright,
    report: (root, files) =>
      JSON.stringify({
        generalDiagnostics: files.map((file) => ({ file: file.startsWith("/") ? file : `${root}/${file}`, severity: "error", message: "m", range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }, rule: "reportCallIssue" })),
        summary: { filesAnalyzed: 1, errorCount: files.length, warningCount: 0, informationCount: 0 },
      }),
    unknown: ["Unknown option outputjson", 4],
  },
  { validator: mypy, report: (_, files) => files.map((file) => `${JSON.stringify({ file, line: 1, column: 0, message: "m", hint: null, code: "name-defined", severity: "error" })}\n`).join(""), unknown: ["mypy: error: unrecognized arguments", 2] },
  { validator: tsc, report: (_, files) => files.map((file, index) => `${file}(${index + 1},1): error TS2304: m\n`).join(""), unknown: ["error TS5023: Unknown compiler option '--pretty'.", 1] },
];

async function read({ validator }: Tool, workspace: Workspace, stdout: string, code: number): Promise<Reading> {
  const outcome: Outcome = { ended: { kind: "exited", code }, stdout, stderr: "", truncated: false, durationMs: 1 };
  const check = validator.create({ name: "check", use: validator.name });
  return check.read({ ...workspace, run: () => Promise.resolve(outcome) });
}

for (const tool of TOOLS) {
  const name = tool.validator.name;
  const code = name === "tsc" ? 2 : 1;
  const own = name === "pyright" || name === "mypy" || name === "ruff" ? "a.py" : "a.ts";
  const files = { "a.ts": "x\n", "a.py": "x\n", "tsconfig.json": "{}" };

  // tsc's lines are free text: what is none of them may be a finding that nobody knows, so a banner is unclear there.
  test(`${name}: a banner and line ends of Windows are read over or unclear, and half of an output is never read as less`, async () => {
    using workspace = plainWorkspace(files);
    const report = tool.report(workspace.root, [own, own]);
    for (const output of [report, `A new version is available!\nRun update.\n\n${report}`, `${report.replaceAll("\n", "\r\n")}\r\n`]) {
      const reading = await read(tool, workspace, output, code);
      if (name === "tsc" && output.startsWith("A new")) {
        assert.match(isRead(reading) ? "" : `${reading.kind} ${reading.detail}`, /^unreadable A new version/);
        continue;
      }
      assert.ok(isRead(reading) && reading.findings.length === 2, `${output}: ${JSON.stringify(reading)}`);
      assert.equal(reading.findings[0]?.at?.file, own);
    }
    const half = await read(tool, workspace, report.slice(0, report.length * 0.7), code);
    assert.ok(!isRead(half) || name === "tsc", JSON.stringify(half));
  });

  test(`${name}: a version that does not know an option could not tell`, async () => {
    using workspace = plainWorkspace(files);
    const [words, ended] = tool.unknown;
    const reading = await read(tool, workspace, words, ended);
    assert.ok(!isRead(reading) || reading.findings.every(({ at }) => at === undefined), JSON.stringify(reading));
    if (name !== "tsc") assert.match(isRead(reading) ? "" : reading.detail, /option|argument|context/, "the log is kept");
  });

  test(`${name}: findings outside of the repository are told and never read as inside; a hundred thousand are read`, async () => {
    using workspace = plainWorkspace(files);
    const outside = await read(tool, workspace, tool.report(workspace.root, ["/elsewhere/b.py"]), code);
    assert.ok(isRead(outside), JSON.stringify(outside));
    for (const { at, fixes } of outside.findings) assert.ok(/^(?:\.\.\/|\/)/.test(at?.file ?? "../") && !fixes, JSON.stringify(at));
    const many = await read(tool, workspace, tool.report(workspace.root, Array.from({ length: 100_000 }, () => own)), code);
    assert.ok(isRead(many) && many.findings.length === 100_000, JSON.stringify(many).slice(0, 300));
  });
}
