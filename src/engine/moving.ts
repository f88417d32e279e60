/**
 * Findings of others, which no check finds anew in the next tree: their places and their edits move with what has landed.
 * An edit that touches what has changed meanwhile is no offer any more; a finding that has landed is none.
 */
import type { Finding, Fix, Place } from "../domain/finding.ts";
import type { BaseFile } from "../domain/plugin.ts";
import type { Edit, Proposal } from "../domain/proposal.ts";
import { rebaseEdits, rebaseLine } from "../domain/rebase.ts";
import type { Kit } from "./kit.ts";

export class Moving {
  readonly #kit: Pick<Kit, "readBase" | "run">;
  readonly #settled = new Set<string>();
  #findings: readonly Finding[];
  /** How many of the run's landed proposals these findings stand behind. */
  #seen = 0;

  constructor(kit: Pick<Kit, "readBase" | "run">, findings: readonly Finding[]) {
    this.#kit = kit;
    this.#findings = findings;
  }

  /** Puts them behind proposals that landed one after the other, also in an earlier run. */
  async behind(landed: readonly Proposal[]): Promise<void> {
    for (const [base, round] of Map.groupBy(landed, (one) => one.base)) {
      const edits = Map.groupBy(round.flatMap((one) => one.edits), ({ file }) => file);
      for (const { findings } of round) for (const { key } of findings) this.#settled.add(key);
      const texts = await this.#kit.readBase(base, [...edits.keys()]);
      this.#findings = this.#findings.filter(({ key }) => !this.#settled.has(key)).map((one) => moved(one, edits, texts));
    }
  }

  /** Those that have not landed, as they stand now. */
  async standing(): Promise<readonly Finding[]> {
    const landed = this.#kit.run.landed.slice(this.#seen);
    this.#seen += landed.length;
    await this.behind(landed);
    return this.#findings;
  }
}

type Made = ReadonlyMap<string, readonly Edit[]>;

function moved(finding: Finding, made: Made, texts: ReadonlyMap<string, BaseFile>): Finding {
  const { at, fixes = [], ...rest } = finding;
  const left = fixes.flatMap((fix) => movedFix(fix, made));
  return { ...rest, ...(at && { at: movedPlace(at, made, texts) }), ...(left.length > 0 && { fixes: left }) };
}

function movedPlace(at: Place, made: Made, texts: ReadonlyMap<string, BaseFile>): Place {
  const [here, before] = [made.get(at.file), texts.get(at.file)];
  return here && before?.kind === "text" ? { ...at, line: rebaseLine(at.line, before.text, here) } : at;
}

function movedFix(fix: Fix, made: Made): Fix[] {
  const touched = [...new Set(fix.edits.map(({ file }) => file))].flatMap((file) => made.get(file) ?? []);
  const edits = rebaseEdits(fix.edits, touched);
  return edits ? [{ ...fix, edits }] : [];
}
