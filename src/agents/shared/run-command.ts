/** Lets a model run commands of a list, in the worktree's sandbox, without network. There is no shell to be talked into more. */
import { z } from "zod";
import type { Deadline } from "../../domain/engine.ts";
import type { Outcome, Workspace } from "../../domain/workspace.ts";
import { loopTool, type LoopTools } from "../../llm/tools/tool-loop.ts";

const MAX_COMMAND_MS = 300_000;
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;
/** Of what a command printed, its end: that is where tools say what is wrong. */
const MAX_TOLD_LENGTH = 8_000;

export interface Running extends Deadline {
  /** Each allows what begins with its words. */
  readonly allowed: readonly (readonly string[])[];
}

/** No tool where nothing is allowed. */
export function commandTools(workspace: Workspace, { allowed, timeoutMs, signal }: Running): LoopTools {
  if (allowed.length === 0) return {};
  const list = allowed.map((words) => words.join(" ")).join("; ");
  const shape = z.object({ argv: z.array(z.string()).min(1).max(100) });
  return {
    run_command: loopTool(`Runs a command in the project's folder, without a shell. Allowed is what begins with: ${list}`, shape, async ({ argv }) => {
      if (!allowed.some((words) => words.every((word, index) => argv[index] === word))) return `Not allowed. Allowed is what begins with: ${list}`;
      const command = { argv, timeoutMs: Math.min(timeoutMs, MAX_COMMAND_MS), maxOutputBytes: MAX_OUTPUT_BYTES, ...(signal && { signal }) };
      return told(await workspace.run(command));
    }),
  };
}

function told({ ended, stdout, stderr }: Outcome): string {
  const how = ended.kind === "exited" ? `exit code ${ended.code}` : ended.kind;
  const printed = [stdout, stderr].map((text) => text.trim()).filter((text) => text !== "").join("\n");
  return `${how}\n${printed.slice(-MAX_TOLD_LENGTH)}`;
}
