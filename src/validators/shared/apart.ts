/**
 * Whether a finding that a compiler only now came to can come from a change. Rust and Go check each function by the
 * signatures of all others, never by their bodies; so a change inside of bodies cannot put anything wrong into another
 * function, but for what counts uses (`never used`, `unused import`), and then the name stands in the change. Where more
 * than bodies changed, only what shares no word with the change is apart from it. What cannot be told is not apart.
 */
import type { Change } from "../../domain/plugin.ts";
import type { Finding } from "../../domain/finding.ts";
import { functionsIn, type FunctionKeyword } from "./functions.ts";
import { isOf, isOfAnother, type Language } from "./other-languages.ts";

export interface ApartOptions {
  readonly keyword: FunctionKeyword;
  /**
   * The files that the compiler reads as code are the programs of this language; a change of any other may mean anything,
   * but for programs in other languages: at most their text is put into this one, which gives no name and no type in it.
   */
  readonly language: Language;
  /** Words that cannot be given another meaning, such as the language's own. */
  readonly fixed: ReadonlySet<string>;
  /** Rules whose findings follow from how often a name is used, and from nothing else. */
  readonly ofUse: ReadonlySet<string>;
}

/** Lines that differ between the two texts of a file: where they stand in the later one, from 1, and their words. */
interface Changed {
  readonly file: string;
  readonly from: number;
  readonly to: number;
  readonly words: ReadonlySet<string>;
  readonly isInBody: boolean;
}

const WORD = /[\p{L}_][\p{L}\p{N}_]*/gu;
/** What a compiler puts names in. */
const QUOTED = /`([^`]+)`|"([^"]+)"/g;

export async function isApart({ rule, message, at }: Finding, change: Change, options: ApartOptions): Promise<boolean> {
  if (!at) return false;
  const changed = await changesOf(change, options);
  const text = await change.readText(at.file);
  if (!changed || text === undefined) return false;
  const touches = (from: number, to: number): boolean => changed.some((one) => one.file === at.file && one.from <= to && one.to >= from);
  const names = namesIn(message, options);
  if (touches(at.line, at.line) || changed.some(({ words }) => names.some((name) => words.has(name)))) return false;
  if (options.ofUse.has(rule)) return names.length > 0;
  const lines = text.split("\n");
  const { from, to } = functionsIn(text, options.keyword).find((one) => at.line >= one.from && at.line <= one.to) ?? { from: 1, to: lines.length };
  const own = wordsOf(lines.slice(from - 1, to).join("\n"), options);
  return !touches(from, to) && changed.every(({ isInBody, words }) => isInBody || [...words].every((word) => !own.has(word)));
}

function namesIn(message: string, options: ApartOptions): string[] {
  return [...message.matchAll(QUOTED)].flatMap(([, one, other]) => [...wordsOf(one ?? other ?? "", options)]);
}

function wordsOf(text: string, { fixed }: ApartOptions): Set<string> {
  return new Set((text.match(WORD) ?? []).filter((word) => !fixed.has(word)));
}

/** Undefined where a file came or went, or one changed that may mean anything. */
async function changesOf({ before, after }: Change, options: ApartOptions): Promise<Changed[] | undefined> {
  const changed: Changed[] = [];
  for (const [file, old] of before) {
    if (isOfAnother(options.language, file)) continue;
    const now = after.get(file) ?? null;
    if (!isOf(options.language, file) || old === null || now === null) return undefined;
    changed.push(...(await changesIn(file, old, now, options)));
  }
  return changed;
}

async function changesIn(file: string, old: string, now: string, options: ApartOptions): Promise<Changed[]> {
  const { diffLines } = await import("diff");
  const parts = diffLines(old, now, { maxEditLength: MAX_CHANGED_LINES });
  if (!parts) return [{ file, from: 1, to: Infinity, words: wordsOf(old + now, options), isInBody: false }];
  const functions = { old: functionsIn(old, options.keyword), now: functionsIn(now, options.keyword) };
  const changed: Changed[] = [];
  const line = { old: 1, now: 1 };
  for (const [index, { added, removed, value, count }] of parts.entries()) {
    const side = removed ? "old" : "now";
    const from = line[side];
    if (added || removed) {
      const isInBody = functions[side].some((one) => from > one.body && from + count - 1 < one.to);
      // What is gone, with nothing in its place, leaves its mark between two lines of the later text.
      const isReplaced = removed && parts[index + 1]?.added === true;
      const [first, last] = removed ? [isReplaced ? line.now : line.now - 1, line.now] : [from, from + count - 1];
      changed.push({ file, from: first, to: last, words: wordsOf(value, options), isInBody });
    }
    if (!added) line.old += count;
    if (!removed) line.now += count;
  }
  return changed;
}

/** Beyond this the whole file is taken for changed. */
const MAX_CHANGED_LINES = 2_000;
