/** Amazon Bedrock: its address follows from the region, and its keys may come from Amazon's own chain of sources. */
import type { LanguageModelV4 } from "@ai-sdk/provider";
import { EXIT, Problem } from "../domain/problem.ts";
import { missingKey, plain, type Access, type Environment } from "./access.ts";

/** With a bearer token, the access key in the environment, or whatever Amazon's own chain finds. */
export async function openBedrock({ model, url, key, fetch, environment }: Access): Promise<LanguageModelV4> {
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

export function region({ AWS_REGION, AWS_DEFAULT_REGION }: Environment): string {
  return AWS_REGION ?? AWS_DEFAULT_REGION ?? "us-east-1";
}
