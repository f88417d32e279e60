/** What a text says about how one can tell that it is done: behind words such as "Acceptance criteria:". */

const LABEL = /^[\s>*+-]*\**_*(?:acceptance(?: criteria)?|done when|independent test|test strategy|verification)_*\**\s*:\**\s*(.*)$/i;
const MAX_ITEMS = 20;

export function acceptanceIn(text: string): string[] {
  const found: string[] = [];
  let indent: number | undefined;
  for (const line of text.split("\n")) {
    const [, rest] = LABEL.exec(line) ?? [];
    if (rest !== undefined) {
      if (rest.trim() !== "") found.push(rest.trim());
      // Only where nothing stands behind the words are the lines below them meant.
      indent = rest.trim() === "" ? indentOf(line) : undefined;
    } else if (indent !== undefined && line.trim() !== "") {
      if (indentOf(line) > indent || /^\s*(?:[-*+]|\d+[.)])\s/.test(line)) found.push(line.trim().replace(/^(?:[-*+]|\d+[.)])\s+/, ""));
      else indent = undefined;
    }
  }
  return found.slice(0, MAX_ITEMS);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
