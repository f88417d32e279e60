/** What an installation borrows from the user: settings to reach a registry, and a folder beside the store. */
import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { ensureFolder, removeAll } from "../files.ts";

/** A new folder in `parent`, on its file system; `await using` removes it. */
export async function stagingFolder(parent: string): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(await ensureFolder(parent), "staging-"));
  return { path, [Symbol.asyncDispose]: () => removeAll(path) };
}

const CERTIFICATES = ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR"];
const PROXIES = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];

export interface UserSettings {
  readonly paths: readonly string[];
  readonly passEnv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Proxies and certificates, and the user's own `.npmrc` where `registry` is true: it may hold a registry's token, so only
 * a package manager that runs none of the repository's code may see it.
 */
export function userSettings(registry: boolean): UserSettings {
  const certificates = CERTIFICATES.map((name) => process.env[name] ?? "").filter(isAbsolute);
  const npmrc = process.env["NPM_CONFIG_USERCONFIG"] ?? process.env["npm_config_userconfig"] ?? join(homedir(), ".npmrc");
  const shown = registry && existsSync(npmrc);
  return {
    paths: shown ? [...certificates, npmrc] : certificates,
    passEnv: [...CERTIFICATES, ...PROXIES],
    env: shown ? { npm_config_userconfig: npmrc } : {},
  };
}
