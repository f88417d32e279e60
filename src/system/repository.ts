/** Where a user's repository is: found once at the start, from any folder, symlink or linked worktree of it. */
import { readlink, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { readBytesMaybe } from "./files.ts";
import { Git, GitFault } from "./git.ts";
import { blobIds } from "./objects.ts";

export interface Repository {
  /** The checkout that the user stands in. Dependencies are read from here; nothing is written. */
  readonly checkout: string;
  /** The git directory shared by all worktrees; identifies the repository. */
  readonly commonDir: string;
  /** Where `.stet/` lives: the main worktree, or the common directory of a bare repository or a submodule. */
  readonly stateDir: string;
  /** The user's folder inside the checkout, `/`-separated, empty at the root. */
  readonly prefix: string;
  readonly objectFormat: string;
  readonly git: Git;
}

/** Undefined where `cwd` is in no git checkout, or is no folder. */
export async function findRepository(cwd: string): Promise<Repository | undefined> {
  if (!(await isFolder(cwd))) return undefined;
  const here = await realpath(cwd);
  const asked = ["--show-toplevel", "--git-common-dir", "--show-object-format", "--absolute-git-dir"];
  const answer = await new Git().maybe(["rev-parse", ...asked], { cwd: here });
  const [top, common, objectFormat, gitDir] = answer?.split("\n") ?? [];
  if (!top || !common || !objectFormat || !gitDir) return undefined;
  const checkout = await realpath(top);
  const commonDir = await realpath(resolve(here, common));
  const git = new Git({ gitDir: commonDir });
  const bare = (await git.maybe(["config", "--type=bool", "core.bare"])) === "true";
  // A submodule's git directory stands among those of its siblings, which are repositories of their own.
  const stateDir = join(bare || basename(commonDir) !== ".git" ? commonDir : dirname(commonDir), ".stet");
  const prefix = relative(checkout, here).split("\\").join("/");
  return { checkout, commonDir, stateDir, prefix, objectFormat, git: new Git({ gitDir: await realpath(gitDir) }) };
}

/** Why `findRepository` finds nothing: a code that a `Problem` can carry. */
export async function absenceOf(
  cwd: string,
): Promise<"no-such-folder" | "git-missing" | "repository-not-trusted" | "no-checkout" | "not-a-repository"> {
  if (!(await isFolder(cwd))) return "no-such-folder";
  try {
    await new Git().text(["rev-parse", "--git-dir"], { cwd });
    return "no-checkout";
  } catch (error) {
    if (!(error instanceof GitFault)) throw error;
    if (error.code === 127) return "git-missing";
    return error.stderr.includes("dubious ownership") ? "repository-not-trusted" : "not-a-repository";
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * How many tracked files differ from HEAD, staged or not. Bytes are compared as they are: the repository's own filters
 * are not asked, and no git is sent into a submodule, where the repository's settings would count again.
 */
export async function countUncommitted(git: Git, checkout: string): Promise<number> {
  const here = git.with({ workTree: checkout });
  const call = { cwd: checkout, env: await withoutFilters(git) };
  const [staged, touched] = await Promise.all([
    here.fields(["diff-index", "--cached", "--name-only", "-z", "HEAD"], call),
    here.fields(["diff-files", "--ignore-submodules=dirty", "--raw", "-z"], call),
  ]);
  const changed = new Set(staged);
  for (let at = 0; at + 1 < Math.min(touched.length, 2 * MAX_TOUCHED); at += 2) {
    const [, , id = "", , kind = ""] = (touched[at] ?? "").split(" ");
    const path = touched[at + 1] ?? "";
    if (kind !== "M" || (await blobIdOf(join(checkout, path), id.length)) !== id) changed.add(path);
  }
  return changed.size;
}

/** Files whose times differ from the index's are read to tell whether their bytes do; there is no need to count more. */
const MAX_TOUCHED = 1_000;

/** The id that git would give what stands there; undefined where that is no file. A symlink is what it says. */
async function blobIdOf(path: string, idLength: number): Promise<string | undefined> {
  const bytes = (await readBytesMaybe(path)) ?? (await readlink(path, "buffer").catch(() => undefined));
  return bytes && blobIds(bytes).find(({ length }) => length === idLength);
}

/** Settings that empty every filter there is. In the environment, since a filter's name may hold any character. */
async function withoutFilters(git: Git): Promise<Record<string, string>> {
  const names = (await git.maybe(["config", "--null", "--name-only", "--get-regexp", "^filter\\."])) ?? "";
  const keys = names.split("\0").filter((name) => name !== "");
  const pairs = keys.flatMap((key, index): [string, string][] => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, key.endsWith(".required") ? "false" : ""],
  ]);
  return { GIT_CONFIG_COUNT: String(keys.length), ...Object.fromEntries(pairs) };
}
