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

/** A check that names no validator is a command. */
const BARE = "command";
const kinds = validators.map(({ name, options }) => z.strictObject({ ...common, use: z.literal(name), ...options }));
const bare = z.strictObject({ ...common, ...validators.find(({ name }) => name === BARE)?.options });
const check = z.union([...kinds, bare]).describe("A check: a validator with its options, or just a command.");

export const configSchema = z.strictObject({
  $schema: z.string().optional().describe("Where the JSON Schema of this file is, for editors."),
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

type Path = readonly (string | number)[];

/** A text with configuration in it, at `root`. */
interface Source {
  readonly file: string;
  readonly text: string;
  readonly root: Path;
}

/** Reads configuration text. Throws `Problem` (78) naming file, line and option. */
export function parseConfig(text: string, file: string): Config {
  const source = { file, text: withoutMark(text), root: [] };
  return judge(valueOf(source), source);
}

/** The `stet` part of a package.json; undefined where it has none. Throws `Problem` (78) as `parseConfig` does. */
export function parseManifest(text: string, file: string): Config | undefined {
  const source = { file, text: withoutMark(text), root: ["stet"] };
  const tree = parseTree(source.text);
  if (!tree || !findNodeAtLocation(tree, source.root)) return undefined;
  return judge(partOf(valueOf(source), source.root), source);
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}

function valueOf(source: Source): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(source.text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (!first) return value;
  // `ValueExpected` → `Value expected`
  const detail = printParseErrorCode(first.error).replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  throw new Problem("config-invalid", { ...placeAt(source, first.offset), option: "", detail }, EXIT.config);
}

function judge(value: unknown, source: Source): Config {
  const result = configSchema.safeParse(value);
  if (!result.success) throw problemOf(firstOf(result.error), value, source);
  const nul = pathToNul(value);
  if (nul) throw new Problem("config-invalid", { ...wrong(source, nul), detail: "NUL cannot stand in a text here" }, EXIT.config);
  return withNames(result.data, source);
}

function firstOf({ issues: [first] }: z.ZodError): z.core.$ZodIssue {
  if (!first) throw new Error("a configuration that is refused without an issue");
  return first;
}

/** What is wrong first, at its place. A check is held against the kind that it says it is. */
function problemOf(issue: z.core.$ZodIssue, value: unknown, source: Source, shape: object = configSchema.shape): Problem {
  const path = plainPath(issue.path);
  if (issue.code === "unrecognized_keys") {
    const place = wrong(source, [...path, issue.keys[0] ?? ""], "name");
    return new Problem("config-unknown-option", { ...place, known: Object.keys(shape) }, EXIT.config);
  }
  if (issue.code !== "invalid_union" || path[0] !== "checks" || path.length !== 2) {
    return new Problem("config-invalid", { ...wrong(source, path), detail: issue.message }, EXIT.config);
  }
  const entry = partOf(value, path);
  const use = partOf(entry, ["use"]);
  const kind = use === undefined ? bare : kinds[validators.findIndex(({ name }) => name === use)];
  if (!kind) {
    const known = validators.map(({ name }) => name);
    return new Problem("unknown-validator", { ...wrong(source, [...path, "use"]), name: String(use), known }, EXIT.config);
  }
  const { error } = kind.safeParse(entry);
  if (!error) throw new Error("a check that is refused and accepted");
  const inner = firstOf(error);
  return problemOf({ ...inner, path: [...path, ...inner.path] }, value, source, kind.shape);
}

/** A command line, a path or a variable with NUL in it can be given to no program. */
function pathToNul(value: unknown, path: Path = []): Path | undefined {
  if (typeof value === "string") return value.includes("\0") ? path : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const found = pathToNul(part, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found) return found;
  }
  return undefined;
}

function withNames(config: z.infer<typeof configSchema>, source: Source): Config {
  const { checks, ...rest } = config;
  if (!checks) return rest;
  const definitions = checks.map((one): CheckDefinition => ("use" in one ? one : { ...one, use: BARE }));
  const names = definitions.map(({ name }) => name);
  const second = names.findIndex((name, index) => names.indexOf(name) < index);
  const name = names[second];
  if (name === undefined) return { ...rest, checks: definitions };
  throw new Problem("config-duplicate-check", { ...wrong(source, ["checks", second, "name"]), name }, EXIT.config);
}

function plainPath(path: readonly PropertyKey[]): Path {
  return path.map((part) => (typeof part === "symbol" ? String(part) : part));
}

function partOf(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, key) => (typeof part === "object" && part !== null ? Reflect.get(part, key) : undefined), value);
}

/** Given to a `Problem` as its arguments, so not an interface. */
type Place = Readonly<{ file: string; line: number; column: number }>;

/** Where an option stands, or what should hold it. */
function wrong(source: Source, path: Path, part: "value" | "name" = "value"): Place & Readonly<{ option: string }> {
  const whole = [...source.root, ...path];
  const tree = parseTree(source.text);
  const value = tree && findNodeAtLocation(tree, whole);
  const node = part === "name" ? value?.parent : value;
  const holder = tree && findNodeAtLocation(tree, whole.slice(0, -1));
  return { ...placeAt(source, (node ?? holder)?.offset ?? 0), option: whole.join(".") };
}

function placeAt({ file, text }: Source, offset: number): Place {
  const before = text.slice(0, offset).split("\n");
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
