/**
 * The one JSON document that a tool prints, behind a banner where a launcher or the tool itself puts one. Never accepts
 * half a document, or one with anything behind it: a tool that broke down must not pass for one that found less.
 */

/** Lines before the document; more is no banner. */
const MAX_BANNER_LINES = 100;

/** Undefined where there is none. */
export function jsonDocument(output: string): unknown {
  const whole = parse(output);
  if (whole !== undefined) return whole;
  let start = 0;
  for (let line = 0; line < MAX_BANNER_LINES; line += 1) {
    const end = output.indexOf("\n", start);
    if (end < 0) return undefined;
    start = end + 1;
    if (output[start] === "{" || output[start] === "[") {
      const document = parse(output.slice(start));
      if (document !== undefined) return document;
    }
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
