/**
 * The project's own TypeScript compiler, 5 to 7.
 *
 * The compiler reports in phases. Where the configuration is wrong it reports nothing else, so such a reading is
 * `unreadable`. Where a file does not parse it reports syntax errors only: that is a reading, but type errors that it
 * hides show up when the syntax is mended. Before TypeScript 5.6, `tsc -b` in the same way skips every project that
 * depends on one with errors. Both make stet refuse a good change at worst, never land a bad one.
 *
 * With project references the compiler must write declaration files where one referenced project refers to another;
 * they land in the trial's own worktree, which is thrown away.
 */
import { posix } from "node:path";
import { z } from "zod";
import { categoryOf } from "../domain/categories.ts";
import { finding, type Finding } from "../domain/finding.ts";
import type { ChangedPath, CheckDefinition, Outcome, Validator, Workspace } from "../domain/plugin.ts";
import { isRead, type Read, type Reading } from "../domain/reading.ts";
import { commonOptions } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords, type Fault } from "./shared/outcome.ts";
import { repositoryPath, withoutRoot } from "./shared/paths.ts";
import { isFatal, parseOutput, type Diagnostic } from "./shared/tsc-output.ts";
import { openTscOracle } from "./shared/tsc-oracle.ts";
import { findTscProjects } from "./shared/tsc-projects.ts";

const options = {
  projects: z.array(z.string().min(1)).min(1).default(["tsconfig.json"]).describe("Paths of tsconfig files."),
  build: z.boolean().default(false).describe("Build the projects with their references (`tsc -b`)."),
};

const BUILD_DRY = ["tsc", "-b", "--noEmit", "--pretty", "false"] as const;
const BUILD = ["tsc", "-b", "--pretty", "false"] as const;

/** `--noEmit` is not known to `-b` (before 5.6), or a project that another one refers to may not do without output. */
const NEEDS_OUTPUT: readonly string[] = ["TS5094", "TS6310"];

/** Unclean code is exit code 1 or 2, depending on whether output was written; the rest are the compiler's own faults. */
const CODES: readonly number[] = [0, 1, 2];

/** What a check learns from its first reading, so that later ones need not build twice. */
interface Learnt {
  needsOutput: boolean;
}

async function read(
  definition: CheckDefinition,
  learnt: Learnt,
  workspace: Workspace,
  signal?: AbortSignal,
): Promise<Reading> {
  const { projects, build, timeoutMs, network } = z.object({ ...commonOptions, ...options }).parse(definition);
  const compile = async (argv: readonly string[]): Promise<Compiled> => {
    const outcome = await workspace.run({ argv, timeoutMs, network, ...(signal && { signal }) });
    return { ...compiled(definition.name, outcome), durationMs: outcome.durationMs };
  };
  const runs: Compiled[] = [];
  if (build) {
    const dry = learnt.needsOutput ? undefined : await compile([...BUILD_DRY, ...projects]);
    learnt.needsOutput ||= dry?.diagnostics.some(({ code }) => NEEDS_OUTPUT.includes(code)) === true;
    runs.push(dry && !learnt.needsOutput ? dry : await compile([...BUILD, ...projects]));
  } else {
    for (const project of projects) runs.push(await compile(["tsc", "--noEmit", "--pretty", "false", "--listFiles", "-p", project]));
  }
  const reading = joined(definition.name, workspace.root, runs);
  const inputs = build ? undefined : inputsOf(workspace.root, runs);
  return isRead(reading) && inputs ? { ...reading, inputs } : reading;
}

/** One run of the compiler: its diagnostics, or why there are none to be had. */
interface Compiled {
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly fault?: Fault | undefined;
  readonly durationMs: number;
}

function compiled(check: string, outcome: Outcome): Omit<Compiled, "durationMs"> {
  const failure = faultOf(check, outcome);
  if (failure) return { ...NOTHING, fault: failure };
  const { truncated, stdout, stderr, durationMs } = outcome;
  const code = codeOf(outcome);
  if (!CODES.includes(code) || isStackTrace(stderr)) {
    return { ...NOTHING, fault: fault("crashed", check, lastWords(outcome), durationMs) };
  }
  const output = truncated ? undefined : parseOutput(stdout);
  if (!output || (code === 0) !== (output.diagnostics.length === 0)) {
    return { ...NOTHING, fault: fault("unreadable", check, lastWords(outcome), durationMs) };
  }
  return output;
}

const NOTHING = { diagnostics: [], files: [] };

/** The files that the compiler read, those of the installed packages' declarations left out; undefined where it tells none. */
function inputsOf(root: string, runs: readonly Compiled[]): string[] | undefined {
  const files = runs.flatMap((run) => run.files).flatMap((path) => (path.startsWith(`${root}/`) ? [path.slice(root.length + 1)] : []));
  const own = [...new Set(files)].filter((path) => !/(?:^|\/)node_modules\/.*\.d\.[cm]?ts$/.test(path)).sort();
  return own.length > 0 ? own : undefined;
}

/** What the compiler can have to do with: its languages, and JSON as modules, packages and settings. */
const READABLE = /\.(?:[cm]?[jt]sx?|json)$/;

/**
 * Where the reading told its inputs, another text of a source file that is none of them: what is imported is found by the
 * names that there are, which stay. A file of the same name as an input may be that input by a link.
 */
function isBlindTo(changes: readonly ChangedPath[], { inputs }: Read): boolean {
  const names = inputs && new Set(inputs.map((path) => posix.basename(path)));
  return changes.every(({ path, kind }) => {
    if (!READABLE.test(path)) return true;
    return names !== undefined && kind === "text" && SOURCE.test(path) && !names.has(posix.basename(path));
  });
}

const SOURCE = /(?<!\.d(?:\.[^./]+)?)\.[cm]?[jt]sx?$/;

/** Node ends with code 1 when the compiler throws, as the compiler does when the code is unclean. */
function isStackTrace(stderr: string): boolean {
  return /^\s+at .+:\d+:\d+\)?$/m.test(stderr);
}

function joined(check: string, root: string, runs: readonly Compiled[]): Reading {
  const durationMs = runs.reduce((sum, run) => sum + run.durationMs, 0);
  const failure = runs.find((run) => run.fault)?.fault;
  if (failure) return { ...failure, durationMs };
  const diagnostics = runs.flatMap((run) => run.diagnostics);
  const fatal = diagnostics.find(isFatal);
  if (fatal) {
    return fault("unreadable", check, `${fatal.file ?? ""} ${fatal.code}: ${withoutRoot(root, fatal.message)}`, durationMs);
  }
  const unique = new Map(diagnostics.map((one) => [JSON.stringify(Object.values(one)), one]));
  const findings = [...unique.values()].map((one) => toFinding(check, root, one));
  return { kind: "read", check, findings, durationMs };
}

function toFinding(by: string, root: string, { file = "", line, column, code, message }: Unplaced): Finding {
  return finding({
    by,
    rule: code,
    category: categoryOf("tsc", code),
    message: withoutRoot(root, message),
    at: { file: repositoryPath(root, "", file), line, column },
  });
}

/** A diagnostic as one of the compilers gives it. */
type Unplaced = Omit<Diagnostic, "file"> & { readonly file?: string | undefined };

export const validator: Validator = {
  name: "tsc",
  summary: "Type-checks the project with its own TypeScript compiler, version 5, 6 or 7.",
  protects: ["**/tsconfig*.json", "**/jsconfig*.json"],
  program: { version: ["tsc", "--version"], install: "npm install --save-dev typescript", wantedBy: ["**/tsconfig.json"] },
  narrow: "by file",
  options,
  async detect(project) {
    const found = await findTscProjects(project);
    if (!found) return [];
    const { projects, build } = found;
    return [{ name: "tsc", use: "tsc", projects, ...(build && { build }) }];
  },
  create(definition) {
    const learnt: Learnt = { needsOutput: false };
    return {
      definition,
      expense: 1,
      deterministic: true,
      read: (workspace, signal) => read(definition, learnt, workspace, signal),
      isBlindTo,
      openOracle: (anchor) => {
        const { projects, timeoutMs } = z.object({ ...commonOptions, ...options }).parse(definition);
        const { name: check } = definition;
        return openTscOracle({ check, projects, timeoutMs, toFinding: (root, one) => toFinding(check, root, one) }, anchor);
      },
    };
  },
};
