/**
 * Reads the command line, runs one command, and turns whatever happened into an exit code. Loads what commands are
 * called with, and nothing that they do: that comes with the command that is named, and the words for a fault with it.
 */
import { CommanderError } from "commander";
import { EXIT, Problem } from "../domain/problem.ts";
import type { Reason } from "../domain/reason.ts";
import { makeProgram } from "./program.ts";
import { openConsole, type OpenConsole } from "./terminal.ts";

/** Gives the exit code. Never throws for what a user can cause. */
export async function main(argv: readonly string[]): Promise<number> {
  const terminal = openConsole();
  const program = await makeProgram(terminal, argv);
  try {
    await program.parseAsync(argv, { from: "user" });
    return terminal.code;
  } catch (error) {
    if (error instanceof CommanderError && isHelp(error)) return error.exitCode === 0 ? EXIT.settled : EXIT.usage;
    const names = program.commands.map((command) => command.name());
    return await tell(await faultOf(error, terminal, argv, names), terminal, argv);
  } finally {
    terminal.close();
  }
}

/** Help and version are thrown as well, once they were shown. */
function isHelp({ code, exitCode }: CommanderError): boolean {
  return exitCode === 0 || code === "commander.help";
}

interface Fault {
  readonly code: string;
  readonly args: Reason["args"];
  readonly exitCode: number;
}

/** The sentence to stderr; to programs on stdout too, so that NDJSON also says how it ended. */
async function tell(fault: Fault, terminal: OpenConsole, argv: readonly string[]): Promise<number> {
  const [{ problemJson, problemText }, { safeJson }, { redact, redacted }] = await Promise.all([
    import("../report/errors.ts"),
    import("../report/plain.ts"),
    import("../system/secrets.ts"),
  ]);
  terminal.complain(redact(problemText(fault)));
  const end = argv.indexOf("--");
  const own = end < 0 ? argv : argv.slice(0, end);
  if (own.includes("--json")) terminal.print(safeJson(redacted(problemJson(fault))));
  return fault.exitCode;
}

async function faultOf(error: unknown, terminal: OpenConsole, argv: readonly string[], commands: readonly string[]): Promise<Fault> {
  if (error instanceof CommanderError) return misuse(error, argv, commands);
  if (terminal.signal.aborted) return { ...terminal.why(), exitCode: terminal.exitCodeOfAbort() };
  const { problemIn } = await import("./problem-in.ts");
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return problemIn(error) ?? new Problem("bug", { detail }, EXIT.bug);
}

function misuse({ message, code }: CommanderError, argv: readonly string[], commands: readonly string[]): Problem {
  const [first = ""] = argv;
  const help = commands.includes(first) && first !== "help" ? `stet ${first} --help` : "stet --help";
  const isTools = first === "try" && code === "commander.unknownOption" && !argv.includes("--");
  const args = { detail: message.replace(/^error: /, ""), help, ...(isTools && { tool: "yes" }) };
  return new Problem("usage", args, EXIT.usage);
}
