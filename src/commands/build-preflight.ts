/** What would stop a build half-way, refused before anything is measured or asked; what may hinder it, told. */
import type { Engine } from "../domain/engine.ts";
import type { BuildOptions } from "./build-options.ts";
import { preflight, refuseUnready } from "./preflight.ts";
import type { Session } from "./session.ts";

/** Throws `Problem` (78). How a push would fare is of interest only where one is asked for. */
export async function lookAhead({ repository, run }: Pick<Session, "repository" | "run">, engines: readonly Engine[], { pr = false, dryRun = false, remote = "origin" }: BuildOptions): Promise<void> {
  const push = pr && !dryRun;
  const found = await preflight({ git: repository.git, remote, asksRemote: push, engines, needs: { push, engine: true } });
  const relevant = found.filter(({ area }) => push || area !== "pushing");
  refuseUnready(relevant);
  for (const { ok, name, detail, advice = "" } of relevant) if (ok === "warn") run.notice("foreseen", { what: name, detail, advice });
}
