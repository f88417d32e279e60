/**
 * What `lsp-fix` and `lsp-fix-all` and their worker say to each other. The worker runs a project's linter, so its answer
 * is read with a schema and every path in it is checked again. Positions do not count a BOM.
 */
import { z } from "zod";

const count = z.number().int().nonnegative();

const target = z.object({
  /** Stands for the finding in answers. */
  index: count,
  rule: z.string(),
  /** Both count from 1, in UTF-16 code units. */
  line: count,
  column: count,
});

export const tool = z.enum(["biome", "oxlint"]);

/** One JSON document on the worker's stdin. Files are relative to `root`, with `/`. */
export const request = z.object({
  root: z.string(),
  tool,
  /** `each`: what is offered for each finding. `all`: what all safe fixes of a file, in passes, make of it. */
  scope: z.enum(["each", "all"]),
  files: z.array(z.object({ file: z.string(), targets: z.array(target) })),
});

const edit = z.object({ file: z.string(), start: count, before: z.string(), after: z.string() });

const offer = z.object({
  targets: z.array(count).min(1),
  title: z.string(),
  safety: z.enum(["safe", "unsafe"]),
  edits: z.array(edit).min(1),
});

const fault = z.object({ fault: z.string() });

/** One line of the worker's stdout: an offer, or a file it could not work on. */
export const line = z.union([offer, fault]);

export type Target = z.infer<typeof target>;
export type Tool = z.infer<typeof tool>;
export type Request = z.infer<typeof request>;
export type StatedEdit = z.infer<typeof edit>;
export type Offer = z.infer<typeof offer>;
