/**
 * Lints Python with ruff's WebAssembly build. Runs as a program of its own beside the project's files, which it only
 * reads: nothing of theirs is loaded or run. Reads one question from standard input, and answers with a report in the
 * shape of ruff's own JSON: absolute file names, columns in code points without a BOM, and a grade for each fix. Ends
 * with 0 where it found nothing, 1 where it did, 2 where it could not tell.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { PositionEncoding, Workspace, type Diagnostic } from "@astral-sh/ruff-wasm-nodejs";
import { configurationFor, type Configuration } from "./ruff/configuration.ts";
import { gradeOf } from "./ruff/grades.ts";
import { ruffQuestion, type RuffQuestion } from "./ruff/protocol.ts";

const BOM = "\uFEFF";
/** The build takes every file for a module: rules for stubs would not hold. */
const LINTED = /\.py$/;
/** Larger files are generated, and the linter's memory is bounded. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;

interface Row {
  readonly row: number;
  readonly column: number;
}

function* filesOf({ paths, only }: RuffQuestion): Generator<string> {
  for (const path of only ?? paths) yield* walk(path.replace(/^\.\//, "").replace(/\/+$/, ""));
}

function* walk(path: string): Generator<string> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === true && LINTED.test(path)) yield path;
  if (found?.isDirectory() !== true) return;
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const inner = path === "." ? entry.name : join(path, entry.name);
    if (entry.isDirectory() && !isLeftOut(inner)) yield* walk(inner);
    else if (entry.isFile() && LINTED.test(entry.name)) yield inner;
  }
}

function isLeftOut(folder: string): boolean {
  return /(?:^|\/)(?:\.git|node_modules)$/.test(folder) || statSync(join(folder, "pyvenv.cfg"), { throwIfNoEntry: false }) !== undefined;
}

const known = new Map<string, Configuration>();
const linters = new Map<Configuration, Workspace>();

function lint(file: string, select: readonly string[] | undefined): unknown[] {
  const folder = dirname(file);
  const configuration = configurationFor(folder === "." ? "" : folder, known, select);
  if (configuration.isExcluded(file) || statSync(file).size > MAX_FILE_BYTES) return [];
  const linter = linters.get(configuration) ?? new Workspace(configuration.options, PositionEncoding.Utf32);
  linters.set(configuration, linter);
  const text = textOf(file);
  if (text === undefined) return [{ code: "E902", message: "stream did not contain valid UTF-8", filename: resolve(file), location: FIRST }];
  const shift = text.startsWith(BOM) ? 1 : 0;
  const ignored = configuration.ignored(file);
  const found = linter.check(text) as readonly Diagnostic[];
  return found.flatMap((one) => {
    const code = one.code ?? "invalid-syntax";
    if (ignored.some((prefix) => prefix === "ALL" || code.startsWith(prefix))) return [];
    return [violation(one, { code, file, shift })];
  });
}

const FIRST: Row = { row: 1, column: 1 };

/** Undefined where it is no UTF-8, which ruff itself tells as E902. */
function textOf(file: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch {
    return undefined;
  }
}

function violation({ message, start_location: start, fix }: Diagnostic, { code, file, shift }: { code: string; file: string; shift: number }) {
  const placed = ({ row, column }: Row): Row => ({ row, column: row === 1 ? Math.max(1, column - shift) : column });
  return {
    code,
    message,
    filename: resolve(file),
    location: placed(start),
    fix: fix && {
      applicability: gradeOf(code, file),
      message: fix.message,
      edits: fix.edits.map(({ content, location, end_location: end }) => ({ content, location: placed(location), end_location: placed(end) })),
    },
  };
}

try {
  const question = ruffQuestion.parse(JSON.parse(readFileSync(0, "utf8")));
  const files = [...filesOf(question)];
  if (files.length === 0 && !question.only) process.stderr.write("No Python files found under the given paths\n");
  const report = files.flatMap((file) => lint(file, question.select));
  process.stdout.write(JSON.stringify(report));
  process.exitCode = report.length > 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
