/** A node_modules folder for generated workspaces: real copies of what they name, out of stet's own. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { provide } from "../../examples/dependencies.ts";

export const stetRoot = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** Makes it below `folder` and gives its path. All workspaces of a bench share it. */
export function makeModules(folder: string): string {
  mkdirSync(folder, { recursive: true });
  provide(folder, stetRoot, {
    packages: ["eslint", "typescript", "@typescript-eslint/parser", "@types/node"],
    programs: { eslint: "eslint/bin/eslint.js", tsc: "typescript/bin/tsc" },
    workspaces: {},
  });
  return join(folder, "node_modules");
}
