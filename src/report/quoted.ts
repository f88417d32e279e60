/** Somebody's own words in a message of stet's: line by line, bounded, and without power over whoever reads messages. */
import { inert } from "./inert.ts";

const MAX_LINE = 160;
const MAX_LINES = 12;

/** Nothing where nothing was said. */
export function quoted(heading: string, text: string, maxLines = MAX_LINES): string[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length === 0 ? [] : [heading, ...lines.slice(0, maxLines).map((line) => `> ${inert(line, MAX_LINE)}`)];
}
