/**
 * How far an edit of one file can reach, as far as its text alone tells: a module's edit shows to others through its
 * declarations only. Anything else (a script, an ambient or augmenting file, a declaration file, data) may reach all.
 */

const CODE = /\.[cm]?tsx?$/;
const DECLARATION = /\.d\.([^./]+\.)?[cm]?ts$/;
const MODULE = /^[ \t]*(?:import|export)\b/m;
const AMBIENT = /\bdeclare\s+(?:global\b|module\s*["'])|^[ \t]*export\s+as\s+namespace\b|^\s*\/\/\/\s*</m;

/** Whether other files can see an edit of this module only through what it declares. */
export function isModule(path: string, text: string): boolean {
  return CODE.test(path) && !DECLARATION.test(path) && MODULE.test(text) && !AMBIENT.test(text);
}

const RESOLUTION = /(?:^|\/)(?:package\.json|[tj]sconfig[^/]*\.json)$/;
const READABLE = /\.(?:[cm]?[jt]sx?|json)$/;

/** Whether a file that is in no program might still change what a program holds. */
export function mayResolve(path: string): boolean {
  return RESOLUTION.test(path) || READABLE.test(path);
}

const REEXPORT = /^export\s*(?:\{|\*|=|default\b|import\b|type\s*\{)/m;
const IMPORT_CLAUSE = /^(import )(?:type )?(\{[^}]*\}|[\w$]+|\* as [\w$]+)(?= from )/gm;

/**
 * A module's declarations as others see them: whether it imports a thing as a type alone is its own affair, unless it
 * hands the thing on.
 */
export function seenByOthers(declarations: string): string {
  if (REEXPORT.test(declarations)) return declarations;
  return declarations.replace(IMPORT_CLAUSE, (_, word: string, names: string) => word + names.replaceAll(/(?<=[{,]\s*)type (?!as\b|,|\})/g, ""));
}
