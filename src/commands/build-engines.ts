/** The engines of a build: which ones count, and what they need of this machine. */
import type { Engine } from "../domain/engine.ts";
import type { Reason } from "../domain/reason.ts";
import { told } from "../engine/build/told.ts";
import { systemClock } from "../system/clock.ts";
import type { Base } from "./base.ts";
import type { BuildOptions } from "./build-options.ts";
import { CONSENT_VARIABLE, meansFor, openEngines, type EnginesOptions } from "./engines.ts";
import type { Ladder } from "./ladder.ts";
import type { Session } from "./session.ts";

export interface EnginePlace {
  readonly ladder: Pick<Ladder, "client">;
  readonly base: Pick<Base, "config" | "checks">;
  readonly repository: { readonly checkout: string };
}

/** What they are chosen by, whether or not they are opened. */
export function engineChoice({ ladder, base, repository }: EnginePlace, { engine: named = [], configuredEngines }: BuildOptions): Omit<EnginesOptions, "notice"> {
  const asksConfigured = configuredEngines ?? process.env[CONSENT_VARIABLE] === "1";
  return { named, config: base.config.engines, asksConfigured, means: meansFor(repository.checkout, ladder.client, base.checks) };
}

export function enginesFor(session: Session, options: BuildOptions): Engine[] {
  const notice = (why: Reason): void => session.kit.listen({ type: "notice", reason: why });
  return openEngines({ ...engineChoice(session, options), notice }).map((engine) => told(engine, session.kit.listen, () => systemClock.now()));
}
