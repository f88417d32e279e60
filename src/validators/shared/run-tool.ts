/**
 * Runs a tool that ends with 0 where all is well and with 1 where it found something, and prints a report in both cases.
 * What ends otherwise, or printed more than is kept, is a fault; what the report says is for the validator to read.
 */
import type { Command, Outcome, Workspace } from "../../domain/plugin.ts";
import { codeOf, fault, faultOf, lastWords, type Fault } from "./outcome.ts";

export type Ran =
  | { readonly outcome: Outcome; readonly fault?: never; readonly hasFound: boolean }
  | { readonly outcome: Outcome; readonly fault: Fault };

export async function runTool(check: string, workspace: Workspace, command: Command): Promise<Ran> {
  const outcome = await workspace.run(command);
  const failure = faultOf(check, outcome);
  if (failure) return { outcome, fault: failure };
  const code = codeOf(outcome);
  if (code !== 0 && code !== 1) return { outcome, fault: fault("crashed", check, lastWords(outcome), outcome.durationMs) };
  return outcome.truncated ? { outcome, fault: unreadable(check, outcome) } : { outcome, hasFound: code === 1 };
}

export function unreadable(check: string, outcome: Outcome): Fault {
  return fault("unreadable", check, lastWords(outcome), outcome.durationMs);
}
