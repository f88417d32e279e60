/** What a JSON text is made of, as far as its structure goes: brackets, commas and whole strings. Checks nothing. */

export interface Token {
  readonly mark: string;
  readonly start: number;
  readonly end: number;
}

/** Brackets, commas and whole strings; a string that does not end is the last one. */
export function* tokens(text: string): Iterable<Token> {
  const next = /["{}[\],]/g;
  for (let found = next.exec(text); found; found = next.exec(text)) {
    const start = found.index;
    if (found[0] === '"') next.lastIndex = endOfString(text, start);
    yield { mark: found[0], start, end: next.lastIndex };
  }
}

function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text[quote - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** What a string says. */
export function stringAt(text: string, { start, end }: Token): string {
  const inner = text.slice(start + 1, end - 1);
  return inner.includes("\\") ? String(JSON.parse(text.slice(start, end))) : inner;
}
