/** Texts as an attacker would write them into a tool's message, for property tests. */
import fc from "fast-check";

const CHARACTERS = ["\x1b[2J", "\x9b", "\u202e", "\u2066", "\u200b", "\u{e0041}", "\ud800", "\ufeff", "\r", "\0", "\u2028", "\n", "\n\n"];

/** Any text, with far more of the dangerous characters, and of `pieces`, than chance would give. */
export function hostileText(pieces: readonly string[] = []): fc.Arbitrary<string> {
  const nasty = fc.constantFrom(...CHARACTERS, ...pieces);
  return fc
    .array(fc.oneof(nasty, nasty, fc.string({ unit: "binary" }), fc.string()), { maxLength: 12 })
    .map((parts) => parts.join(""));
}
