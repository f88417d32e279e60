/**
 * What the TypeScript oracle and its worker say to each other: a line of JSON each way. The worker runs beside the
 * project's own code, so its answer is read with a schema. Files are relative to the root, with `/`.
 */
import { z } from "zod";

/** Texts that differ from what stands on disk, by file; null where the file is not there. */
const texts = z.record(z.string(), z.string().nullable());

export const question = z.object({
  engine: z.enum(["native", "builder"]),
  root: z.string(),
  projects: z.array(z.string()),
  /** The tree that the change is put on, and the tree with it. */
  from: texts,
  to: texts,
  /** The files that differ between the two, as they are in the first. */
  changed: texts,
  /** Where these files alone are to be read. */
  only: z.array(z.string()).optional(),
});

const diagnostic = z.object({
  /** Absent where it is about the program as a whole. */
  file: z.string().optional(),
  /** Count from 1. */
  line: z.number().int(),
  column: z.number().int(),
  code: z.string(),
  message: z.string(),
  /** About declaration output: the compiler itself reports such only where nothing else is wrong in the whole project. */
  late: z.boolean(),
});

export const answer = z.union([
  z.object({
    /** What was read, where that was enough: all files where absent. */
    read: z.array(z.string()).optional(),
    /** The changed files that others can see a difference in. */
    far: z.array(z.string()),
    before: z.array(diagnostic),
    after: z.array(diagnostic),
  }),
  /** `unsupported`: the engine does not take this project. `outside`: this change, unlike the next one perhaps. */
  z.object({ unknown: z.enum(["unsupported", "outside"]) }),
]);

export type Texts = Readonly<Record<string, string | null>>;
export type Question = z.infer<typeof question>;
export type Diagnostic = z.infer<typeof diagnostic>;
export type Answer = z.infer<typeof answer>;
