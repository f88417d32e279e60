/** Charts as inline SVG: no script, no font, no colour that carries a meaning alone; each bar says its number in words. */
import { element, text } from "./markup.ts";

export interface Part {
  readonly label: string;
  readonly value: number;
  /** A class of the page's style sheet: `landed`, `struck`, `declined`, `before`, `after`. */
  readonly kind: string;
}

export interface Bar {
  readonly label: string;
  readonly parts: readonly Part[];
  /** Beside the bar; the parts with their labels where absent. */
  readonly note?: string;
}

const WIDTH = 720;
const LABELS = 236;
const NOTES = 200;
const ROW = 26;
const SPAN = WIDTH - LABELS - NOTES;
/** Longest label that fits, and how much of its end is kept where it does not; the whole of it is in the title. */
const MAX_LABEL = 28;
const KEPT_END = 20;

/** Stacked horizontal bars on one scale. */
export function bars(title: string, rows: readonly Bar[]): string {
  const most = Math.max(1, ...rows.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0)));
  const drawn = rows.map((row, index) => barOf(row, index * ROW, most));
  const height = rows.length * ROW;
  return svg(title, height, drawn.join(""));
}

function barOf({ label, parts, note }: Bar, y: number, most: number): string {
  let x = LABELS;
  const drawn = parts.map(({ label: name, value, kind }) => {
    const width = (value / most) * SPAN;
    const bar = element("rect", { class: kind, x: round(x), y: y + 4, width: round(width), height: ROW - 9, rx: 2 }, element("title", {}, text(`${name}: ${value}`)));
    x += width;
    return value > 0 ? bar : "";
  });
  const words = note ?? parts.filter(({ value }) => value > 0).map(({ label: name, value }) => `${value} ${name}`).join(", ");
  return [
    element("text", { class: "label", x: LABELS - 10, y: y + ROW - 10, "text-anchor": "end" }, `${element("title", {}, text(label))}${text(shortened(label))}`),
    ...drawn,
    element("text", { class: "note", x: round(x + 8), y: y + ROW - 10 }, text(words)),
  ].join("");
}

export interface Moment {
  /** 0 to 1, from the beginning of the run to its end. */
  readonly at: number;
  readonly kind: string;
  readonly label: string;
}

const LANE = 14;

/** What happened when: a mark for each decision, each kind in a lane of its own. */
export function timeline(title: string, moments: readonly Moment[], duration: string): string {
  const kinds = [...new Set(moments.map(({ kind }) => kind))];
  const left = 90;
  const x = (at: number): number => round(left + at * (WIDTH - left - 20));
  const marks = moments.map(({ at, kind, label }) =>
    element("circle", { class: kind, cx: x(at), cy: kinds.indexOf(kind) * LANE + 8, r: 4 }, element("title", {}, text(label))),
  );
  const lanes = kinds.map((kind, index) => element("text", { class: "label", x: left - 12, y: index * LANE + 12, "text-anchor": "end" }, text(kind)));
  const foot = kinds.length * LANE + 8;
  const axis = [
    element("line", { class: "axis", x1: left, x2: WIDTH - 20, y1: foot, y2: foot }),
    element("text", { class: "note", x: left, y: foot + 16 }, "start"),
    element("text", { class: "note", x: WIDTH - 20, y: foot + 16, "text-anchor": "end" }, text(duration)),
  ];
  return svg(title, foot + 22, [...lanes, ...marks, ...axis].join(""));
}

function svg(title: string, height: number, inner: string): string {
  return element("svg", { role: "img", viewBox: `0 0 ${WIDTH} ${Math.max(1, height)}`, "aria-label": title }, inner);
}

function shortened(label: string): string {
  const points = Array.from(label);
  if (points.length <= MAX_LABEL) return label;
  return `${points.slice(0, MAX_LABEL - KEPT_END - 1).join("")}…${points.slice(-KEPT_END).join("")}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
