/** The engines of a run, in order of preference. One whose provider has no room is left out of the rest of the run. */
import type { Deadline, Engine, EngineReport } from "../../domain/engine.ts";
import type { Listener } from "../../domain/event.ts";
import { reason } from "../../domain/reason.ts";
import type { Workspace } from "../../domain/workspace.ts";

/** What an engine did, and which one it was. */
export interface Did extends EngineReport {
  readonly engine: string;
}

export class Engines {
  readonly #standing: Engine[];
  readonly #listen: Listener;

  constructor(engines: readonly Engine[], listen: Listener) {
    this.#standing = [...engines];
    this.#listen = listen;
  }

  /** Names of those that may still be asked. */
  get standing(): readonly string[] {
    return this.#standing.map(({ name }) => name);
  }

  /** Each begins with a workspace of its own making. Undefined where none is left. */
  async run(open: () => Promise<Workspace>, prompt: string, deadline: Deadline): Promise<Did | undefined> {
    for (let engine = this.#standing[0]; engine; engine = this.#standing[0]) {
      deadline.signal?.throwIfAborted();
      const report = await engine.run(await open(), prompt, deadline);
      if (report.ended !== "rate-limited") return { ...report, engine: engine.name };
      // Of several that were turned away at once only the first finds it still there.
      const index = this.#standing.indexOf(engine);
      if (index < 0) continue;
      this.#standing.splice(index, 1);
      this.#listen({ type: "notice", reason: reason("build", "engine-left", { engine: engine.name, left: this.#standing.length }) });
    }
    return undefined;
  }
}
