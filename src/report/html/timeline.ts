/** What happened when, in lanes: as wide as there is room, without a script. Each mark says what it stands for. */
import { round } from "./charts.ts";
import { element, text } from "./markup.ts";

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
