/**
 * What `ts-codefix` and its worker say to each other. The worker runs next to the project's own code, so its answer
 * is read with a schema and every path in it is checked again. Positions in answers do not count a BOM.
 */
import { z } from "zod";

const target = z.object({
  /** Stands for the finding in answers. */
  index: z.number().int(),
  /** Count from 1. */
  line: z.number().int(),
  column: z.number().int(),
  code: z.number().int(),
});

/** One JSON document on the worker's stdin. Files are relative to `root`, with `/`. */
export const request = z.object({
  root: z.string(),
  files: z.array(z.object({ file: z.string(), targets: z.array(target) })),
  maxCandidates: z.number().int(),
});

const edit = z.object({
  file: z.string(),
  start: z.number().int().nonnegative(),
  before: z.string().nullable(),
  after: z.string(),
});

const offer = z.object({
  /** `all`: TypeScript's own fix-all, of exactly these findings. `one`: a candidate, best first per finding. */
  scope: z.enum(["all", "one"]),
  targets: z.array(z.number().int().nonnegative()).min(1),
  /** The row of the fix table it falls under. */
  kind: z.string(),
  title: z.string(),
  safety: z.enum(["safe", "unsafe", "display"]),
  caution: z.string().optional(),
  edits: z.array(edit).min(1),
});

const fault = z.object({ fault: z.string() });

/** One line of the worker's stdout: an offer, or a file it could not work on. */
export const line = z.union([offer, fault]);

export type Target = z.infer<typeof target>;
export type Request = z.infer<typeof request>;
export type RawEdit = z.infer<typeof edit>;
export type Offer = z.infer<typeof offer>;
export type Line = z.infer<typeof line>;
