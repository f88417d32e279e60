/**
 * Configuration is data: `stet.config.json` (JSON with comments) or `package.json#stet`. Every mistake is told with
 * file, line and option. What a repository's file says can only tighten the gates: limits below the defaults, more
 * paths denied or protected. Loosening is for the command line, where a person stands behind it.
 */
import { z } from "zod";
import { Problem, EXIT } from "../domain/problem.ts";
import { CATEGORIES } from "../domain/finding.ts";
import type { CheckDefinition } from "../domain/plugin.ts";
import { validators } from "../validators/index.ts";
import { insideOption } from "../validators/shared/options.ts";
import { enginesSchema } from "./engines-config.ts";
import { ladderSchema } from "./ladder-config.ts";
import { reviewSchema } from "./review-config.ts";
import { hasPart, partOf, pathToNul, placeOf, problemOf, valueOf, type Source } from "./config-faults.ts";

const common = {
  name: z.string().min(1).max(60).describe("What reports and commits call this check; unique."),
  timeoutMs: z.int().min(1_000).max(7_200_000).optional().describe("One reading's time. Default 600000."),
  network: z.boolean().optional().describe("Whether the check may reach the network. Default false."),
};

const BARE = "command";
const kinds = validators.map(({ name, options }) => z.strictObject({ ...common, use: z.literal(name), ...options }));
const bare = z.strictObject({ ...common, ...validators.find(({ name }) => name === BARE)?.options });
const check = z.union([...kinds, bare]).describe("A check: a validator with its options, or just a command.");

const category = z.strictObject({
  tool: z.string().min(1).describe("The tool, the kind of check, or the check's name."),
  prefix: z.string().describe("What the tool's code begins with; empty for all of its codes."),
  category: z.enum(CATEGORIES).describe("What its findings are."),
});

const prepare = z.strictObject({
  run: z.array(z.string()).min(1).describe("The command's words."),
  inputs: z.array(z.string().min(1)).min(1).describe("Globs of the files that decide what it makes, lockfiles above all."),
  outputs: z.array(insideOption).min(1).max(50).describe("Folders that it makes; they are kept, and laid into worktrees."),
});

export const configSchema = z.strictObject({
  $schema: z.string().optional().describe("Where the JSON Schema of this file is, for editors."),
  checks: z.array(check).min(1).max(50).optional().describe("What green means here. Detected where absent."),
  deny: z.array(z.string()).optional().describe("Path prefixes that no proposal may touch."),
  protect: z.array(z.string()).optional().describe("Globs of further files that define checks or are tests."),
  categories: z.array(category).max(500).optional().describe("Rows before stet's own table of categories; the first that fits counts."),
  maxFiles: z.int().positive().optional().describe("Files that one proposal may touch, at most."),
  maxChangedLines: z.int().positive().optional().describe("Lines that one proposal may change, at most."),
  maxChangedFraction: z.number().positive().max(1).optional().describe("Part of a file that one proposal may change."),
  policy: z.enum(["free", "local", "mechanical"]).optional().describe("How far a model's edits may go, see docs/policy.md; it can only tighten."),
  maxPatches: z.int().positive().optional().describe("Edits of one file by models in a run under the policy `mechanical`, at most. Default 2."),
  maxPatchLines: z.int().positive().optional().describe("Lines of each of these edits, at most. Default 6."),
  ...ladderSchema,
  ...enginesSchema,
  ...reviewSchema,
  prepare: prepare.optional().describe("A command that makes what checks need and git does not hold, run once for each state of its inputs."),
  maxRounds: z.int().positive().max(50).optional().describe("Rounds of a repair, at most. Default 10."),
});

export interface Config extends Omit<z.infer<typeof configSchema>, "checks"> {
  readonly checks?: readonly CheckDefinition[];
}

/** Reads configuration text. Throws `Problem` (78) naming file, line and option. */
export function parseConfig(text: string, file: string): Config {
  const source = { file, text: withoutMark(text), root: [] };
  return judge(valueOf(source), source);
}

/** The `stet` part of a package.json; undefined where it has none. Throws `Problem` (78) as `parseConfig` does. */
export function parseManifest(text: string, file: string): Config | undefined {
  const source = { file, text: withoutMark(text), root: ["stet"] };
  return hasPart(source) ? judge(partOf(valueOf(source), source.root), source) : undefined;
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}

/** A check that names no validator is a command. */
function kindOf(entry: unknown): z.ZodObject | undefined {
  const use = partOf(entry, ["use"]);
  return use === undefined ? bare : kinds[validators.findIndex(({ name }) => name === use)];
}

const SHAPES = { whole: configSchema, kindOf, kinds: validators.map(({ name }) => name) };

function judge(value: unknown, source: Source): Config {
  const result = configSchema.safeParse(value);
  if (!result.success) throw problemOf(result.error, value, source, SHAPES);
  const nul = pathToNul(value);
  if (nul) throw new Problem("config-invalid", { ...placeOf(source, nul), detail: "NUL cannot stand in a text here" }, EXIT.config);
  return withNames(result.data, source);
}

function withNames(config: z.infer<typeof configSchema>, source: Source): Config {
  const { checks, ...rest } = config;
  if (!checks) return rest;
  const definitions = checks.map((one): CheckDefinition => ("use" in one ? one : { ...one, use: BARE }));
  const names = definitions.map(({ name }) => name);
  const second = names.findIndex((name, index) => names.indexOf(name) < index);
  const name = names[second];
  if (name === undefined) return { ...rest, checks: definitions };
  throw new Problem("config-duplicate-check", { ...placeOf(source, ["checks", second, "name"]), name }, EXIT.config);
}
