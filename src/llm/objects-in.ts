/** JSON in what a model wrote: of those that call no tool, and of those that put it into prose. */

/**
 * Every JSON object in a text, outermost only, whatever stands around it: prose, fences, other objects. One that is cut
 * off is none.
 */
export function objectsIn(text: string): unknown[] {
  const found: unknown[] = [];
  let start = text.indexOf("{");
  for (let tries = 0; start >= 0 && tries < MAX_BRACES; tries++) {
    const end = endOfObject(text, start);
    const value = end === undefined ? undefined : jsonIn(text.slice(start, end));
    if (value !== undefined) found.push(value);
    start = text.indexOf("{", value === undefined || end === undefined ? start + 1 : end);
  }
  return found;
}

/** Places at which an object may begin: each that does not costs a look at all of the text behind it. */
const MAX_BRACES = 1_000;

/** Where the braces balance, strings apart; undefined where they never do. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === "\\") at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{") depth++;
    else if (char === "}" && --depth === 0) return at + 1;
  }
  return undefined;
}

/** Undefined where it is no JSON. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
