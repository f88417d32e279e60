/** Places in a text by its UTF-8 bytes, as compilers count, told in UTF-16 code units, as edits count. */

/** Answers undefined for a byte that is none of the text's or stands in the middle of a character. */
export type FromBytes = (byte: number) => number | undefined;

/** The table is made once per text, and only where the two counts differ. */
export function fromBytes(text: string): FromBytes {
  const length = Buffer.byteLength(text);
  if (length === text.length) return (byte) => (Number.isInteger(byte) && byte >= 0 && byte <= length ? byte : undefined);
  const table = new Map<number, number>();
  let byte = 0;
  let unit = 0;
  for (const character of text) {
    table.set(byte, unit);
    byte += Buffer.byteLength(character);
    unit += character.length;
  }
  table.set(byte, unit);
  return (place) => table.get(place);
}

/** A column that counts bytes from 1, as one that counts UTF-16 code units. */
export function columnAt(line: string | undefined, byteColumn: number): number {
  return line === undefined ? byteColumn : (fromBytes(line)(byteColumn - 1) ?? byteColumn - 1) + 1;
}
