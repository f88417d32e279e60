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

export interface Moment {
  /** 0 to 1, from the beginning of the run to its end. */
  readonly at: number;
  readonly kind: string;
  readonly label: string;
}

/** Of the whole width: what is closer together is one mark with a number. */
const TOGETHER = 0.07;
/** Labels that one mark lists. */
const MAX_LISTED = 12;

/** What happened when: each kind in a lane of its own. */
export function timeline(title: string, moments: readonly Moment[], duration: string): string {
  const lanes = [...Map.groupBy(moments, ({ kind }) => kind)].map(([kind, own]) => {
    const marks = clustered(own).map((group) => markOf(kind, group));
    return `${element("span", { class: "label" }, text(`${kind}: ${own.length}`))}${element("span", { class: "lane" }, marks.join(""))}`;
  });
  const axis = `<span></span>${element("span", { class: "axis" }, `<span>start</span>${element("span", {}, text(duration))}`)}`;
  return element("div", { class: "time", role: "img", "aria-label": `${title}, ${moments.length} in ${duration}` }, [...lanes, axis].join(""));
}

function clustered(moments: readonly Moment[]): Moment[][] {
  const groups: Moment[][] = [];
  for (const moment of moments.toSorted((one, other) => one.at - other.at)) {
    const last = groups.at(-1);
    if (last?.[0] && moment.at - last[0].at < TOGETHER) last.push(moment);
    else groups.push([moment]);
  }
  return groups;
}

function markOf(kind: string, group: readonly Moment[]): string {
  const more = group.length > MAX_LISTED ? `\nand ${group.length - MAX_LISTED} more` : "";
  const title = `${group.slice(0, MAX_LISTED).map(({ label }) => label).join("\n")}${more}`;
  return element("i", { class: kind, style: `left:${round((group[0]?.at ?? 0) * 100)}%`, title }, group.length > 1 ? text(group.length) : "");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
