/** The parts of the Language Server Protocol 3.17 that are read here; whatever else a server says is left alone. */
import { z } from "zod";

const count = z.number().int().nonnegative();
const position = z.object({ line: count, character: count });
export const range = z.object({ start: position, end: position });

export const diagnostic = z.object({ range, code: z.union([z.string(), z.number()]).optional() }).loose();
export const published = z.object({ uri: z.string(), diagnostics: z.array(diagnostic) });

export const textEdit = z.object({ range, newText: z.string() });
export const textEdits = z.array(textEdit).nullable();

const changes = z.record(z.string(), z.array(textEdit));
const documentChange = z.object({ textDocument: z.object({ uri: z.string() }), edits: z.array(textEdit) });

export const action = z.object({
  title: z.string(),
  kind: z.string().optional(),
  isPreferred: z.boolean().optional(),
  diagnostics: z.array(diagnostic).optional(),
  /** `documentChanges` that create, rename or delete files do not fit, and the whole action is left out. */
  edit: z.object({ changes: changes.optional(), documentChanges: z.array(documentChange).optional() }).optional(),
});

export type Position = z.infer<typeof position>;
export type Range = z.infer<typeof range>;
export type Diagnostic = z.infer<typeof diagnostic>;
export type TextEdit = z.infer<typeof textEdit>;
export type Action = z.infer<typeof action>;
