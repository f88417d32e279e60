/** Takes a part to the remote: its branch, and one pull request that stands on the part below it. */
import type { BuildResult } from "../engine/build/build.ts";
import type { Publication } from "../engine/run.ts";
import { partBody, partTitle } from "../report/build-body.ts";
import type { BuildPlan } from "./build-plan.ts";
import type { Placed } from "./place-spec.ts";
import { publishRun, type Publishing } from "./publish.ts";
import type { Session } from "./session.ts";

export interface PartPublishing {
  readonly placed: Placed;
  readonly plan: BuildPlan;
  readonly result: BuildResult;
  readonly remote: string;
  /** The run ended before the part was through. */
  readonly isDraft: boolean;
}

export async function publishPart(session: Session, { placed: { place, record }, plan, remote, isDraft }: PartPublishing): Promise<Publication | undefined> {
  const { below, number } = place;
  const wish: Publishing["wish"] = (state) => ({
    title: partTitle({ name: record.name, title: plan.spec.title, number }),
    body: partBody({ state, spec: plan.spec, chunks: plan.chunks, number, ...(below && { below }) }),
    draft: isDraft,
    ...(below && { base: below.ref.replace(/^refs\/heads\//, "") }),
  });
  return publishRun(session, remote, { wish });
}

