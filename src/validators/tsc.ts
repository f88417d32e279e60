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
import { z } from "zod";
import { categoryOf } from "../domain/categories.ts";
import { finding, type Finding } from "../domain/finding.ts";
import type { CheckDefinition, Outcome, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { commonOptions } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords, type Fault } from "./shared/outcome.ts";
import { repositoryPath, withoutRoot } from "./shared/paths.ts";
import { isFatal, parseDiagnostics, type Diagnostic } from "./shared/tsc-output.ts";
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
    for (const project of projects) runs.push(await compile(["tsc", "--noEmit", "--pretty", "false", "-p", project]));
  }
  return joined(definition.name, workspace.root, runs);
}

/** One run of the compiler: its diagnostics, or why there are none to be had. */
interface Compiled {
  readonly diagnostics: readonly Diagnostic[];
  readonly fault?: Fault | undefined;
  readonly durationMs: number;
}

function compiled(check: string, outcome: Outcome): Omit<Compiled, "durationMs"> {
  const failure = faultOf(check, outcome);
  if (failure) return { diagnostics: [], fault: failure };
  const { truncated, stdout, stderr, durationMs } = outcome;
  const code = codeOf(outcome);
  if (!CODES.includes(code) || isStackTrace(stderr)) {
    return { diagnostics: [], fault: fault("crashed", check, lastWords(outcome), durationMs) };
  }
  const diagnostics = truncated ? undefined : parseDiagnostics(stdout);
  if (!diagnostics || (code === 0) !== (diagnostics.length === 0)) {
    return { diagnostics: [], fault: fault("unreadable", check, lastWords(outcome), durationMs) };
  }
  return { diagnostics };
}

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
      openOracle: (anchor) => {
        const { projects, timeoutMs } = z.object({ ...commonOptions, ...options }).parse(definition);
        const { name: check } = definition;
        return openTscOracle({ check, projects, timeoutMs, toFinding: (root, one) => toFinding(check, root, one) }, anchor);
      },
    };
  },
};
