/**
 * Whether every Python file parses, by the project's own interpreter: that of its virtual environment, else `python3` on
 * the PATH. The files are compiled in one process and never run, and the interpreter is told to load nothing of the
 * project's: no site packages, no `sitecustomize`, no module from the current folder.
 */
import { z } from "zod";
import { finding } from "../domain/finding.ts";
import type { Oracle } from "../domain/oracle.ts";
import type { CheckDefinition, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { openFileOracle } from "./shared/file-oracle.ts";
import { commonOptions } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords } from "./shared/outcome.ts";
import { pythonFiles } from "./shared/python-project.ts";
import { COMPILE_ALL } from "./shared/python-syntax-script.ts";

const report = z.object({
  files: z.number().int(),
  faults: z.array(z.object({ file: z.string(), line: z.number().int(), column: z.number().int(), message: z.string(), kind: z.string() })),
});

/** Isolated, without site packages, writing no bytecode, and in UTF-8 whatever the locale says. */
const FLAGS = ["-I", "-S", "-B", "-X", "utf8"];

/** `only`: these files in place of all. */
async function read({ name, ...rest }: CheckDefinition, workspace: Workspace, signal?: AbortSignal, only?: readonly string[]): Promise<Reading> {
  const { timeoutMs, network } = z.object(commonOptions).parse(rest);
  const argv = ["python3", ...FLAGS, "-c", COMPILE_ALL];
  const stdin = JSON.stringify(only ?? null);
  const outcome = await workspace.run({ argv, stdin, timeoutMs, network, ...(signal && { signal }) });
  const { durationMs } = outcome;
  const failure = faultOf(name, outcome);
  if (failure) return failure;
  if (codeOf(outcome) !== 0) return fault("crashed", name, lastWords(outcome), durationMs);
  const seen = outcome.truncated ? undefined : parse(outcome.stdout);
  if (!seen || (seen.files === 0 && !only)) return fault("unreadable", name, lastWords(outcome), durationMs);
  const findings = seen.faults.map(({ file, line, column, message, kind }) =>
    finding({ by: name, tool: "python-syntax", rule: kind, category: "syntax", message, at: { file, line, column } }),
  );
  return { kind: "read", check: name, findings, durationMs };
}

function parse(text: string): z.infer<typeof report> | undefined {
  try {
    return report.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What a file says of itself does not depend on another file. */
function openOracle(definition: CheckDefinition): Oracle {
  return openFileOracle((file) => file.endsWith(".py"), (workspace, signal, files) => read(definition, workspace, signal, files), true);
}

export const validator: Validator = {
  name: "python-syntax",
  summary: "Compiles every Python file, without running it, with the project's own interpreter.",
  protects: [],
  program: { version: ["python3", "--version"], install: "install Python 3" },
  narrow: "by file",
  options: {},
  detect: (project) => Promise.resolve(pythonFiles(project).length > 0 ? [{ name: "python-syntax", use: "python-syntax" }] : []),
  create: (definition) => ({
    definition,
    expense: 0,
    deterministic: true,
    read: (workspace, signal) => read(definition, workspace, signal),
    isBlindTo: (changes) => changes.every(({ path, kind }) => kind === "text" && !path.endsWith(".py")),
    isOfItsFile: () => true,
    openOracle: () => openOracle(definition),
  }),
};
