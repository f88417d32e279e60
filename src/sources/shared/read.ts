/**
 * Reads inputs, each with the source that recognises it: one stream of what they say and of what was left out. An input that
 * cannot be had or recognised is named and the others are read. Knows no source by name.
 */
import { basename, resolve } from "node:path";
import type { Source } from "../../domain/plugin.ts";
import { reason, type Reason } from "../../domain/reason.ts";
import type { Skipped, SourceItem } from "../../domain/suggestion.ts";
import { openInput, type InputFault, type OpenInput } from "../../system/input.ts";
import { latestOnly } from "./latest.ts";

export interface ReadOptions {
  /** As the user named them, relative to `cwd`; `-` is standard input. */
  readonly inputs: readonly string[];
  readonly cwd: string;
  readonly stdin: AsyncIterable<Buffer>;
  readonly sources: readonly Source[];
  /** The source to use, whatever an input looks like. */
  readonly format?: string;
  /** Folders below which an absolute path is one of the repository. */
  readonly roots: readonly string[];
  /** Called for each review that a later one of its file stands for. */
  readonly onSuperseded?: () => void;
}

export function readInputs(options: ReadOptions): AsyncIterable<SourceItem> {
  return latestOnly(readAll(options), options.onSuperseded ?? (() => undefined));
}

async function* readAll(options: ReadOptions): AsyncIterable<SourceItem> {
  for (const name of new Set(options.inputs)) {
    const opened = await openInput(name, resolve(options.cwd, name), options.stdin);
    if ("fault" in opened) {
      yield refused(name, faultReason(name, opened), opened.fault === "not-a-file" ? 65 : 66);
      continue;
    }
    await using input = opened;
    yield* readOne(input, options);
  }
}

async function* readOne(input: OpenInput, { sources, format, roots }: ReadOptions): AsyncIterable<SourceItem> {
  if (NOTHING.test(input.head)) {
    yield refused(input.name, reason("input", "input-empty", { input: input.name }), null);
    return;
  }
  const source = sourceFor(input, sources, format);
  if (!source) {
    yield refused(input.name, reason("input", "input-unknown", { input: input.name, known: sources.map(({ name }) => name) }), 65);
    return;
  }
  yield* source.find(input, { roots });
  if (input.isCut) yield refused(input.name, reason("input", "input-too-large"), 65);
}

/** A tool that found nothing writes nothing, or an empty list. */
const NOTHING = /^\s*(?:\[\s*\]\s*)?$/;

/** The one that is surest; none where none is sure at all. */
function sourceFor({ head, name }: OpenInput, sources: readonly Source[], format: string | undefined): Source | undefined {
  if (format !== undefined) return sources.find((source) => source.name === format);
  const rated = sources.map((source) => ({ source, score: source.recognise(head, basename(name)) }));
  const [best] = rated.filter(({ score }) => score > 0).sort((one, other) => other.score - one.score);
  return best?.source;
}

function faultReason(input: string, { fault, detail }: InputFault): Reason {
  if (fault === "not-a-file") return reason("input", "input-not-a-file", { input, detail });
  return fault === "missing" ? reason("input", "input-missing", { input }) : reason("input", "input-unreadable", { input, detail });
}

function refused(input: string, why: Reason, exitCode: Skipped["exitCode"]): SourceItem {
  return { kind: "skipped", skipped: { origin: { source: "input", input, number: 0 }, reason: why, exitCode } };
}
