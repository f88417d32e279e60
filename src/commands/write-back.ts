/** Writes what has become of every finding to a file, in a format that the tools which found them read. */
import { resolve } from "node:path";
import { Lines } from "../formats/places.ts";
import { rdjson, rdjsonl } from "../formats/written/rdjson.ts";
import { sarifLog } from "../formats/written/sarif.ts";
import type { Texts, Told } from "../formats/written/told.ts";
import { foldRuns, none } from "../ledger/fold.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { writeWhole } from "../system/files.ts";
import type { Git } from "../system/git.ts";
import { readBase } from "../system/tree.ts";
import { endingOf, type WriteBackEnding } from "./write-back-option.ts";

const FORMATS: Readonly<Record<WriteBackEnding, (told: readonly Told[], texts: Texts) => string>> = {
  ".sarif": (told, texts) => `${JSON.stringify(sarifLog(told, texts), null, 2)}\n`,
  ".rdjson": (told, texts) => `${JSON.stringify(rdjson(told, texts), null, 2)}\n`,
  ".rdjsonl": rdjsonl,
};

/** `tree`: that the findings and their edits are of. */
export async function writeBack(file: string, told: readonly Told[], { cwd, git, tree }: { readonly cwd: string; readonly git: Git; readonly tree: string }): Promise<void> {
  const named = new Set(told.flatMap(({ finding, fixes }) => [...(fixes.length > 0 && finding.at ? [finding.at.file] : []), ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.file))]));
  const files = await readBase(git, tree, [...named]);
  const texts = new Map([...files].flatMap(([path, found]): [string, Lines][] => (found.kind === "text" ? [[path, new Lines(found.text)]] : [])));
  const ending = endingOf(file);
  if (ending) await writeWhole(resolve(cwd, file), FORMATS[ending](told, texts));
}

/** By proposal, the commit of everything that ever landed and was not taken back. */
export async function landedCommits(ledger: Pick<Ledger, "read">): Promise<ReadonlyMap<string, string>> {
  const runs = [...(await foldRuns(ledger.read(none))).values()].filter(({ undone }) => !undone);
  return new Map(runs.flatMap(({ commits }) => commits).map(({ proposal, commit }) => [proposal, commit]));
}
