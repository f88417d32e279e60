/** The tool that a validator runs, as `stet doctor` looks for it. */
export interface Program {
  /** Prints the version: `["tsc", "--version"]`. The first word is what is looked for on the workspace's PATH; nothing where empty. */
  readonly version: readonly string[];
  /** What to do where it is not there: `npm install --save-dev typescript`. */
  readonly install: string;
  /** Globs of files that say that a project wants it, for projects where no check of this kind is found. */
  readonly wantedBy?: readonly string[];
  /** The version of the copy that stet brings, which is run where there is none on the PATH; undefined where it is not installed. */
  readonly ownCopy?: () => Promise<string | undefined>;
}

/** Where a program was found. Hostile text. */
export interface Located {
  /** The line that the program printed, or the version itself; empty where it tells none. */
  readonly version: string;
  /** Absolute; empty where it is a copy of stet's own. */
  readonly path: string;
}

/** What a check can be asked of a part of the tree alone, while a search goes on; landings are always read whole. */
export type Narrow = "by file" | "related tests" | "none";
