/**
 * What silences a check, per language, as patterns over plain text. Written so that an odd spelling counts rather than
 * slips by, and with every repetition bounded or unambiguous, since the text may be hostile. `any` must stand where a
 * type can stand; words that follow it on the line mark prose ("note: any file") and do not count.
 */
import type { Marks } from "./growth.ts";
import type { Language } from "./languages.ts";

const SCRIPT_COMMENTS: Marks = {
  "@ts-ignore": /@ts-ignore\b/gi,
  "@ts-nocheck": /@ts-nocheck\b/gi,
  "@ts-expect-error": /@ts-expect-error\b/gi,
  "eslint-disable": /\beslint-disable\b/gi,
  // `/* eslint no-var: 0 */` and `/* eslint no-var: "off" */`
  "eslint off": /\/\*\s*eslint\s[^*]{0,500}?(?::|\[)\s*["']?(?:0|off)\b/gi,
  "oxlint-disable": /\boxlint-disable\b/gi,
  "biome-ignore": /\bbiome-ignore\b/gi,
  "tslint:disable": /\btslint:disable\b/gi,
};

const PYTHON_COMMENTS: Marks = {
  "type: ignore": /#\s*type:\s*ignore\b/gi,
  noqa: /#\s*(?:ruff\s*:\s*|flake8\s*:\s*)?noqa\b/gi,
  "pyright: ignore": /#\s*(?:pyright|mypy)\s*:\s*(?:ignore|basic)/gi,
  "pylint: disable": /#\s*pylint\s*:\s*(?:disable|skip-file)/gi,
};

/** White space or comments inside braces, and nothing else. */
const BLANK = String.raw`\s*(?:(?:\/\/[^\n]{0,500}\n|\/\*(?:(?!\*\/)[\s\S]){0,2000}\*\/)\s*){0,20}`;

const SCRIPT_CODE: Marks = {
  "skipped test": /\.\s*(?:skip|skipIf|only|todo|fixme|failing|fails)\b\s*[(.`]/g,
  // node:test's `{ skip: true }`
  "skip option": /\b(?:skip|todo|only)\s*:\s*(?:true\b|["'`])/g,
  "x or f prefix": /(?<![.\w$])(?:xit|xtest|xdescribe|fit|fdescribe)\b\s*[(.`]/g,
  "empty catch": new RegExp(String.raw`\bcatch\s*(?:\([^()]{0,200}\)\s*)?\{${BLANK}\}`, "g"),
  "empty .catch": new RegExp(
    String.raw`\.\s*catch\(\s*(?:async\s+)?(?:\([^()]{0,200}\)|[\w$]{1,100})\s*=>\s*(?:\{${BLANK}\}|undefined\b|null\b|void 0)`,
    "g",
  ),
  "any in JSDoc": /@(?:type|param|arg|argument|returns?|property|prop|typedef|satisfies)\s*\{[^}\n]{0,200}?(?:\bany\b|\*)/g,
};

/** What may stand between a punctuation mark and its type. */
const GAP = String.raw`\s*(?:(?:\/\*[^*]{0,200}\*\/|\/\/[^\n]{0,200}\n)\s*){0,10}`;
const NOT_PROSE = String.raw`(?![ \t]+(?!(?:as|satisfies|extends|is|in|of|instanceof)\b)[A-Za-z])`;

const TYPESCRIPT_CODE: Marks = {
  any: new RegExp(
    [
      String.raw`(?:[:<>|&=?[]|\.\.\.|\b(?:as|satisfies|extends|is|readonly|keyof)\b)${GAP}any\b(?![ \t]*[.(])${NOT_PROSE}`,
      // After these a name may stand as well: `(any: string)` declares a parameter of that name.
      String.raw`[,(]${GAP}any\b(?!\s*(?:\?\s*)?[:.(])${NOT_PROSE}`,
    ].join("|"),
    "g",
  ),
  "as unknown as": /\bas\s+(?:unknown|never)\s+as\b/g,
};

const PYTHON_CODE: Marks = {
  Any: /(?::|->|\[|,)\s*(?:typing\.)?Any\b/g,
  "skipped test": /(?:@\s*(?:pytest\.mark|unittest)\.|\bpytest\.)(?:skip|xfail|expectedFailure)/g,
  "empty except": /\bexcept\b[^:\n]{0,200}:\s*(?:#[^\n]{0,500}\n\s*)?(?:pass|\.\.\.)/g,
};

const RUST: Marks = {
  allow: /#!?\s*\[\s*(?:cfg_attr\s*\([^\]]{0,200},\s*)?(?:allow|expect)\s*\(/g,
  "skipped test": /#\s*\[\s*(?:cfg_attr\s*\([^\]]{0,200},\s*)?ignore\b/g,
};

const MARKS: Readonly<Record<Language, Marks>> = {
  typescript: { ...SCRIPT_COMMENTS, ...SCRIPT_CODE, ...TYPESCRIPT_CODE },
  javascript: { ...SCRIPT_COMMENTS, ...SCRIPT_CODE },
  python: { ...PYTHON_COMMENTS, ...PYTHON_CODE },
  rust: RUST,
  prose: {},
  other: { ...SCRIPT_COMMENTS, ...PYTHON_COMMENTS },
};

export function suppressionsIn(language: Language): Marks {
  return MARKS[language];
}
