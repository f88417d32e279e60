/** Aligns text in columns and puts numbers and nouns together. Knows nothing of runs. */
import { oneLine } from "./plain.ts";

/** Characters that terminals draw two cells wide, after Unicode's East Asian Width; close enough to align by. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const ANSI = /\p{Cc}\[\d+m/gu;

/** The cells that a text takes on a terminal; colours take none. */
export function widthOf(text: string): number {
  return Array.from(text.replace(ANSI, "")).reduce((sum, point) => sum + (/\p{M}/u.test(point) ? 0 : WIDE.test(point) ? 2 : 1), 0);
}

/** As much of the beginning of a text as fits in `width` cells. */
export function fit(text: string, width: number): string {
  let [result, used] = ["", 0];
  for (const point of text) {
    used += widthOf(point);
    if (used > width) break;
    result += point;
  }
  return result;
}

/** Rows in columns two spaces apart. Cells that are numbers stand to the right. A row may end early. */
export function table(rows: readonly (readonly (string | number)[])[], indent = "  "): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = [...Array(columns).keys()].map((column) =>
    rows.reduce((widest, row) => Math.max(widest, widthOf(String(row[column] ?? ""))), 0),
  );
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      const space = " ".repeat((widths[column] ?? 0) - widthOf(String(cell)));
      return typeof cell === "number" ? `${space}${cell}` : `${cell}${space}`;
    });
    return `${indent}${cells.join("  ")}`.trimEnd();
  });
}

/** `1 commit`, `12 commits`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and c`; of more than `max`, the rest as a number. */
export function list(items: readonly string[], max = 5): string {
  const shown = items.length > max ? [...items.slice(0, max - 1), `${items.length - max + 1} more`] : items;
  return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
}

/** `0.4 s`, `12 s`, `3 min 5 s`, `2 h 4 min`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)} s`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A commit or tree id as people read it. */
export function shortId(id: string): string {
  return id.slice(0, 7);
}

/** A branch as people name it. */
export function shortRef(ref: string): string {
  return ref.replace(/^refs\/heads\//, "");
}

/** `2025-01-31 12:00:05 UTC`, from the ledger's own form. */
export function timeOf(iso: string): string {
  return oneLine(iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, "$1 $2 UTC"), 40);
}
