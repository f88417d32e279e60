/**
 * stet's command line in a few files instead of 360, for the tests that start it a thousand times: half of what a short
 * run costs is finding and linking modules. The code is that of `src/`, and each module believes that it stands there, so
 * that its workers are the sources' too. Large packages stay outside, since they are loaded when something asks for them.
 * For this machine and one run of the tests: nothing of it is shipped.
 */
import { symlinkSync } from "node:fs";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

/** What every run loads. */
const SMALL = new Set(["atomically", "commander", "env-paths", "is-safe-filename", "jsonc-parser", "picomatch", "zod"]);
const MODULES = `${sep}node_modules${sep}`;

/** Gives the path of what to start instead of `src/cli.ts`. */
export async function bundleCli(root: string, folder: string): Promise<string> {
  // Packages that stayed outside are found from here.
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const bundle = await rolldown({
    input: join(root, "src/cli.ts"),
    platform: "node",
    // `main` of jsonc-parser is a format that bundlers cannot follow.
    resolve: { mainFields: ["module", "main"] },
    external: (id, importer) => isPackage(id) && importer?.includes(MODULES) !== true && !SMALL.has(id),
    plugins: [{ name: "stands-in-src", transform: (code, id) => standingAt(code, id) }],
  });
  await bundle.write({ dir: folder, format: "esm", entryFileNames: "cli.js" });
  await bundle.close();
  return join(folder, "cli.js");
}

function isPackage(id: string): boolean {
  return !id.startsWith(".") && !id.startsWith("/");
}

function standingAt(code: string, id: string): string | null {
  const isOurs = !id.includes(MODULES) && code.includes("import.meta.url");
  return isOurs ? code.replaceAll("import.meta.url", () => JSON.stringify(pathToFileURL(id).href)) : null;
}
