/**
 * What was made for a chunk before its turn to land: on an earlier tree, beside others, or for a part that had no room. It is
 * offered first, where it has moved to behind what landed since, and tried there like anything else. Where others have changed
 * what it changes, nothing is merged: its builder goes on from the rest of it.
 */
import type { Edit } from "../../domain/edit.ts";
import type { Asking, Declined, Proposer } from "../../domain/plugin.ts";
import { filesOf, proposal, type Proposal } from "../../domain/proposal.ts";
import { reason } from "../../domain/reason.ts";
import type { Workspace } from "../../domain/workspace.ts";
import { standing } from "../accept.ts";
import type { Builder, Work } from "./builder.ts";

/** Made, and handed on to the next part. */
export interface Carried {
  /** The chunk's id. */
  readonly chunk: string;
  readonly proposal: Proposal;
  readonly work: Work;
  /** What has landed since it was made, in that order. */
  readonly since: readonly Proposal[];
}

export interface Early {
  readonly offer: Proposal | Declined;
  readonly since: () => readonly Proposal[];
}

/** The same builder, with that offer in place of its first one. `offered` hears when it is made, and counts then. */
export function offeringEarly(early: Promise<Early>, builder: Builder, offered: () => void): Proposer {
  const { name, summary, rung, attempts } = builder;
  let isFirst = true;
  return {
    name,
    summary,
    rung,
    attempts: attempts + 1,
    async *propose(findings, workspace, asking = {}) {
      const made = isFirst ? await early : undefined;
      isFirst = false;
      if (made) offered();
      if (!made) yield* builder.propose(findings, workspace, asking);
      else if ("declined" in made.offer) yield made.offer;
      else yield* goOn(builder, made.offer, made.since(), workspace, asking);
    },
  };
}

async function* goOn(builder: Builder, offer: Proposal, since: readonly Proposal[], { tree }: Pick<Workspace, "tree">, asking: Asking): AsyncGenerator<Proposal | Declined> {
  const { id: _there, ...made } = offer;
  const { edits, lost } = moved({ ...offer, edits: builder.own(offer.edits) }, since);
  if (lost.length === 0) {
    yield proposal({ ...made, base: tree, edits: await builder.ticked(tree, edits) });
    return;
  }
  const { findings, by, rung, cost } = offer;
  const why = reason(by, "changed-by-others", { files: lost });
  yield { declined: true, findings, by, rung, reason: why, ...(cost && { cost }) };
  const tried = { findings: findings.map(({ key }) => key), rules: findings.map(({ rule }) => rule), by, rung, edits, reasons: [why] };
  yield* builder.propose(findings, { tree }, { ...asking, tried: [...(asking.tried ?? []), tried] });
}

/** Its edits behind what has landed, file by file, and the files in which they have no place any more. */
function moved(made: Proposal, since: readonly Proposal[]): { readonly edits: readonly Edit[]; readonly lost: readonly string[] } {
  const byFile = [...Map.groupBy(made.edits, ({ file }) => file).values()].map((edits) => ({ ...made, edits }));
  const edits = standing(byFile, since).flatMap((one) => one.edits);
  const kept = new Set(filesOf(edits));
  return { edits, lost: filesOf(made.edits).filter((file) => !kept.has(file)) };
}
