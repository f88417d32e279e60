/**
 * go build and go vet: what the compiler says, all of it (`-gcflags=-e`), and what go's analyzers say. A package that does
 * not compile is not analyzed, and neither is one that imports it: what lies behind is told by each finding's depth
 * (`shared/apart.ts`). Of a test file that does not compile go vet tells the first error only.
 */
import { posix } from "node:path";
import { z } from "zod";
import type { Finding } from "../domain/finding.ts";
import type { CheckDefinition, Outcome, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { isApart, type ApartOptions } from "./shared/apart.ts";
import { goFinding, STAGES } from "./shared/go-findings.ts";
import { parseGoOutput, type GoOutput } from "./shared/go-output.ts";
import { MODULE_MISSING } from "./shared/go-rules.ts";
import { findModules, IN_ONE_STREAM, runGo } from "./shared/go-run.ts";
import { commonOptions, folderOption } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords, type Fault } from "./shared/outcome.ts";

const options = {
  modules: z.array(folderOption).min(1).default([""]).describe("Folders of the modules, relative to the root."),
};

/** go's codes for "there is something": 1 and 2, depending on who says it. */
const CODES: readonly number[] = [0, 1, 2];

const COMMANDS = [["go", "build", "-gcflags=-e", "-o", "/dev/null", "./..."], ["go", "vet", "-json", "./..."]] as const;

async function read(definition: CheckDefinition, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const { name: check } = definition;
  const { modules, timeoutMs, network } = z.object({ ...commonOptions, ...options }).parse(definition);
  const unique = new Map<string, Finding>();
  const reached: Record<string, number> = {};
  let durationMs = 0;
  for (const [cwd, argv] of modules.flatMap((module) => COMMANDS.map((command) => [module, command] as const))) {
    const outcome = await runGo(workspace, { argv: [...IN_ONE_STREAM, ...argv], cwd, timeoutMs, network, signal });
    durationMs += outcome.durationMs;
    const output = outputOf(check, argv[1], outcome);
    if ("kind" in output) return { ...output, durationMs };
    for (const area of output.analyzed) reached[area] ??= STAGES.analyzing;
    for (const one of output.diagnostics) {
      if (one.analyzer === undefined) reached[one.area] = STAGES.compiling;
      const key = [cwd, one.message, posix.normalize(one.file), one.line, one.column].join("\0");
      if (!unique.has(key)) unique.set(key, await goFinding(one, check, cwd, workspace));
    }
  }
  return { kind: "read", check, findings: [...unique.values()], reached, durationMs };
}

function outputOf(check: string, command: string, outcome: Outcome): GoOutput | Fault {
  const failure = faultOf(check, outcome);
  if (failure) return failure;
  const { durationMs, stdout: text, truncated } = outcome;
  const code = codeOf(outcome);
  if (code !== 0 && MODULE_MISSING.test(text)) return fault("missing", check, text, durationMs);
  if (!CODES.includes(code)) return fault("crashed", check, lastWords(outcome), durationMs);
  const output = truncated ? undefined : parseGoOutput(text);
  // go vet ends with 0 where it only has analyzers' findings to tell, in JSON.
  const isTold = output && (code === 0 || output.diagnostics.length > 0);
  // Of a module without packages it says so; of every other it names the packages.
  const isWhole = isTold && (command !== "vet" || output.analyzed.length + output.diagnostics.length > 0 || text.includes(" no packages"));
  return isWhole ? output : fault("unreadable", check, lastWords(outcome), durationMs);
}

/** Go's own words. Those of its universe, such as `string`, can be declared anew. */
const FIXED: ReadonlySet<string> = new Set(
  "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var".split(" "),
);

const GO: ApartOptions = { keyword: "func", language: "go", fixed: FIXED, ofUse: new Set(["unused"]) };

export const validator: Validator = {
  name: "go-vet",
  summary: "Compiles Go modules and runs `go vet` on them, tests included.",
  protects: ["**/go.mod", "**/go.sum", "**/go.work", "**/go.work.sum"],
  program: { version: ["go", "version"], install: "install Go: https://go.dev/dl" },
  options,
  detect(project) {
    const modules = findModules(project);
    return Promise.resolve(modules.length > 0 ? [{ name: "go-vet", use: "go-vet", modules }] : []);
  },
  create: (definition) => ({
    definition,
    expense: 2,
    deterministic: true,
    read: (workspace, signal) => read(definition, workspace, signal),
    isApart: (found, change) => isApart(found, change, GO),
  }),
};
