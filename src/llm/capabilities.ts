/**
 * What models can do that matters here, held against their providers' pages on 2026-11-21. Everything else is taken to
 * understand tools, and to let itself be told to call one.
 */
import type { ModelName } from "./name.ts";

export const CAPABILITIES_AS_OF = "2026-11-21";

export interface Capabilities {
  /** Whether it can be made to call a tool. Where not, it is asked to, and its text is read as well. */
  readonly forcedTools: boolean;
}

/**
 * Anthropic's models that always think answer 400 to a forced tool ("Forced tool use is not supported", What's new in
 * Claude Opus 5.5, Sonnet 5.5, Fable 5.1).
 */
const NEVER_FORCED = [/claude-opus-5-5/, /claude-sonnet-5-5/, /claude-fable-5-[1-9]/];
/** Of gateways and local servers nothing is known, and many answer 400 to what they do not have. */
const UNKNOWN = new Set(["ollama", "huggingface", "compatible"]);

export function capabilitiesOf({ provider, model }: ModelName): Capabilities {
  return { forcedTools: !UNKNOWN.has(provider) && !NEVER_FORCED.some((pattern) => pattern.test(model)) };
}
