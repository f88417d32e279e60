/** What engines need to be tried: a model's client on loopback. */
import { Budget } from "../../src/llm/budget.ts";
import { openClient, type ModelClient } from "../../src/llm/client.ts";
import { connect } from "../../src/llm/connection.ts";
import { parseModelName } from "../../src/llm/name.ts";
import type { ScriptedProvider } from "./provider.ts";

export function clientOf(provider: ScriptedProvider): ModelClient {
  return openClient({
    connections: [connect(parseModelName(`compatible:${provider.url}#m`), { environment: {}, now: () => 0 })],
    budget: new Budget(),
    priceOf: () => undefined,
    now: () => 0,
    random: () => 0,
  });
}
