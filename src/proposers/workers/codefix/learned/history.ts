/**
 * What git remembers of a project: which name took another's place, where a file went, what a file said before its last
 * change. Answers are kept for the length of a run of the worker. Never guesses: it gives what stood in a change.
 */
import { git, PLAIN_DIFF } from "./git.ts";

/** How far back is looked, along the first parents: one walk for all questions, however long the history is. */
const MAX_COMMITS = 100;
const MAX_CHAIN = 5;
const SOURCES = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"].map((ending) => `*.${ending}`);

export interface History {
  /** The names that took the place of one in a file (relative to the root), the latest first. */
  replacements(file: string, name: string): readonly string[];
  /** Where a file went that is no longer at this path (relative to the root). */
  movedTo(file: string): string | undefined;
  /** What the file said before the last commit that changed it; undefined where that is too long ago. */
  before(file: string): string | undefined;
}

/** What one commit did to one file. */
interface FileChange {
  readonly commit: string;
  readonly hunks: readonly Hunk[];
}

interface Hunk {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

export function historyOf(root: string): History {
  const changes = kept(() => parsePatches(git(root, ["log", ...RANGE, "--no-renames", "--patch", "--unified=0", "--format=%x00%H", "HEAD", "--", ...SOURCES])));
  const moves = kept(() => parseMoves(git(root, ["log", ...RANGE, "--find-renames", "--diff-filter=R", "--name-status", "-z", "--format=", "HEAD", "--", ...SOURCES])));
  const before = kept((file: string) => {
    const commit = changes("").get(file)?.[0]?.commit;
    return commit === undefined ? "" : git(root, ["show", ...PLAIN_DIFF, `${commit}^:${file}`]);
  });
  return {
    replacements: (file, name) => {
      const hunks = changes("").get(file)?.flatMap((change) => change.hunks) ?? [];
      return [...new Set(hunks.flatMap((hunk) => replacementIn(hunk, name) ?? []))];
    },
    movedTo: (file) => follow(moves(""), file),
    before: (file) => before(file) || undefined,
  };
}

const RANGE = ["--first-parent", "--diff-merges=first-parent", `--max-count=${MAX_COMMITS}`, ...PLAIN_DIFF];

/** By file, the latest first. A path that git has to quote is left out. */
function parsePatches(output: string): Map<string, FileChange[]> {
  const byFile = new Map<string, FileChange[]>();
  for (const part of output.split("\0").slice(1)) {
    const commit = part.slice(0, part.indexOf("\n"));
    for (const patch of part.split(/^(?=diff --git )/m).slice(1)) {
      const file = /^--- a\/(.+?)\t?$/m.exec(patch)?.[1];
      if (file !== undefined) byFile.set(file, [...(byFile.get(file) ?? []), { commit, hunks: parseHunks(patch) }]);
    }
  }
  return byFile;
}

function parseHunks(patch: string): Hunk[] {
  return patch.split(/^(?=@@ )/m).slice(1).map((hunk) => {
    const lines = hunk.split("\n");
    const starting = (sign: string): string[] => lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
    return { removed: starting("-"), added: starting("+") };
  });
}

/** The name that stands where this one stood: in the same line, else as the only new name of the hunk. */
function replacementIn({ removed, added }: Hunk, name: string): string | undefined {
  const lost = removed.filter((line) => namesIn(line).includes(name));
  if (lost.length === 0) return undefined;
  for (const line of lost) {
    for (const other of added) {
      const found = onlyDifference(line, other, name);
      if (found !== undefined) return found;
    }
  }
  const old = new Set(removed.flatMap(namesIn));
  const current = new Set(added.flatMap(namesIn));
  const fresh = [...current].filter((one) => !old.has(one));
  return current.has(name) || fresh.length !== 1 ? undefined : fresh[0];
}

/** What stands for the name in the other line, where the two lines differ in a few names only. */
function onlyDifference(line: string, other: string, name: string): string | undefined {
  const [left, right] = [pieces(line), pieces(other)];
  const differing = left.flatMap((piece, index) => (piece === right[index] ? [] : [[piece, right[index] ?? ""] as const]));
  const areNames = differing.flat().every((piece) => namesIn(piece)[0] === piece);
  if (left.length !== right.length || !areNames || differing.length * 2 > left.length) return undefined;
  const found = new Set(differing.flatMap(([from, to]) => (from === name ? [to] : [])));
  return found.size === 1 && !right.includes(name) ? [...found][0] : undefined;
}

function pieces(line: string): string[] {
  return line.match(/[\p{ID_Continue}$]+|[^\p{ID_Continue}$\s]/gu) ?? [];
}

function namesIn(line: string): string[] {
  return line.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? [];
}

/** `R100 NUL old NUL new NUL`, the latest first. */
function parseMoves(output: string): Map<string, string> {
  const fields = output.split("\0").map((field) => field.trim());
  const moves = new Map<string, string>();
  for (const [index, field] of fields.entries()) {
    const [from, to] = [fields[index + 1], fields[index + 2]];
    if (/^R\d+$/.test(field) && from !== undefined && to !== undefined && !moves.has(from)) moves.set(from, to);
  }
  return moves;
}

function follow(moves: ReadonlyMap<string, string>, file: string): string | undefined {
  let at = moves.get(file);
  for (let step = 0; at !== undefined && step < MAX_CHAIN && moves.has(at); step++) at = moves.get(at);
  return at;
}

function kept<Answer>(ask: (key: string) => Answer): (key: string) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>();
  return (key) => {
    const known = answers.get(key) ?? { answer: ask(key) };
    answers.set(key, known);
    return known.answer;
  };
}
