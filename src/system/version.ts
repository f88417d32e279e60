/** stet's own version and place, from its package.json. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where stet itself is installed. */
export function packageRoot(): string {
  return fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
}

/**
 * What of stet its workers need to see inside a sandbox. Not the whole package: where stet is tried on its own
 * repository, that would uncover the checkout. An installed stet finds its dependencies beside itself.
 */
export function ownPaths(): string[] {
  const root = packageRoot();
  const modules = root.lastIndexOf("/node_modules/");
  const beside = modules < 0 ? `${root}/node_modules` : root.slice(0, modules + "/node_modules".length);
  return [`${root}/package.json`, `${root}/src`, `${root}/dist`, beside].filter((path) => existsSync(path));
}

export function version(): string {
  const manifest = JSON.parse(readFileSync(`${packageRoot()}/package.json`, "utf8")) as { version: string };
  return manifest.version;
}
