/**
 * Reads the JSON document that a tool printed, behind whatever it or its launcher said first ("a new version is
 * available"). Never makes do with a part of a document, or with one that has anything behind it: a tool that broke down must
 * not pass for one that found less.
 */

/** Lines in front of the document that may begin like one. */
const MAX_BEGINNINGS = 20;

/** The document; undefined where there is none, or not a whole one. */
export function jsonIn(output: string): unknown {
  let left = MAX_BEGINNINGS;
  for (const { index } of output.matchAll(/^[[{]/gm)) {
    const value = parsed(output.slice(index));
    if (value !== undefined || --left === 0) return value;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
