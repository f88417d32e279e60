/** Puts a proposal before every gate. Pure rules only: nothing is run to refuse. */
import type { Gate, Policy } from "../domain/plugin.ts";
import { filesOf, type Proposal } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Kit } from "./kit.ts";

/** Why the gates refuse it, all of them asked; empty where none does. */
export async function refusals(kit: Kit, proposal: Proposal): Promise<Reason[]> {
  const files = filesOf(proposal.edits);
  const paths = [...new Set(files.flatMap((file) => [file, ...leadingFolders(file)]))];
  const base = await kit.readBase(proposal.base, paths);
  return kit.gates.flatMap((gate) => (isOff(gate, kit.policy) ? [] : judge(gate, proposal, { base, policy: kit.policy })));
}

/** The promises rest on these: what lands is what was tried, and git's own files are never touched. */
export const ALWAYS_ON: ReadonlySet<string> = new Set(["exact", "deny", "crossing", "text"]);

function isOff(gate: Gate, policy: Policy): boolean {
  return policy.allow.includes(gate.name) && !ALWAYS_ON.has(gate.name);
}

/** A gate that throws has not let the proposal pass. */
function judge(gate: Gate, ...asked: Parameters<Gate["judge"]>): readonly Reason[] {
  try {
    return gate.judge(...asked);
  } catch (error) {
    return [reason(gate.name, "gate-crashed", { detail: error instanceof Error ? error.message : String(error) })];
  }
}

function leadingFolders(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
