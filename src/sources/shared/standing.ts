/**
 * What stands in the base where suggestions point to, and whether it is still what they were made for. Reads git objects;
 * of the checkout only the names of files, to tell an ignored file from one that is not there.
 */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import type { Standing } from "../../domain/eligibility.ts";
import type { Suggestion } from "../../domain/suggestion.ts";
import { decode, exists } from "../../system/files.ts";
import { FOLDER_MODE, type FolderEntry } from "../../system/folders.ts";
import type { Git } from "../../system/git.ts";
import { entriesAt, readObjects } from "../../system/tree.ts";

export interface Ground {
  readonly git: Git;
  /** The base's tree or commit. */
  readonly base: string;
  readonly checkout: string;
}

const SYMLINK_MODE = "120000";
const SUBMODULE_MODE = "160000";

/** One for each suggestion, in their order. To be asked about some thousands at once, not about each. */
export async function standingsOf(suggestions: readonly Suggestion[], ground: Ground): Promise<readonly Standing[]> {
  const { git, base } = ground;
  const files = [...new Set(suggestions.map(({ file }) => file))];
  const entries = await entriesAt(git, base, [...new Set(files.flatMap(withFolders))]);
  const unknown = files.filter((file) => !entries.has(file) && !folderLink(file, entries));
  const ignored = await ignoredOf(unknown, ground);
  const there = await presentOf(unknown.filter((file) => !ignored.has(file)), ground);
  const blobs = await readObjects(git, files.flatMap((file) => (isBlob(entries.get(file)) ? [entries.get(file)?.id ?? ""] : [])));
  const byCommit = await entriesByCommit(suggestions, git);
  return suggestions.map((suggestion) => {
    const entry = entries.get(suggestion.file);
    const kind = kindOf(suggestion.file, entry, entries, blobs) ?? (ignored.has(suggestion.file) ? "ignored" : there.has(suggestion.file) ? "untracked" : "missing");
    const reviewed = kind === "text" && entry ? reviewedAs(suggestion, entry, blobs.get(entry.id), byCommit) : undefined;
    return reviewed ? { kind, reviewed } : { kind };
  });
}

function withFolders(file: string): string[] {
  const names = file.split("/");
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

function folderLink(file: string, entries: ReadonlyMap<string, FolderEntry>): boolean {
  return withFolders(file).slice(0, -1).some((folder) => entries.get(folder)?.mode === SYMLINK_MODE);
}

function isBlob(entry: FolderEntry | undefined): entry is FolderEntry {
  return entry?.mode.startsWith("100") === true;
}

function kindOf(
  file: string,
  entry: FolderEntry | undefined,
  entries: ReadonlyMap<string, FolderEntry>,
  blobs: ReadonlyMap<string, Buffer>,
): Standing["kind"] | undefined {
  if (entry?.mode === FOLDER_MODE) return "folder";
  if (entry?.mode === SYMLINK_MODE) return "symlink";
  if (entry?.mode === SUBMODULE_MODE) return "submodule";
  if (!entry) return folderLink(file, entries) ? "through-symlink" : undefined;
  const bytes = blobs.get(entry.id);
  return bytes && decode(bytes) !== undefined ? "text" : "binary";
}

/** This one command of git's refuses literal path specifications; behind `./`, no path has a magic of its own. */
async function ignoredOf(files: readonly string[], { git, checkout }: Ground): Promise<ReadonlySet<string>> {
  if (files.length === 0) return new Set();
  const stdin = files.map((file) => `./${file}\0`).join("");
  const call = { cwd: checkout, stdin, env: { GIT_LITERAL_PATHSPECS: "0" } };
  const answer = await git.with({ workTree: checkout }).maybe(["check-ignore", "-z", "--stdin"], call);
  return new Set(answer?.split("\0").map((path) => path.slice("./".length)));
}

async function presentOf(files: readonly string[], { checkout }: Ground): Promise<ReadonlySet<string>> {
  // What is in a folder that is not there need not be looked for.
  const known = new Map<string, Promise<boolean>>([[".", Promise.resolve(true)]]);
  const isThere = (path: string): Promise<boolean> => {
    const asked = known.get(path) ?? isThere(dirname(path)).then((above) => above && exists(join(checkout, path)));
    known.set(path, asked);
    return asked;
  };
  const there = await Promise.all(files.map(isThere));
  return new Set(files.filter((_, index) => there[index]));
}

type Entries = ReadonlyMap<string, FolderEntry> | undefined;

/** What each commit that was reviewed has there; undefined where this repository does not have the commit. */
async function entriesByCommit(suggestions: readonly Suggestion[], git: Git): Promise<ReadonlyMap<string, Entries>> {
  const dated = Map.groupBy(suggestions, ({ reviewed }) => (reviewed?.content === undefined ? reviewed?.commit : undefined));
  const found = new Map<string, Entries>();
  for (const [commit, own] of dated) {
    if (commit === undefined) continue;
    const id = OBJECT_ID.test(commit) ? await git.maybe(["rev-parse", "--verify", "--quiet", "--end-of-options", `${commit}^{commit}`]) : undefined;
    found.set(commit, id === undefined ? undefined : await entriesAt(git, id, own.map(({ file }) => file)));
  }
  return found;
}

/** A review names a commit by its id, never by a name that moves. */
const OBJECT_ID = /^[0-9a-f]{7,64}$/i;

/** A hash of the content says most; a commit only serves where there is none. */
function reviewedAs({ file, reviewed }: Suggestion, entry: FolderEntry, bytes: Buffer | undefined, byCommit: ReadonlyMap<string, Entries>): Standing["reviewed"] {
  if (reviewed?.content !== undefined) return isContent(reviewed.content, entry, bytes) ? "same" : "changed";
  if (reviewed?.commit === undefined) return undefined;
  const then = byCommit.get(reviewed.commit);
  if (!then) return "unknown-commit";
  return then.get(file)?.id === entry.id ? "same" : "changed";
}

function isContent(written: string, entry: FolderEntry, bytes: Buffer | undefined): boolean {
  const hash = written.toLowerCase().replace(/^(?:sha256|blob|git|sha1):/, "");
  const digest = (): string => createHash("sha256").update(bytes ?? "").digest("hex");
  return hash === entry.id || (hash.length === 64 && hash === digest());
}
