/** Puts a proposal before every gate. Pure rules only: nothing is run to refuse. */
import { applyEdits } from "../domain/edit.ts";
import type { BaseFile, Gate, GateContext, Policy } from "../domain/plugin.ts";
import { filesOf, type Proposal } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Parsed, TreePair } from "../domain/syntax.ts";
import type { Kit } from "./kit.ts";

/** Why the gates refuse it, all of them asked; empty where none does. */
export async function refusals(kit: Kit, proposal: Proposal): Promise<Reason[]> {
  const { policy } = kit;
  const gates = kit.gates.filter((gate) => !isOff(gate, policy));
  const sights = gates.flatMap((gate) => gate.looksAt?.(proposal, policy) ?? []);
  const files = filesOf(proposal.edits);
  const paths = new Set([...files.flatMap((file) => [file, ...leadingFolders(file)]), ...sights.flatMap((one) => one.paths)]);
  const base = await kit.readBase(proposal.base, [...paths]);
  const trees = sights.some((one) => one.trees) ? await treesOf(kit, proposal, base) : undefined;
  return gates.flatMap((gate) => judge(gate, proposal, { base, policy, ...(trees && { trees }) }));
}

/** Of each file that has a text before or after. */
async function treesOf({ parse }: Kit, { edits }: Proposal, base: ReadonlyMap<string, BaseFile>): Promise<GateContext["trees"]> {
  const trees = new Map<string, TreePair>();
  const treeOf = async (file: string, text: string | null): Promise<Parsed | null> => (text === null || !parse ? null : parse(file, text));
  for (const [file, own] of Map.groupBy(edits, (edit) => edit.file)) {
    const was = base.get(file);
    const before = was?.kind === "text" ? was.text : null;
    const applied = applyEdits(before, own);
    if (applied.ok) trees.set(file, { before: await treeOf(file, before), after: await treeOf(file, applied.text) });
  }
  return trees;
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
