/** What a provider's package is opened with, and what is said where there is no key. */
import { EXIT, Problem } from "../domain/problem.ts";
import type { Fetch } from "../system/guarded-fetch.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a provider's package needs to know. */
export interface Access {
  readonly model: string;
  readonly url: URL;
  readonly key: string | undefined;
  readonly fetch: Fetch;
  readonly environment: Environment;
}

export function missingKey(provider: string, variables: readonly string[]): Problem {
  return new Problem("missing-key", { provider, variables }, EXIT.noProvider);
}

/** Without a slash at its end. */
export function plain(url: URL): string {
  return url.href.replace(/\/$/, "");
}
