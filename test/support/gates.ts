/** Short ways to write down a proposal, the base it meets and the policy, for tests of gates. */
import type { BaseFile, GateContext, Policy } from "../../src/domain/plugin.ts";
import { proposal, type Edit, type Proposal } from "../../src/domain/proposal.ts";

/** A policy that permits everything, but for what `parts` says. */
export function policy(parts: Partial<Policy> = {}): Policy {
  return {
    maxFiles: Infinity,
    maxChangedLines: Infinity,
    maxChangedFraction: 1,
    smallFileLines: 0,
    edits: { level: "free", maxPatches: 2, maxPatchLines: 6 },
    deny: [],
    scope: [],
    protects: [],
    allowPaths: [],
    allow: [],
    ...parts,
  };
}

/** Base files by path; a string stands for a regular file with that text. */
export function context(files: Readonly<Record<string, string | BaseFile>> = {}, parts: Partial<Policy> = {}): GateContext {
  const entries = Object.entries(files).map(([path, file]): [string, BaseFile] => [
    path,
    typeof file === "string" ? { kind: "text", text: file, mode: "100644" } : file,
  ]);
  return { base: new Map(entries), policy: policy(parts) };
}

export function edit(file: string, start: number, before: string | null, after: string | null): Edit {
  return { file, start, before, after };
}

export function propose(edits: readonly Edit[], parts: Partial<Omit<Proposal, "id" | "edits">> = {}): Proposal {
  return proposal({
    findings: [], by: "test", rung: 0, base: "0".repeat(40), title: "a change", safety: "safe", edits, ...parts,
  });
}

/** A proposal that makes a whole file of `before` into `after`, with the base it needs. */
export function rewrite(before: string, after: string, file = "src/a.ts"): [Proposal, GateContext] {
  return [propose([edit(file, 0, before, after)]), context({ [file]: before })];
}

/** A proposal that creates a file, with the empty base it needs. */
export function create(after: string, file = "src/a.ts"): [Proposal, GateContext] {
  return [propose([edit(file, 0, null, after)]), context()];
}
