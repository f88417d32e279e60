/** stet's own version and place, from its package.json. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where stet itself is installed. */
export function packageRoot(): string {
  return fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
}

export function version(): string {
  const manifest = JSON.parse(readFileSync(`${packageRoot()}/package.json`, "utf8")) as { version: string };
  return manifest.version;
}
