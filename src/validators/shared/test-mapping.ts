/**
 * Which tests belong to a file, by the names that projects give them: for runners that have no import graph of their own.
 * A file without a test that is known to run has all of them. Never looks at a disk: the last reading tells what runs.
 */
import { z } from "zod";

/** `{path}` stands for anything, `{ext}` for an ending; both mean the same in `to`. */
const mapping = z.strictObject({ from: z.string().min(1).max(300), to: z.string().min(1).max(300) });
export type Mapping = z.infer<typeof mapping>;

const BESIDE: readonly Mapping[] = [
  { from: "{path}.{ext}", to: "{path}.test.{ext}" },
  { from: "{path}.{ext}", to: "{path}.spec.{ext}" },
  ...["test", "tests"].flatMap((folder) => [
    { from: "src/{path}.{ext}", to: `${folder}/{path}.test.{ext}` },
    { from: "src/{path}.{ext}", to: `${folder}/{path}.spec.{ext}` },
  ]),
];

export const mappingOption = z
  .array(mapping)
  .max(100)
  .default([...BESIDE])
  .describe("Which tests belong to a file, for quick looks while a search goes on; all of them where none fits. Every test is run before anything lands.");

/** The tests of these files among those that are known to run; undefined where one of the files has none. */
export function testsOf(files: readonly string[], mappings: readonly Mapping[], known: ReadonlySet<string>): string[] | undefined {
  const found = files.map((file) => (known.has(file) ? [file] : mappings.flatMap((one) => mapped(file, one) ?? []).filter((test) => known.has(test))));
  return found.every((tests) => tests.length > 0) ? [...new Set(found.flat())].sort() : undefined;
}

const WORDS: Readonly<Record<string, string>> = { "{path}": "(?<path>.+)", "{ext}": "(?<ext>[^./]+)" };

function mapped(file: string, { from, to }: Mapping): string | undefined {
  const source = from.split(/(\{path\}|\{ext\})/).map((part) => WORDS[part] ?? part.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  // A word that stands twice would be two groups of one name.
  if (new Set(source.filter((part) => part.startsWith("(?<"))).size < source.filter((part) => part.startsWith("(?<")).length) return undefined;
  const groups = new RegExp(`^${source.join("")}$`).exec(file)?.groups;
  return groups && to.replace(/\{(path|ext)\}/g, (whole, word: string) => groups[word] ?? whole);
}
