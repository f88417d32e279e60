/**
 * The providers: where each answers, where its key is looked for, and the package that speaks its format. A package is
 * loaded when a model of its provider is first asked, and may be missing (optional peers: an optional dependency would be
 * left out without a word where npm itself runs on an older Node than it wants). Nothing is sent by way of a gateway that
 * was not named.
 */
import type { LanguageModelV4 } from "@ai-sdk/provider";
import { EXIT, Problem } from "../domain/problem.ts";
import { endpoint } from "../system/endpoint.ts";
import type { Fetch } from "../system/guarded-fetch.ts";
import type { ModelName, ProviderName } from "./name.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a provider's package needs to know. */
export interface Access {
  readonly model: string;
  readonly url: URL;
  readonly key: string | undefined;
  readonly fetch: Fetch;
  readonly environment: Environment;
}

export interface Provider {
  /** The npm package that speaks its format. */
  readonly package: string;
  /** Environment variables that may hold the key, the first that is set counts. */
  readonly keys: readonly string[];
  /** Whether it answers without a key of stet's own finding. */
  readonly keyless: boolean;
  address(environment: Environment): string;
  open(access: Access): Promise<LanguageModelV4>;
}

type FixedProvider = Exclude<ProviderName, "compatible">;

const PROVIDERS: Readonly<Record<FixedProvider, Provider>> = {
  anthropic: {
    package: "@ai-sdk/anthropic",
    keys: ["ANTHROPIC_API_KEY"],
    keyless: false,
    address: ({ ANTHROPIC_BASE_URL }) => ANTHROPIC_BASE_URL ?? "https://api.anthropic.com/v1",
    async open({ model, url, key = "", fetch }) {
      const { createAnthropic } = await import("@ai-sdk/anthropic");
      return createAnthropic({ baseURL: plain(url), apiKey: key, fetch })(model);
    },
  },
  bedrock: {
    package: "@ai-sdk/amazon-bedrock",
    keys: ["AWS_BEARER_TOKEN_BEDROCK"],
    keyless: true,
    address: (environment) =>
      environment["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] ?? `https://bedrock-runtime.${region(environment)}.amazonaws.com`,
    open: openBedrock,
  },
  openai: {
    package: "@ai-sdk/openai",
    keys: ["OPENAI_API_KEY"],
    keyless: false,
    address: ({ OPENAI_BASE_URL }) => OPENAI_BASE_URL ?? "https://api.openai.com/v1",
    async open({ model, url, key = "", fetch }) {
      const { createOpenAI } = await import("@ai-sdk/openai");
      return createOpenAI({ baseURL: plain(url), apiKey: key, fetch })(model);
    },
  },
  openrouter: compatible("openrouter", ["OPENROUTER_API_KEY"], () => "https://openrouter.ai/api/v1"),
  ollama: { ...compatible("ollama", [], ({ OLLAMA_HOST }) => ollamaAddress(OLLAMA_HOST)), keyless: true },
  huggingface: compatible("huggingface", ["HF_TOKEN", "HUGGINGFACE_API_KEY"], () => "https://router.huggingface.co/v1"),
};

/** The provider of a model. Its address is checked here, before anything else is done with it: throws `Problem` (78). */
export function providerOf({ provider, url }: ModelName, environment: Environment): Provider & { readonly url: URL } {
  if (provider !== "compatible") {
    const fixed = PROVIDERS[provider];
    return { ...fixed, url: endpoint(fixed.address(environment)) };
  }
  if (!url) throw new Error("a gateway without an address");
  return { ...compatible(provider, ["STET_COMPATIBLE_API_KEY"], () => url.href), keyless: true, url };
}

/** Variables that hold keys of providers, collectors and forges: none of them is for a check to see. */
export const KEY_VARIABLES: readonly string[] = [
  ...Object.values(PROVIDERS).flatMap(({ keys }) => keys),
  "STET_COMPATIBLE_API_KEY",
  "OTEL_EXPORTER_OTLP_HEADERS",
  "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "GITHUB_TOKEN",
  "GH_TOKEN",
  "GITLAB_TOKEN",
];

/** Everything that speaks OpenAI's chat completions. */
function compatible(name: string, keys: readonly string[], address: Provider["address"]): Provider {
  return {
    package: "@ai-sdk/openai-compatible",
    keys,
    keyless: false,
    address,
    async open({ model, url, key, fetch }) {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      return createOpenAICompatible({ name, baseURL: plain(url), fetch, ...(key !== undefined && { apiKey: key }) })(model);
    },
  };
}

/** With a bearer token, the access key in the environment, or whatever Amazon's own chain finds. */
async function openBedrock({ model, url, key, fetch, environment }: Access): Promise<LanguageModelV4> {
  const { createAmazonBedrock } = await import("@ai-sdk/amazon-bedrock");
  const settings = { region: region(environment), baseURL: plain(url), fetch };
  if (key !== undefined) return createAmazonBedrock({ ...settings, apiKey: key })(model);
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  if (AWS_ACCESS_KEY_ID === undefined || AWS_SECRET_ACCESS_KEY === undefined) {
    return createAmazonBedrock({ ...settings, credentialProvider: await amazonChain(environment) })(model);
  }
  const session = AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN };
  return createAmazonBedrock({ ...settings, accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, ...session })(model);
}

const AMAZON_CHAIN = "@aws-sdk/credential-provider-node";
/** Each says that credentials are to be found elsewhere than in the environment itself. */
const ELSEWHERE = ["AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"];

type AmazonCredentials = ReturnType<typeof import("@aws-sdk/credential-provider-node").defaultProvider>;

/**
 * Profiles, single sign-on, web identities, containers, instance roles: by Amazon's own package, which reads the user's
 * files and this process's environment. Asked once here, so that nobody's having any is told before a question is sent.
 */
async function amazonChain(environment: Environment): Promise<AmazonCredentials> {
  const nobody = missingKey("bedrock", ["AWS_BEARER_TOKEN_BEDROCK", "AWS_ACCESS_KEY_ID", "AWS_PROFILE"]);
  const isElsewhere = ELSEWHERE.some((name) => environment[name] !== undefined);
  const loaded = await import("@aws-sdk/credential-provider-node").catch(() => undefined);
  if (!loaded) throw isElsewhere ? new Problem("missing-package", { package: AMAZON_CHAIN }, EXIT.noProvider) : nobody;
  const chain = loaded.defaultProvider({ timeout: METADATA_TIMEOUT_MS, maxRetries: 0 });
  await chain().catch(() => {
    throw nobody;
  });
  return chain;
}

/** Of one question to an instance's or container's metadata service. */
const METADATA_TIMEOUT_MS = 1_000;

export function missingKey(provider: string, variables: readonly string[]): Problem {
  return new Problem("missing-key", { provider, variables }, EXIT.noProvider);
}

function region({ AWS_REGION, AWS_DEFAULT_REGION }: Environment): string {
  return AWS_REGION ?? AWS_DEFAULT_REGION ?? "us-east-1";
}

/** `OLLAMA_HOST` is often just a host and a port. */
function ollamaAddress(host = "127.0.0.1:11434"): string {
  return (host.includes("://") ? host : `http://${host}`).replace(/\/$/, "").replace(/(\/v1)?$/, "/v1");
}

function plain(url: URL): string {
  return url.href.replace(/\/$/, "");
}
