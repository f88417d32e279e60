/** The names of models: `provider:model`, and `compatible:<url>#model` for any gateway that speaks OpenAI's format. */
import { EXIT, Problem } from "../domain/problem.ts";
import { endpoint, masked } from "../system/endpoint.ts";

export const PROVIDERS = ["anthropic", "bedrock", "openai", "openrouter", "ollama", "huggingface", "compatible"] as const;

export type ProviderName = (typeof PROVIDERS)[number];

export interface ModelName {
  readonly provider: ProviderName;
  /** The provider's own name for it. */
  readonly model: string;
  /** Of a `compatible` gateway. */
  readonly url?: URL;
  /** How it is called in reports and the ledger: never with a secret in it. */
  readonly text: string;
}

/** Throws `Problem`: 64 where the name cannot be understood, 78 where the gateway's address may not have a key. */
export function parseModelName(text: string): ModelName {
  const colon = text.indexOf(":");
  const provider = PROVIDERS.find((name) => name === text.slice(0, colon));
  const model = text.slice(colon + 1);
  if (!provider) throw new Problem("model-name", { name: masked(text), meant: meantBy(text) }, EXIT.usage);
  if (provider === "compatible") return gateway(model);
  if (model === "") throw new Problem("model-name", { name: text, meant: [`${text}<model>`] }, EXIT.usage);
  return { provider, model, text };
}

function gateway(rest: string): ModelName {
  const hash = rest.lastIndexOf("#");
  const model = rest.slice(hash + 1);
  if (hash < 0 || model === "") {
    throw new Problem("model-name", { name: `compatible:${masked(rest)}`, meant: ["compatible:<url>#<model>"] }, EXIT.usage);
  }
  const url = endpoint(rest.slice(0, hash));
  return { provider: "compatible", model, url, text: `compatible:${url.origin}#${model}` };
}

/** What a name without a provider could mean. Nothing is guessed: another provider is another bill. */
function meantBy(name: string): string[] {
  if (/^claude/.test(name)) return [`anthropic:${name}`, `bedrock:anthropic.${name}`, `openrouter:anthropic/${name}`];
  if (/^(gpt|o\d|codex)/.test(name)) return [`openai:${name}`, `openrouter:openai/${name}`];
  if (/^anthropic\./.test(name)) return [`bedrock:${name}`];
  if (name.includes("/")) return [`openrouter:${name}`, `huggingface:${name}`];
  return [`ollama:${name}`, `compatible:<url>#${name}`, ...PROVIDERS.slice(0, 3).map((provider) => `${provider}:${name}`)];
}
