/** `stet doctor`: what was looked at, area by area, and what to do where something is wrong. */
import { table } from "./layout.ts";
import type { Paint, Style } from "./paint.ts";
import { oneLine } from "./plain.ts";

export interface Diagnosis {
  readonly area: string;
  readonly name: string;
  readonly ok: "ok" | "warn" | "fail";
  /** May be hostile text. */
  readonly detail: string;
  /** What to do about it. */
  readonly advice?: string;
}

const STYLES: Readonly<Record<Diagnosis["ok"], Style>> = { ok: "green", warn: "yellow", fail: "red" };

export function doctorText(diagnoses: readonly Diagnosis[], paint: Paint): string {
  const rows = diagnoses.map(({ ok, name, detail }) => [paint(STYLES[ok], ok), oneLine(name, 60), oneLine(detail)]);
  const lines = table(rows);
  const areas = Map.groupBy(diagnoses.keys(), (index) => diagnoses[index]?.area ?? "");
  const sections = [...areas].map(([area, indexes]) => [
    paint("bold", oneLine(area, 60)),
    ...indexes.flatMap((index) => [lines[index] ?? "", ...adviceLines(diagnoses[index])]),
  ]);
  return [...sections.map((section) => section.join("\n")), conclusion(diagnoses)].join("\n\n");
}

function adviceLines(diagnosis: Diagnosis | undefined): string[] {
  return diagnosis?.advice === undefined ? [] : [`        → ${oneLine(diagnosis.advice)}`];
}

function conclusion(diagnoses: readonly Diagnosis[]): string {
  const failed = diagnoses.filter(({ ok }) => ok === "fail").length;
  if (failed > 0) return `stet cannot run here until ${failed === 1 ? "the line" : `the ${failed} lines`} marked "fail" ${failed === 1 ? "is" : "are"} mended.`;
  return diagnoses.some(({ ok }) => ok === "warn") ? "stet can run here, with the limits marked \"warn\"." : "stet can run here.";
}
