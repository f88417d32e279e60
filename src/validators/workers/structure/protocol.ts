/**
 * The rules of a project's structure, and what the worker that holds a tree against them says. Rules are data from the
 * configuration, so a glob or pattern in one can at worst take the check's own time.
 */
import { z } from "zod";

const why = z.string().max(300).optional().describe("Said with each finding.");
const path = z.string().min(1).max(500);

/** A template as configuration names it, and with its text, as the base has it. */
const template = z.union([path, z.strictObject({ path, text: z.string() })]);

export const rule = z.union([
  z.strictObject({ mustExist: path, forEach: path.optional(), template: template.optional(), why }),
  z.strictObject({ mustNotExist: path, why }),
  z.strictObject({ files: path, mustContain: z.string().min(1).max(2_000), why }),
  z.strictObject({ files: path, mustMatch: z.string().min(1).max(2_000).refine(compiles, "Give a regular expression that JavaScript can read"), why }),
  z.strictObject({ from: path, mustNotImport: z.union([path, z.array(path).min(1).max(100)]), why }),
]);

export type Rule = z.infer<typeof rule>;

export const question = z.object({ root: z.string(), rules: z.array(rule) });

export const answer = z.object({
  broken: z.array(
    z.object({
      /** Which rule, from 0. */
      rule: z.int().min(0),
      file: z.string(),
      line: z.int().min(1),
      /** What was imported; the file that asks for another one. */
      subject: z.string().optional(),
    }),
  ),
});

export type Broken = z.infer<typeof answer>["broken"][number];

function compiles(text: string): boolean {
  try {
    new RegExp(text, "m");
    return true;
  } catch {
    return false;
  }
}
