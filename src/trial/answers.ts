/**
 * What proposers answered, kept across runs: the same proposer, asked about the same findings of the same commit's tree
 * with the same dependencies, is not asked again. An answer is only an offer, which gates and checks judge as ever, so
 * an old one can cost a trial and never land what a new one would not. Only a whole answer is kept.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Finding } from "../domain/finding.ts";
import type { Proposal } from "../domain/proposal.ts";
import { readMaybe, writeWhole } from "../system/files.ts";

export interface AnswersOptions {
  /** The folder for kept answers. */
  readonly folder: string;
  /** The commit whose tree and history proposers may look at. */
  readonly commit: string;
  /** What besides the tree decides an answer: stet's version, the dependencies, the containment. */
  readonly surroundings: (tree: string) => Promise<string>;
}

/** A longer answer is not worth its place. */
const MAX_LENGTH = 20_000_000;

export class Answers {
  readonly #options: AnswersOptions;

  constructor(options: AnswersOptions) {
    this.#options = options;
  }

  /** Undefined where the proposer has to be asked. */
  async find(by: string, tree: string, findings: readonly Finding[]): Promise<Proposal[] | undefined> {
    const text = await readMaybe(await this.#path(by, tree, findings));
    try {
      const value: unknown = text === undefined ? undefined : JSON.parse(text);
      return Array.isArray(value) && value.every(isProposal) ? (value as Proposal[]) : undefined;
    } catch {
      return undefined;
    }
  }

  async keep(by: string, tree: string, findings: readonly Finding[], proposals: readonly Proposal[]): Promise<void> {
    const text = JSON.stringify(proposals);
    if (text.length <= MAX_LENGTH) await writeWhole(await this.#path(by, tree, findings), text);
  }

  async #path(by: string, tree: string, findings: readonly Finding[]): Promise<string> {
    const { folder, commit, surroundings } = this.#options;
    const hash = createHash("sha256").update([by, tree, commit, await surroundings(tree)].join("\0"));
    for (const finding of findings) hash.update(`\0${JSON.stringify(finding)}`);
    return join(folder, `${hash.digest("hex")}.json`);
  }
}

/** As far as what is done with it before a gate looks at it. */
function isProposal(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { id, findings, edits } = value as Partial<Record<string, unknown>>;
  return typeof id === "string" && Array.isArray(findings) && Array.isArray(edits);
}
