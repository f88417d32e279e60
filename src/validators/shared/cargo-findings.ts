/**
 * What cargo's messages come to: one finding for each thing that rustc or clippy says, however many targets it says it
 * for, and how far it came in each target. rustc names files from the folder that it ran in, which is the workspace's
 * root, or the package's for packages outside of the workspace.
 */
import { posix } from "node:path";
import { categoryOf } from "../../domain/categories.ts";
import { finding, type Finding, type Place } from "../../domain/finding.ts";
import type { Workspace } from "../../domain/plugin.ts";
import type { CargoOutput, CompilerMessage, Diagnostic, Span, Target } from "./cargo-output.ts";
import { repositoryPath, withoutRoot } from "./paths.ts";
import { ruleOf, stageOf, STAGES } from "./rustc-codes.ts";
import { fixesOf, type FindFile, type SourceFile } from "./rustc-fixes.ts";
import { fromBytes } from "./utf8-places.ts";

/** Where cargo ran, for which check. */
export interface CargoGround {
  readonly check: string;
  readonly workspace: Workspace;
  /** The workspace's folder, relative to the repository's root. */
  readonly folder: string;
}

export interface CargoFindings {
  readonly findings: readonly Finding[];
  readonly reached: Readonly<Record<string, number>>;
  /** How many errors there are, those without a place of their own included. */
  readonly errors: number;
}

/** rustc's own sums at the end of a crate, and clippy's. */
const SUMMARY = /^aborting due to|^\d+ warnings? emitted|^could not compile/;

export async function cargoFindings({ messages, artifacts }: CargoOutput, ground: CargoGround): Promise<CargoFindings> {
  const files = new SourceFiles(ground);
  const unique = new Map<string, Finding>();
  const reached = new Map<string, number>();
  for (const { manifest_path: manifest, target } of artifacts) reached.set(areaOf(ground, manifest, target), STAGES.lints);
  let errors = 0;
  for (const one of messages) {
    const { message, manifest_path: manifest, target } = one;
    if (!["error", "warning"].includes(message.level) || SUMMARY.test(message.message)) continue;
    const area = areaOf(ground, manifest, target);
    const stage = stageOf(ruleOf(message));
    if (message.level === "error") {
      errors++;
      reached.set(area, Math.min(stage, reached.get(area) ?? STAGES.lints));
    }
    const key = identity(message);
    if (!unique.has(key)) unique.set(key, await toFinding(one, { area, stage }, ground, files));
  }
  return { findings: [...unique.values()], reached: Object.fromEntries(reached), errors };
}

/** A library and its own tests, or a module of two targets, are told the same things twice. */
function identity({ code, message, spans }: Diagnostic): string {
  const places = spans.filter((span) => span.is_primary).map(({ file_name: file, byte_start: from, byte_end: to }) => [file, from, to]);
  return JSON.stringify([code?.code, message, places]);
}

/** The part of the code that is compiled by itself. */
export function areaOf({ workspace, folder }: CargoGround, manifest: string, { kind, name }: Target): string {
  return [posix.dirname(repositoryPath(workspace.root, folder, manifest)), kind.join("+"), name].join(":");
}

async function toFinding(one: CompilerMessage, depth: Finding["depth"], ground: CargoGround, files: SourceFiles): Promise<Finding> {
  const { message, target, manifest_path: manifest } = one;
  const { root } = ground.workspace;
  const rule = ruleOf(message);
  const primary = message.spans.find((span) => span.is_primary) ?? message.spans[0];
  const spans = [...message.spans, ...message.children.flatMap((child) => child.spans)];
  const find = await files.load([...spans.flatMap(chainOf).map((span) => span.file_name), target.src_path], manifest);
  const at = placeOf(primary, target, find);
  const fixes = fixesOf(message, find);
  return finding({
    by: ground.check,
    tool: "rustc",
    rule,
    category: categoryOf("rustc", rule),
    message: withoutRoot(root, message.message),
    ...(at && { at }),
    ...(depth && { depth }),
    ...(fixes.length > 0 && { fixes }),
  });
}

/** A span, and the places that the macros which wrote it were called from, the outermost last. */
function chainOf(span: Span): Span[] {
  const chain: Span[] = [];
  for (let at: Span | undefined = span; at && chain.length < MAX_EXPANSIONS; at = at.expansion?.span) chain.push(at);
  return chain;
}

/** rustc's own limit (`recursion_limit`). */
const MAX_EXPANSIONS = 128;

/**
 * Where the outermost macro is called, if any. What has no place in the repository stands at the beginning of its target;
 * nowhere where that, too, is somebody else's.
 */
function placeOf(primary: Span | undefined, target: Target, find: FindFile): Place | undefined {
  const called = (primary ? chainOf(primary) : []).findLast(({ file_name: name }) => find(name));
  if (called) return { file: find(called.file_name)?.path ?? "", line: called.line_start, column: columnOf(called) };
  const main = find(target.src_path)?.path;
  return main === undefined ? undefined : { file: main, line: 1, column: 1 };
}

/** rustc counts characters. */
function columnOf({ column_start: column, text: [line] }: Span): number {
  return line ? Array.from(line.text).slice(0, column - 1).join("").length + 1 : column;
}

/** The repository's files that messages speak of, each read once. */
class SourceFiles {
  readonly #ground: CargoGround;
  readonly #files = new Map<string, SourceFile | undefined>();

  constructor(ground: CargoGround) {
    this.#ground = ground;
  }

  /** Of the package with that manifest: another one may have files of the same names. */
  async load(names: readonly string[], manifest: string): Promise<FindFile> {
    const keyOf = (name: string): string => `${manifest}\0${name}`;
    for (const name of names) {
      if (!this.#files.has(keyOf(name))) this.#files.set(keyOf(name), await this.#read(name, manifest));
    }
    return (name) => this.#files.get(keyOf(name));
  }

  /** In the workspace's folder, else in the package's. A file that is no text has a place and no fixes. */
  async #read(name: string, manifest: string): Promise<SourceFile | undefined> {
    const { workspace, folder } = this.#ground;
    const packageFolder = posix.dirname(repositoryPath(workspace.root, folder, manifest));
    const written = name.replaceAll("\\", "/");
    // A package of somebody else's has files of the same names; `<anon>` and the like are none.
    if (isOutside(packageFolder) || /^<.*>$/.test(name)) return undefined;
    const paths = [...new Set([folder, packageFolder].map((from) => repositoryPath(workspace.root, from, written)))];
    const inside = paths.filter((path) => !isOutside(path));
    for (const path of inside) {
      const text = await workspace.readText(path);
      if (text !== undefined) return { path, text, fromBytes: fromBytes(text) };
    }
    const [path] = inside;
    return path === undefined ? undefined : { path, text: "", fromBytes: () => undefined };
  }
}

function isOutside(path: string): boolean {
  return /^(?:\.\.(?:\/|$)|\/|[A-Za-z]:)/.test(path);
}
