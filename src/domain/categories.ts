import type { Category } from "./finding.ts";

/** One row of the category table: a code that begins with `prefix`, reported by `tool`, is of `category`. */
export interface CategoryRule {
  readonly tool: string;
  readonly prefix: string;
  readonly category: Category;
}

/**
 * The table of capability C2. The longest prefix of the tool wins, so `TS2307` beats `TS2`; among equal ones the first.
 * Rows of the user's own (`categories` in the configuration) go before all of it: see `ownCategory`.
 */
export const CATEGORY_RULES: readonly CategoryRule[] = [
  // JSX that is not closed (TS17xxx) is seen by the parser, as TS1xxx are.
  ...rows("tsc", "syntax", ["TS1", "TS17002", "TS17008", "TS17014", "TS17015"]),
  ...rows("tsc", "undefined_name", ["TS2304", "TS2339", "TS2503", "TS2551", "TS2552", "TS2662", "TS2663", "TS18004"]),
  // "Cannot find name 'x'. Do you need to change your target library, or install type definitions?"
  ...rows("tsc", "undefined_name", ["TS2318", "TS2550", "TS2580", "TS2581", "TS2582", "TS2583", "TS2584", "TS2591"]),
  ...rows("tsc", "undefined_name", ["TS2592", "TS2593", "TS2867", "TS2868"]),
  ...rows("tsc", "missing_import", ["TS2305", "TS2306", "TS2307", "TS2613", "TS2614", "TS2694", "TS2724"]),
  ...rows("tsc", "missing_import", ["TS2792", "TS2834", "TS2835", "TS2882", "TS7016"]),
  ...rows("tsc", "type_mismatch", ["TS2322", "TS2345", "TS2352", "TS2353", "TS2559", "TS2561", "TS2739", "TS2740"]),
  ...rows("tsc", "type_mismatch", ["TS2741", "TS2769", "TS2365", "TS2367", "TS2375", "TS2379", "TS2412"]),
  // A class or interface that does not keep what it declares to keep.
  ...rows("tsc", "contract_violation", ["TS2415", "TS2416", "TS2417", "TS2420", "TS2430", "TS2515", "TS2654"]),
  ...rows("tsc", "contract_violation", ["TS2655", "TS2656", "TS2720"]),
  ...rows("eslint", "syntax", ["fatal"]),
  ...rows("eslint", "undefined_name", ["no-undef", "react/jsx-no-undef"]),
  // Rules of style whose names begin like `no-undef`.
  ...rows("eslint", "other", ["no-undef-init", "no-undefined"]),
  ...rows("eslint", "missing_import", ["import/no-unresolved", "import/named", "import/default", "import/namespace"]),
  ...rows("eslint", "missing_import", ["import-x/no-unresolved", "import-x/named", "import-x/default"]),
  ...rows("eslint", "missing_import", ["n/no-missing-import", "n/no-missing-require"]),
  ...rows("eslint", "type_mismatch", ["@typescript-eslint/no-unsafe-"]),
  ...rows("biome", "syntax", ["parse"]),
  ...rows("biome", "undefined_name", ["noUndeclaredVariables"]),
  ...rows("biome", "missing_import", ["noUndeclaredDependencies", "noUnresolvedImports", "noUnusedImports", "noPrivateImports"]),
  ...rows("oxlint", "syntax", ["parse"]),
  ...rows("oxlint", "undefined_name", ["no-undef", "react/jsx-no-undef"]),
  ...rows("oxlint", "other", ["no-undef-init", "no-undefined"]),
  ...rows("oxlint", "missing_import", ["import/named", "import/default", "import/namespace", "import/no-unresolved"]),
  ...rows("oxlint", "type_mismatch", ["typescript/no-unsafe-"]),
  ...rows("astro-check", "syntax", ["parse"]),
  // Svelte's parser has many codes, its warnings have none that begins so; those of its CSS parser begin with `css-`.
  ...rows("svelte-check", "syntax", ["parse", "js_parse_error", "expected_", "unexpected_", "block_", "element_", "css-"]),
  ...rows("ruff", "syntax", ["E9", "W6", "invalid-syntax"]),
  ...rows("ruff", "missing_import", ["F401", "F811"]),
  ...rows("ruff", "undefined_name", ["F821"]),
  ...rows("structure", "contract_violation", ["must-"]),
  ...rows("pyright", "missing_import", ["reportMissingImports", "reportMissingModuleSource"]),
  ...rows("pyright", "undefined_name", ["reportUndefinedVariable"]),
  ...rows("pyright", "syntax", ["syntax"]),
  ...rows("pyright", "undefined_name", ["reportAttributeAccessIssue", "reportPossiblyUnbound"]),
  ...rows("pyright", "type_mismatch", ["reportGeneralTypeIssues", "reportArgumentType", "reportReturnType"]),
  ...rows("pyright", "type_mismatch", ["reportAssignmentType", "reportCallIssue", "reportIndexIssue", "reportOperatorIssue", "reportOptional"]),
  ...rows("pyright", "contract_violation", ["reportIncompatible", "reportAbstractUsage", "reportImplicitOverride"]),
  ...rows("mypy", "syntax", ["syntax"]),
  // `import` before mypy 1.6.
  ...rows("mypy", "missing_import", ["import", "import-not-found", "import-untyped"]),
  ...rows("mypy", "undefined_name", ["name-defined", "attr-defined", "used-before-def", "possibly-undefined"]),
  ...rows("mypy", "type_mismatch", ["arg-type", "return-value", "assignment", "call-arg", "call-overload", "index", "operator"]),
  ...rows("mypy", "type_mismatch", ["union-attr", "list-item", "dict-item", "typeddict-item", "type-var", "return", "valid-type"]),
  ...rows("mypy", "contract_violation", ["override", "abstract", "safe-super", "explicit-override"]),
];

function rows(tool: string, category: Category, prefixes: readonly string[]): CategoryRule[] {
  return prefixes.map((prefix) => ({ tool, prefix, category }));
}

/** TypeScript's codes have four digits or five, so the prefix `TS1` must not take in `TS18003`. */
function fits(code: string, { prefix }: CategoryRule): boolean {
  return code.startsWith(prefix) && !(prefix === "TS1" && code.length !== "TS1005".length);
}

/** The category of a tool's code. */
export function categoryOf(tool: string, code: string, rules: readonly CategoryRule[] = CATEGORY_RULES): Category {
  const fitting = rules.filter((rule) => rule.tool === tool && fits(code, rule));
  const best = fitting.sort((one, other) => other.prefix.length - one.prefix.length)[0];
  return best?.category ?? "other";
}

/**
 * What the user's own rows make of a code: the first that fits, whatever stet's table says; undefined where none does. A
 * row's `tool` may be the tool, the kind of check or the check's name.
 */
export function ownCategory(code: string, tools: readonly string[], rows: readonly CategoryRule[]): Category | undefined {
  return rows.find(({ tool, prefix }) => tools.includes(tool) && code.startsWith(prefix))?.category;
}
