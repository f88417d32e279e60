/** The acceptance criteria of Kiro's `requirements.md`, each with the number by which tasks refer to it. */
import { outlineOf } from "./outline.ts";

export interface Criterion {
  /** `<requirement>.<criterion>`, both from 1. */
  readonly number: string;
  readonly text: string;
}

const HEADING = /^(?:requirement|需求|要件)\s*(\d+)/i;
const ITEM = /^\s*(\d+(?:\.\d+)*)[.)]\s+(.*)$/;

export function requirementsIn(text: string): Criterion[] {
  const found: Criterion[] = [];
  for (const { path, text: below } of outlineOf(text).sections) {
    const requirement = path.map((heading) => HEADING.exec(heading)?.[1]).findLast((number) => number !== undefined);
    if (requirement === undefined) continue;
    for (const line of below.split("\n")) {
      const [, number = "", words = ""] = ITEM.exec(line) ?? [];
      if (words !== "") found.push({ number: number.includes(".") ? number : `${requirement}.${number}`, text: words.trim() });
    }
  }
  return found;
}
