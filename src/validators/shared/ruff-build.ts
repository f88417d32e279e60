/** The build of ruff that stet brings as an optional dependency, for projects and machines that have no ruff. */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { readMaybe } from "../../system/files.ts";

const manifest = z.object({ version: z.string() });

/** Its version; undefined where it was not installed. */
export async function ownRuff(): Promise<string | undefined> {
  try {
    const text = await readMaybe(fileURLToPath(import.meta.resolve("@astral-sh/ruff-wasm-nodejs/package.json")));
    return manifest.parse(JSON.parse(text ?? "")).version;
  } catch {
    return undefined;
  }
}
