/** An engine whose turns are told as events, with what each took: so that engines, checks and stet can be told apart. */
import type { Engine } from "../../domain/engine.ts";
import type { Listener } from "../../domain/event.ts";

export function told(engine: Engine, listen: Listener, now: () => number): Engine {
  const { name } = engine;
  return {
    name,
    async run(...task) {
      const startedMs = now();
      const { ended, usage, ...rest } = await engine.run(...task);
      listen({ type: "engine-ended", engine: name, ended, durationMs: now() - startedMs, usage });
      return { ended, usage, ...rest };
    },
  };
}
