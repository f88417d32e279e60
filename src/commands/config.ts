/**
 * Configuration is data: `stet.config.json` (JSON with comments) or `package.json#stet`. Every mistake is told with
 * file, line and option. What a repository's file says can only tighten the gates: limits below the defaults, more
 * paths denied or protected. Loosening is for the command line, where a person stands behind it.
 */
import { findNodeAtLocation, parse, parseTree, printParseErrorCode, type ParseError } from "jsonc-parser";
import { z } from "zod";
import { Problem, EXIT } from "../domain/problem.ts";
import type { CheckDefinition } from "../domain/plugin.ts";
import { validators } from "../validators/index.ts";

const common = {
  name: z.string().min(1).max(60).describe("What reports and commits call this check; unique."),
  timeoutMs: z.int().min(1_000).max(7_200_000).optional().describe("One reading's time. Default 600000."),
  network: z.boolean().optional().describe("Whether the check may reach the network. Default false."),
};

const kinds = validators.map(({ name, options }) => z.strictObject({ ...common, use: z.literal(name), ...options }));
const bare = z.strictObject({ ...common, run: z.array(z.string()).min(1).describe("A command, judged by its exit code.") });
const check = z.union([...kinds, bare]).describe("A check: a validator with its options, or just a command.");

export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  checks: z.array(check).min(1).max(50).optional().describe("What green means here. Detected where absent."),
  deny: z.array(z.string()).optional().describe("Path prefixes that no proposal may touch."),
  protect: z.array(z.string()).optional().describe("Globs of further files that define checks or are tests."),
  maxFiles: z.int().positive().optional().describe("Files that one proposal may touch, at most."),
  maxChangedLines: z.int().positive().optional().describe("Lines that one proposal may change, at most."),
  maxChangedFraction: z.number().positive().max(1).optional().describe("Part of a file that one proposal may change."),
  maxRounds: z.int().positive().max(50).optional().describe("Rounds of a repair, at most. Default 10."),
});

export interface Config extends Omit<z.infer<typeof configSchema>, "checks"> {
  readonly checks?: readonly CheckDefinition[];
}

/** Reads configuration text. Throws `Problem` (78) naming file, line and option. */
export function parseConfig(text: string, file: string): Config {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first) throw misconfigured(file, text, first.offset, "", printParseErrorCode(first.error));
  const nested = file.endsWith("package.json");
  return check_(nested ? (value as { stet?: unknown }).stet : value, nested ? ["stet"] : [], text, file);
}

function check_(value: unknown, root: readonly string[], text: string, file: string): Config {
  const result = configSchema.safeParse(value);
  if (result.success) return withNames(result.data, file);
  const issue = deepest(result.error.issues);
  const path = [...root, ...issue.path.map((part) => (typeof part === "number" ? part : String(part)))];
  const tree = parseTree(text);
  const node = tree && (findNodeAtLocation(tree, path) ?? findNodeAtLocation(tree, path.slice(0, -1)));
  throw misconfigured(file, text, node?.offset ?? 0, path.join("."), issue.message);
}

/** In a union, the branch that came furthest says best what is wrong. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  const [first] = issues;
  if (!first) throw new Error("a failed check without an issue");
  if (first.code !== "invalid_union") return first;
  const branches = first.errors.filter((branch) => branch.length > 0);
  const best = branches.sort((one, other) => one.length - other.length)[0];
  if (!best) return first;
  const inner = deepest(best);
  return { ...inner, path: [...first.path, ...inner.path] };
}

function withNames(config: z.infer<typeof configSchema>, file: string): Config {
  const { checks, ...rest } = config;
  if (!checks) return rest;
  const definitions = checks.map((one): CheckDefinition => ("use" in one ? one : { use: "command", ...one }));
  const names = definitions.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Problem("config-duplicate-check", { file, name: twice }, EXIT.config);
  return { ...rest, checks: definitions };
}

function misconfigured(file: string, text: string, offset: number, option: string, detail: string): Problem {
  const before = text.slice(0, offset).split("\n");
  const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  return new Problem("config-invalid", { file, ...place, option, detail }, EXIT.config);
}
