/**
 * Charts as plain HTML: no script, no font, no picture, as wide as there is room, text at its own size on any screen. No
 * colour carries a meaning alone: beside each bar stands its number in words.
 */
import { element, text } from "./markup.ts";

export interface Part {
  readonly label: string;
  readonly value: number;
  /** A class of the page's style sheet: `landed`, `struck`, `declined`, `before`, `after`, `cost`. */
  readonly kind: string;
}

export interface Bar {
  readonly label: string;
  /** One below the other, each stacked from its parts. */
  readonly tracks: readonly (readonly Part[])[];
  readonly note: string;
}

/** Horizontal bars on one scale. */
export function bars(title: string, rows: readonly Bar[]): string {
  const sumOf = (parts: readonly Part[]): number => parts.reduce((sum, { value }) => sum + value, 0);
  const most = Math.max(...rows.flatMap(({ tracks }) => tracks.map(sumOf)));
  const scale = most > 0 ? 100 / most : 0;
  return element("ul", { class: "bars", "aria-label": title }, rows.map((row) => barOf(row, scale)).join(""));
}

function barOf({ label, tracks, note }: Bar, scale: number): string {
  const drawn = tracks.map((parts) => element("span", { class: "track" }, parts.filter(({ value }) => value > 0).map((part) => partOf(part, scale)).join("")));
  return element("li", {}, [
    element("span", { class: "label" }, text(label)),
    element("span", { class: "tracks", "aria-hidden": "true" }, drawn.join("")),
    element("span", { class: "note" }, text(note)),
  ].join(""));
}

function partOf({ label, value, kind }: Part, scale: number): string {
  return element("i", { class: kind, style: `width:${round(value * scale)}%`, title: `${label}: ${value}` });
}

/** What the colours mean, for those who see them. */
export function legend(parts: readonly Pick<Part, "label" | "kind">[]): string {
  const marks = parts.map(({ label, kind }) => element("span", {}, `${element("i", { class: kind })}${text(label)}`));
  return element("p", { class: "legend", "aria-hidden": "true" }, marks.join(""));
}

/** To hundredths: more is below a pixel. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
