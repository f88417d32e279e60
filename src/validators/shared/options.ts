/** Options that several validators share, and how long a check may take where nobody says. */
import { z } from "zod";

/** Ten minutes: as long as a large project's whole test run, and short enough that a hanging one is noticed. */
export const DEFAULT_TIMEOUT_MS = 600_000;

export const commonOptions = {
  timeoutMs: z.number().int().positive().default(DEFAULT_TIMEOUT_MS),
  network: z.boolean().default(false),
};

/** No `..` and no absolute path: a check runs inside of the tree that it judges. */
const INSIDE = /^(?![\\/]|[A-Za-z]:)(?!(?:.*[\\/])?\.\.(?:[\\/]|$))/;

/** A folder or file of the tree. */
export const insideOption = z.string().min(1).regex(INSIDE, "Give a folder inside of the repository");

export const folderOption = z
  .string()
  .regex(INSIDE, "Give a folder inside of the repository")
  .default("")
  .describe("The folder to run in, relative to the root.");

export const environmentOption = z
  .record(z.string(), z.string())
  .default({})
  .describe("Environment variables added to the scrubbed environment.");

export const runOption = z.array(z.string()).min(1);

/** Tools that see `CI` neither watch, nor ask, nor write snapshots. */
export const CI = { CI: "1" } as const;
