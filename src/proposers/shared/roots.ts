/**
 * Tells errors that others follow from: where a module or name leads nowhere, types fall apart that were whole. Fixes
 * for these go first, and what only writes down the types of the moment waits for them: for all in the project where it
 * writes a type out, for those in its own file where it writes how a member is reached. Knows TypeScript's codes only.
 */

const ROOTS: ReadonlySet<string> = new Set([
  ...["TS1192", "TS2304", "TS2305", "TS2306", "TS2307", "TS2459", "TS2552", "TS2613", "TS2614", "TS2724"],
]);

/** The rows of the fix table that note what a type is, an `any` that another error left behind included. */
const WRITES_TYPE: ReadonlySet<string> = new Set(["inferFromUsage", "fixMissingTypeAnnotationOnExports"]);
/** The row that only rewords an access: a type that fell apart may have made it necessary, and is near. */
const WRITES_ACCESS: ReadonlySet<string> = new Set(["fixNoPropertyAccessFromIndexSignature"]);

export interface Ranked {
  /** The code of the error that it settles. */
  readonly rule: string;
  /** The row of the fix table that it falls under. */
  readonly kind: string;
  readonly isTried: boolean;
  /** Where the error stands. */
  readonly file: string;
}

/** The same ones, roots first; less what waits for a root that has a fix to be tried. */
export function rootsFirst<One>(all: readonly One[], look: (one: One) => Ranked): One[] {
  const isRoot = (one: One): boolean => ROOTS.has(look(one).rule);
  const [roots, others] = [all.filter(isRoot), all.filter((one) => !isRoot(one))];
  const hopes = new Set(roots.map(look).flatMap(({ isTried, file }) => (isTried ? [file] : [])));
  const waits = ({ kind, file }: Ranked): boolean => (WRITES_TYPE.has(kind) && hopes.size > 0) || (WRITES_ACCESS.has(kind) && hopes.has(file));
  return [...roots, ...others.filter((one) => !waits(look(one)))];
}
