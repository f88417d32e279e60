/** What is asked of the ruff worker, as one JSON document on its standard input. It answers in the shape of ruff's own report. */
import { z } from "zod";

export const ruffQuestion = z.object({
  /** Files and folders to lint, relative to the folder that the worker stands in. */
  paths: z.array(z.string()),
  /** Rules in place of those that the configuration selects. */
  select: z.array(z.string()).optional(),
  /** These files in place of the paths, as far as they would be linted. */
  only: z.array(z.string()).optional(),
});

export type RuffQuestion = z.infer<typeof ruffQuestion>;
