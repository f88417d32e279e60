/** The reading half of `apply` by itself: which of others' findings would be tried in a repository, and why the rest would not. */
import { MAX_FILES } from "../domain/choose-files.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import { sources } from "../sources/index.ts";
import { absenceOf, findRepository } from "../system/repository.ts";
import { lookAt } from "./base.ts";
import { sift, type SiftEvent, type SiftReport } from "./sift.ts";
import { noRepository } from "./state.ts";

export interface SuggestionsOptions {
  /** Any folder of the repository. */
  readonly cwd: string;
  /** Files, relative to `cwd`; `-` is standard input. */
  readonly inputs: readonly string[];
  /** The format of all inputs, by its source's name; told by how each begins where absent. */
  readonly format?: string;
  /** The file with the configuration, relative to `cwd`; the base's own where absent. */
  readonly config?: string;
  /** The revision to start from. Default `HEAD`. */
  readonly base?: string;
  /** Files with suggestions that are tried in one run. Default 5. */
  readonly maxFiles?: number;
  /** Globs of denied paths that may be touched. */
  readonly allowPaths?: readonly string[];
  /** What `-` reads. Default: this process's standard input. */
  readonly stdin?: AsyncIterable<Buffer>;
  /** Called for everything that does not come through, as it is decided. */
  readonly listen?: (event: SiftEvent) => void;
  /** Ends the reading, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Throws `Problem` for a format that is not known (64), and where there is no repository to hold anything against (66). */
export async function readSuggestions(options: SuggestionsOptions): Promise<SiftReport> {
  const { cwd, inputs, format, maxFiles = MAX_FILES, allowPaths = [], stdin = process.stdin, listen = () => undefined, signal } = options;
  refuseUnknownFormat(format);
  const repository = await findRepository(cwd);
  if (!repository) throw noRepository(await absenceOf(cwd), cwd);
  const { git, checkout } = repository;
  const { tree, config } = await lookAt(repository, options);
  const policy = { deny: config.deny ?? [], allowPaths };
  const said = { ...(format !== undefined && { format }), ...(signal && { signal }) };
  return sift({ inputs, cwd, stdin, git, base: tree, checkout, policy, maxFiles, listen, ...said });
}

function refuseUnknownFormat(format: string | undefined): void {
  const known = sources.map(({ name }) => name);
  if (format !== undefined && !known.includes(format)) throw new Problem("unknown-format", { name: format, known }, EXIT.usage);
}
