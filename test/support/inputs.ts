/** Inputs of sources as texts, and what a source says of them. */
import type { InputLine, Source, SourceInput } from "../../src/domain/plugin.ts";
import type { Advice, SourceItem, Suggestion } from "../../src/domain/suggestion.ts";
import { openInput } from "../../src/system/input.ts";

export const ROOT = "/home/ada/repository";

/** The chunks of a text, as a pipe would bring them. */
export async function* piped(...chunks: readonly (string | Buffer)[]): AsyncIterable<Buffer> {
  for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
}

export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export async function inputOf(...chunks: readonly (string | Buffer)[]): Promise<SourceInput> {
  const input = await openInput("-", "-", piped(...chunks));
  if ("fault" in input) throw new Error(input.fault);
  return input;
}

export function linesOf(input: SourceInput): Promise<InputLine[]> {
  return allOf(input.lines());
}

export async function itemsOf(source: Source, text: string): Promise<SourceItem[]> {
  return allOf(source.find(await inputOf(text), { roots: [ROOT] }));
}

/** Only what is a suggestion. */
export async function suggestionsOf(source: Source, text: string): Promise<Suggestion[]> {
  return (await itemsOf(source, text)).flatMap((item) => (item.kind === "suggestion" ? [item.suggestion] : []));
}

export async function adviceOf(source: Source, text: string): Promise<Advice[]> {
  return (await suggestionsOf(source, text)).flatMap(({ advice }) => advice);
}

/** What was left out: its number, its reason's code, and whether the input is at fault. */
export async function skippedOf(source: Source, text: string): Promise<[number: number, code: string, isBad: boolean][]> {
  return (await itemsOf(source, text)).flatMap((item): [number, string, boolean][] =>
    item.kind === "skipped" ? [[item.skipped.origin.number, item.skipped.reason.code, item.skipped.exitCode !== null]] : [],
  );
}
