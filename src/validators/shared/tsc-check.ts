/**
 * Runs a program that is called, and prints, as TypeScript's own compiler is and does: `tsc`, or `vue-tsc`. Here because
 * both must say "could not tell" in the same cases.
 */
import { z } from "zod";
import { categoryOf } from "../../domain/categories.ts";
import { finding, type Finding } from "../../domain/finding.ts";
import type { CheckDefinition, Outcome, Workspace } from "../../domain/plugin.ts";
import { isRead, type Reading } from "../../domain/reading.ts";
import { commonOptions } from "./options.ts";
import { codeOf, fault, faultOf, lastWords, type Fault } from "./outcome.ts";
import { repositoryPath, withoutRoot } from "./paths.ts";
import { isFatal, parseOutput, type Diagnostic } from "./tsc-output.ts";

export const tscOptions = {
  projects: z.array(z.string().min(1)).min(1).default(["tsconfig.json"]).describe("Paths of tsconfig files."),
  build: z.boolean().default(false).describe("Build the projects with their references (`tsc -b`)."),
};

const BUILD_DRY = ["-b", "--noEmit", "--pretty", "false"] as const;
const BUILD = ["-b", "--pretty", "false"] as const;

/** `--noEmit` is not known to `-b` (before 5.6), or a project that another one refers to may not do without output. */
const NEEDS_OUTPUT: readonly string[] = ["TS5094", "TS6310"];

/** Unclean code is exit code 1 or 2, depending on whether output was written; the rest are the compiler's own faults. */
const CODES: readonly number[] = [0, 1, 2];

/** What a check learns from its first reading, so that later ones need not build twice. */
export interface Learnt {
  needsOutput: boolean;
}

export interface TscCheck {
  readonly program: "tsc" | "vue-tsc";
  readonly definition: CheckDefinition;
  readonly learnt: Learnt;
}

export async function readTsc({ program, definition, learnt }: TscCheck, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const { projects, build, timeoutMs, network } = z.object({ ...commonOptions, ...tscOptions }).parse(definition);
  const compile = async (words: readonly string[]): Promise<Compiled> => {
    const outcome = await workspace.run({ argv: [program, ...words], timeoutMs, network, ...(signal && { signal }) });
    return { ...compiled(definition.name, outcome), durationMs: outcome.durationMs };
  };
  const runs: Compiled[] = [];
  if (build) {
    const dry = learnt.needsOutput ? undefined : await compile([...BUILD_DRY, ...projects]);
    learnt.needsOutput ||= dry?.diagnostics.some(({ code }) => NEEDS_OUTPUT.includes(code)) === true;
    runs.push(dry && !learnt.needsOutput ? dry : await compile([...BUILD, ...projects]));
  } else {
    for (const project of projects) runs.push(await compile(["--noEmit", "--pretty", "false", "--listFiles", "-p", project]));
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
  const findings = [...unique.values()].map((one) => tscFinding(check, root, one));
  return { kind: "read", check, findings, durationMs };
}

/** A diagnostic of the compiler as a finding of the check `by`. */
export function tscFinding(by: string, root: string, { file = "", line, column, code, message }: Unplaced): Finding {
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
