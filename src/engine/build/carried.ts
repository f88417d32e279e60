/** A green proposal that a full part had no room for: offered first in the next part, which begins with the same tree. */
import type { Proposer } from "../../domain/plugin.ts";
import type { Proposal } from "../../domain/proposal.ts";
import type { Builder, Work } from "./builder.ts";

export interface Carried {
  /** The chunk's id. */
  readonly chunk: string;
  readonly proposal: Proposal;
  readonly work: Work;
}

/** The same builder, with that offer before its own. */
export function carrying({ proposal }: Carried, builder: Builder): Proposer {
  let isOffered = false;
  return {
    name: builder.name,
    summary: builder.summary,
    rung: builder.rung,
    attempts: builder.attempts + 1,
    async *propose(findings, workspace, asking) {
      if (isOffered || proposal.base !== workspace.tree) yield* builder.propose(findings, workspace, asking);
      else {
        isOffered = true;
        const { cost: _told, ...rest } = proposal;
        yield rest;
      }
    },
  };
}
