/** Holds a tree against rules. Reads files through what it is handed; changes nothing. */
import { posix } from "node:path";
import picomatch from "picomatch";
import { importsOf, type Import } from "./imports.ts";
import type { Broken, Rule } from "./protocol.ts";

export interface Tree {
  /** Sorted, relative to the root, with `/`. */
  readonly files: readonly string[];
  read(file: string): string;
}

export function brokenIn(tree: Tree, rules: readonly Rule[]): Broken[] {
  const present = new Set(tree.files);
  return rules.flatMap((rule, index) => broken(rule, tree, present).map((one) => ({ rule: index, ...one })));
}

type Place = Omit<Broken, "rule">;

function broken(rule: Rule, tree: Tree, present: ReadonlySet<string>): Place[] {
  if ("mustExist" in rule) return missing(rule.mustExist, rule.forEach, tree.files, present);
  if ("mustNotExist" in rule) return among(tree.files, rule.mustNotExist).map(at);
  if ("mustContain" in rule) return among(tree.files, rule.files).filter((file) => !tree.read(file).includes(rule.mustContain)).map(at);
  if ("mustMatch" in rule) {
    const pattern = new RegExp(rule.mustMatch, "m");
    return among(tree.files, rule.files).filter((file) => !pattern.test(tree.read(file))).map(at);
  }
  const banned = [rule.mustNotImport].flat().map((pattern) => bannedBy(pattern));
  return among(tree.files, rule.from).flatMap((file) => imported(file, tree, present, banned));
}

function at(file: string): Place {
  return { file, line: 1 };
}

function among(files: readonly string[], glob: string): string[] {
  const fits = picomatch(glob, { dot: true });
  return files.filter((file) => fits(file));
}

/** A glob is met by one file; `{path}` and `{name}` are those of each file that asks for it. */
function missing(wanted: string, forEach: string | undefined, files: readonly string[], present: ReadonlySet<string>): Place[] {
  if (forEach === undefined) return present.has(wanted) || (isGlob(wanted) && among(files, wanted).length > 0) ? [] : [at(wanted)];
  const asked = among(files, forEach).map((subject) => ({ file: filled(wanted, subject), line: 1, subject }));
  return [...new Map(asked.map((one) => [one.file, one])).values()].filter(({ file }) => !present.has(file));
}

function isGlob(text: string): boolean {
  return /[*?[\]{}!]/.test(text);
}

/** Both words of a file: its folder, and its name without the ending. */
export function filled(text: string, file: string): string {
  const name = posix.basename(file, posix.extname(file));
  return posix.normalize(text.replaceAll("{path}", () => posix.dirname(file)).replaceAll("{name}", () => name));
}

/** A package by its name, or files by a glob. */
function bannedBy(pattern: string): (one: Import) => boolean {
  const fits = picomatch(pattern, { dot: true });
  return ({ name, path }) => {
    if (path !== undefined) return fits(path);
    return fits(name) || ["/", "."].some((end) => name.startsWith(pattern + end));
  };
}

function imported(file: string, tree: Tree, present: ReadonlySet<string>, banned: readonly ((one: Import) => boolean)[]): Place[] {
  const found = importsOf(file, tree.read(file), (path) => present.has(path)).filter((one) => banned.some((fits) => fits(one)));
  const places = found.map(({ name, line, path }) => ({ file, line, subject: path ?? name }));
  return [...new Map(places.map((one) => [`${one.line} ${one.subject}`, one])).values()];
}
