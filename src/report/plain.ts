/**
 * Makes text from tools, models and repositories safe to show: whatever could move a cursor, hide, or reorder what a
 * person reads comes out as a visible escape. Every text that this room prints goes through here; nothing is dropped.
 */

/**
 * Control, format (bidi, zero-width, tags), unpaired surrogate, private-use and unassigned characters; line and
 * paragraph separators; what fonts may leave out; the blank Braille pattern, which has no ink.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const DEFAULT_MAX_LENGTH = 200;

/** What becomes of a line feed: kept, made a space, or shown as an escape like every other control character. */
export type Newlines = "keep" | "space" | "show";

/** The text with each unseen character as `\u{1B}`. Tabs become spaces, CRLF counts as one line feed. */
export function plain(text: string, newlines: Newlines = "show"): string {
  return text.replace(/\r\n/g, "\n").replace(UNSEEN, (character) => {
    if (character === "\t") return " ";
    if (character === "\n" && newlines !== "show") return newlines === "keep" ? "\n" : " ";
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
  });
}

/** One safe line of at most `maxLength` characters, the last of them `…` where it was cut. */
export function oneLine(text: string, maxLength = DEFAULT_MAX_LENGTH): string {
  // Cut before the work, since a hostile text may be of any length and a character grows to 10 at most.
  const points = Array.from(plain(text.slice(0, maxLength * 4), "space").replace(/\s+/g, " ").trim());
  const cut = points.length > maxLength || text.length > maxLength * 4;
  return cut ? `${points.slice(0, maxLength - 1).join("").trimEnd()}…` : points.join("");
}

/**
 * JSON, safe to show: what `JSON.stringify` leaves raw (C1, bidi, separators) is escaped as JSON allows. On one line, or
 * with `indent` on lines of its own making.
 */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(UNSEEN, (character) =>
    character === "\n" ? character : escaped(character),
  );
}

function escaped(character: string): string {
  const units = [...Array(character.length).keys()].map((index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
