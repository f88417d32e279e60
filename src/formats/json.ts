/**
 * JSON from outside. `JSON.parse` alone takes the last of two equal keys without a word, and any depth; what decides
 * whether code is changed must say one thing only. Never throws, and walks without recursion.
 */
import { stringAt, tokens } from "./json-tokens.ts";

/** Nobody writes deeper by hand, and what reads it afterwards may recurse. */
const MAX_DEPTH = 100;

export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: "not-json" | "too-deep" | "key-twice" | "key-reserved"; readonly detail: string };

/** For rows: refuses what can be read in two ways, or reaches for what every object inherits. */
export function parseStrict(text: string): Parsed {
  const parsed = parseLoose(text);
  return parsed.ok ? (objection(text) ?? parsed) : parsed;
}

/** For whole documents, which are read by their known parts only. */
export function parseLoose(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, code: "not-json", detail: error instanceof Error ? error.message : "" };
  }
}

function objection(text: string): Parsed | undefined {
  /** The keys of each object around here; null for a list. */
  const open: (Set<string> | null)[] = [];
  let isKeyNext = false;
  for (const token of tokens(text)) {
    const { mark } = token;
    if (mark === '"') {
      const keys = open.at(-1);
      if (!isKeyNext || !keys) continue;
      isKeyNext = false;
      const key = stringAt(text, token);
      if (key === "__proto__") return { ok: false, code: "key-reserved", detail: key };
      if (keys.has(key)) return { ok: false, code: "key-twice", detail: key };
      keys.add(key);
    } else if (mark === "{" || mark === "[") {
      open.push(mark === "{" ? new Set() : null);
      isKeyNext = mark === "{";
      if (open.length > MAX_DEPTH) return { ok: false, code: "too-deep", detail: String(MAX_DEPTH) };
    } else if (mark === ",") {
      isKeyNext = open.at(-1) !== null;
    } else {
      open.pop();
      isKeyNext = false;
    }
  }
  return undefined;
}

/** The values that stand one behind the other in a text, such as the pages of an answer; the last may be broken. */
export function* splitValues(text: string): Iterable<string> {
  let depth = 0;
  let start = 0;
  for (const { mark, end } of tokens(text)) {
    if (mark === "{" || mark === "[") depth++;
    if (mark !== "}" && mark !== "]") continue;
    depth--;
    if (depth > 0) continue;
    yield text.slice(start, end);
    start = end;
    depth = 0;
  }
  const rest = text.slice(start);
  if (rest.trim() !== "") yield rest;
}
