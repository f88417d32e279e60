/**
 * Proposes what the tool that saw a finding offers for it as data: ESLint's fixes and suggestions, and those of any
 * other tool whose validator fills in `fixes`. Runs nothing and reads nothing; whether an edit still fits its file is
 * for the gates to say.
 */
import { setImmediate } from "node:timers/promises";
import type { Proposer } from "../domain/plugin.ts";
import { proposalMaker } from "./shared/candidate.ts";
import { candidatesFrom } from "./shared/offered-fixes.ts";

export const proposer: Proposer = {
  name: "tool-fix",
  summary: "Proposes the fixes that the tool which saw a finding offers for it, first all of a rule in a file, then one by one.",
  rung: 0,
  async *propose(findings, workspace, { signal } = {}) {
    const make = proposalMaker(proposer.name, workspace.tree);
    for (const candidate of candidatesFrom(findings, ({ fixes = [] }) => fixes)) {
      await setImmediate(undefined, signal && { signal });
      const made = make(candidate);
      if (made) yield made;
    }
  },
};
