/**
 * What is wrong with a configuration, as the one problem that its author is told: which option, and the line and column
 * where it stands. Knows JSON and its places; what is right stands in `config.ts`.
 */
import { findNodeAtLocation, parse, parseTree, printParseErrorCode, type ParseError } from "jsonc-parser";
import type { z } from "zod";
import { EXIT, Problem } from "../domain/problem.ts";

export type Path = readonly (string | number)[];

/** A text with configuration in it, at `root`. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly root: Path;
}

/** The shapes that configuration may have. */
export interface Shapes {
  readonly whole: z.ZodObject;
  /** The shape of a check; undefined where it names a kind that is not there. */
  kindOf(entry: unknown): z.ZodObject | undefined;
  /** The kinds' names. */
  readonly kinds: readonly string[];
}

/** The text as a value. Throws `Problem` (78) where it is no JSON with comments. */
export function valueOf(source: Source): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(source.text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (!first) return value;
  // `ValueExpected` → `Value expected`
  const detail = printParseErrorCode(first.error).replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  throw new Problem("config-invalid", { ...placeAt(source, first.offset), option: "", detail }, EXIT.config);
}

/** Whether the text, sound or not, has a part at its root. */
export function hasPart({ text, root }: Source): boolean {
  const tree = parseTree(text);
  return tree !== undefined && findNodeAtLocation(tree, [...root]) !== undefined;
}

/** What is wrong first, at its place. A check is held against the kind that it says it is. */
export function problemOf(error: z.ZodError, value: unknown, source: Source, shapes: Shapes): Problem {
  const [issue] = error.issues;
  if (!issue) throw new Error("a configuration that is refused without an issue");
  const path = plainPath(issue.path);
  const inCheck = path[0] === "checks" && path.length > 1;
  return inCheck ? problemInCheck(issue, value, source, shapes) : problemAt(issue, path, source, shapes.whole);
}

function problemInCheck(issue: z.core.$ZodIssue, value: unknown, source: Source, shapes: Shapes): Problem {
  const path = plainPath(issue.path).slice(0, 2);
  const entry = partOf(value, path);
  const kind = shapes.kindOf(entry);
  if (!kind) {
    const name = String(partOf(entry, ["use"]));
    return new Problem("unknown-validator", { ...placeOf(source, [...path, "use"]), name, known: shapes.kinds }, EXIT.config);
  }
  const [inner] = kind.safeParse(entry).error?.issues ?? [];
  return inner ? problemAt(inner, [...path, ...plainPath(inner.path)], source, kind) : problemAt(issue, path, source, kind);
}

function problemAt(given: z.core.$ZodIssue, from: Path, source: Source, { shape }: z.ZodObject): Problem {
  const { issue, path } = innermost(given, from);
  if (issue.code !== "unrecognized_keys" || path.length > from.length) {
    return new Problem("config-invalid", { ...placeOf(source, path), detail: issue.message }, EXIT.config);
  }
  const place = placeOf(source, [...path, issue.keys[0] ?? ""], "name");
  return new Problem("config-unknown-option", { ...place, known: Object.keys(shape) }, EXIT.config);
}

interface Placed {
  readonly issue: z.core.$ZodIssue;
  readonly path: Path;
}

/** Where a value may have several forms: what is wrong with it in the form that it comes nearest to. */
function innermost(issue: z.core.$ZodIssue, path: Path): Placed {
  if (issue.code !== "invalid_union") return { issue, path };
  const inner = issue.errors.flatMap((errors) => errors.slice(0, 1)).map((one) => innermost(one, [...path, ...plainPath(one.path)]));
  return inner.reduce((best, one) => (one.path.length > best.path.length ? one : best), { issue, path });
}

/** The path to a text with NUL in it: as a word, a path or a variable it can be given to no program. */
export function pathToNul(value: unknown, path: Path = []): Path | undefined {
  if (typeof value === "string") return value.includes("\0") ? path : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const found = pathToNul(part, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found) return found;
  }
  return undefined;
}

function plainPath(path: readonly PropertyKey[]): Path {
  return path.map((part) => (typeof part === "symbol" ? String(part) : part));
}

export function partOf(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, key) => (typeof part === "object" && part !== null ? Reflect.get(part, key) : undefined), value);
}

/** Given to a `Problem` as its arguments, so not an interface. */
type Place = Readonly<{ file: string; line: number; column: number }>;

/** Where an option stands, or what should hold it. */
export function placeOf(source: Source, path: Path, part: "value" | "name" = "value"): Place & Readonly<{ option: string }> {
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
