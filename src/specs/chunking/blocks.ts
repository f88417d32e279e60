/** Words that belong together: an item of a list with what is indented below it, or a paragraph. Joined by line ends they are the text. */

export function blocksOf(text: string): string[] {
  const blocks: string[][] = [];
  let isFenced = false;
  for (const line of text.split("\n")) {
    const last = blocks.at(-1);
    const begins = !isFenced && (/^(?:[-*+]|\d{1,9}[.)])\s/.test(line) || (last?.at(-1)?.trim() === "" && /^\S/.test(line)));
    if (last && !begins) last.push(line);
    else blocks.push([line]);
    if (/^\s*(?:```|~~~)/.test(line)) isFenced = !isFenced;
  }
  return blocks.map((lines) => lines.join("\n"));
}
