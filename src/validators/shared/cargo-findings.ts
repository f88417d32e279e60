/**
 * What cargo's messages come to: one finding for each thing that rustc or clippy says, however many targets it says it
 * for, and how far it came in each target. rustc names files from the folder that it ran in, which is the workspace's
 * root, or the package's for packages outside of the workspace.
 */
import { posix } from "node:path";
import { categoryOf } from "../../domain/categories.ts";
import { finding, type Finding, type Place } from "../../domain/finding.ts";
import type { CargoOutput, CompilerMessage, Diagnostic, Span, Target } from "./cargo-output.ts";
import type { ApartOptions } from "./apart.ts";
import { SourceFiles, type CargoGround } from "./cargo-sources.ts";
import { repositoryPath, withoutRoot } from "./paths.ts";
import { FIXED_WORDS, LINTS_OF_USE, ruleOf, stageOf, STAGES } from "./rustc-codes.ts";
import { fixesOf, type FindFile } from "./rustc-fixes.ts";

export interface CargoFindings {
  readonly findings: readonly Finding[];
  readonly reached: Readonly<Record<string, number>>;
  /** How many errors there are, those without a place of their own included. */
  readonly errors: number;
}

/** How findings of Rust's and changes are told apart. */
export const RUST: ApartOptions = { keyword: "fn", language: "rust", fixed: FIXED_WORDS, ofUse: LINTS_OF_USE };

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
