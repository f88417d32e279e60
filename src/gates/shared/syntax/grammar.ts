/**
 * What a reader of declarations has to know of a language: which nodes declare, what of them is signature and what is
 * body or value, and which nodes are the few that a mechanical change may touch. Data alone; a new language is a table.
 */

export interface Declares {
  /** What people call it. */
  readonly as: string;
  /** The way to its name: each word a field or a kind. Where absent, its text is its name. */
  readonly name?: string;
  /** Declarations stand inside. */
  readonly inside?: true;
  /** Only where its text begins so. */
  readonly when?: RegExp;
}

export interface Grammar {
  /** By node kind. */
  readonly declarations: Readonly<Record<string, Declares>>;
  /** What stands around declarations and belongs to each in it: decorators, `export`, template parameters. */
  readonly around: ReadonlySet<string>;
  /** What stands before a declaration, beside it, and belongs to it. */
  readonly before: ReadonlySet<string>;
  /** Functions that are values. */
  readonly functions: ReadonlySet<string>;
  /** What runs or is declared inside, and is no signature: by kind, or as `:field`. */
  readonly bodies: ReadonlySet<string>;
  /** Where a value begins: all that stands behind this token is no signature. */
  readonly values: Readonly<Record<string, string>>;
  /** Values whose parts are declarations. */
  readonly literals: ReadonlySet<string>;
  /** Expressions that are never looked into for declarations. */
  readonly opaque: ReadonlySet<string>;
  readonly imports: ReadonlySet<string>;
  /** The parts of an import that can be counted one by one, by kind or as `:field`. */
  readonly specifiers: ReadonlySet<string>;
  /** What may be added as a field, by kind; the kind that must stand around it, where not every place will do. */
  readonly fields: Readonly<Record<string, RegExp>>;
  readonly arms: ReadonlySet<string>;
  readonly calls: ReadonlySet<string>;
  /** Marks that silence a check and are no comments. */
  readonly suppressions: Readonly<Record<string, RegExp>>;
}

export function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ""));
}

/** The same entry for each of these kinds. */
export function each<T>(kinds: string, value: T): Record<string, T> {
  return Object.fromEntries([...words(kinds)].map((kind) => [kind, value]));
}

/** Any place will do. */
export const ANYWHERE = /(?:)/;
