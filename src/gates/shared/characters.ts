/** Characters that a reader does not see, found and counted by code point. Pure functions on text. */

/**
 * Control characters but tab, LF and CR; format characters (bidi controls, tags, soft hyphen, zero-width ones); what
 * Unicode says a font may ignore; line and paragraph separators; the blank Braille pattern, which has no ink.
 */
const UNSEEN = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]/gu;
/** Whole emoji may hold joiners, variation selectors and tags, and are seen. */
const EMOJI = /\p{RGI_Emoji}/gv;

/** How often each unseen character stands in a text. */
export function unseenIn(text: string): ReadonlyMap<string, number> {
  return tally(text.replace(EMOJI, "").match(UNSEEN) ?? []);
}

export function tally(items: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** `U+200B`, the way the Unicode standard writes a code point. */
export function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
