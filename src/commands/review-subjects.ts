/**
 * What a review looks at: the tracked text files of the base that people write, in the paths that were named, whole; or those that
 * changed since a revision, with what changed. What is left out is named with its reason.
 */
import { EXIT, Problem } from "../domain/problem.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { deniedPath } from "../gates/shared/denied.ts";
import { tokensIn } from "../llm/budget.ts";
import { hunksIn, type Subject } from "../review/subject.ts";
import type { Git } from "../system/git.ts";
import { idOf } from "../system/objects.ts";
import { readBase } from "../system/tree.ts";
import type { Base } from "./base.ts";

export interface SubjectsOptions {
  readonly git: Git;
  readonly base: Pick<Base, "commit" | "tree" | "project" | "config">;
  /** Paths, relative to the root; everything where empty. */
  readonly scope: readonly string[];
  /** Only what changed since this revision. */
  readonly since?: string;
  readonly maxFiles: number;
  readonly maxFileTokens: number;
  readonly allowPaths: readonly string[];
}

export interface Subjects {
  readonly subjects: readonly Subject[];
  readonly left: readonly Left[];
}

/** A file that is not reviewed. */
export interface Left {
  readonly file: string;
  readonly reason: Reason;
}

/** Made by tools, or no code: a review of it says nothing about what people write. */
const NOT_WRITTEN = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|[^/]*\.lock|go\.sum|pnpm-lock\.yaml|LICEN[CS]E[^/]*)$|\.(?:min\.\w+|map|snap|svg|csv|tsv|txt|lock|patch|diff)$/i;

/** Throws `Problem` (66) for a revision that is not there. */
export async function subjectsOf(options: SubjectsOptions): Promise<Subjects> {
  const { git, base, scope, since, maxFiles, maxFileTokens, allowPaths } = options;
  const from = since === undefined ? undefined : await commitOf(git, since);
  const names = from === undefined ? base.project.files : await changedFiles(git, from, base.commit);
  const within = names.filter((file) => scope.length === 0 || scope.some((path) => file === path || file.startsWith(`${path}/`)));
  const policy = { deny: base.config.deny ?? [], allowPaths };
  const left: Left[] = [];
  const subjects: Subject[] = [];
  const guidance = await guidanceIn(base);
  const texts = await readBase(git, base.tree, within.filter((file) => !NOT_WRITTEN.test(file)));
  for (const [file, found] of texts) {
    if (found.kind !== "text" || found.text.trim() === "" || !base.project.files.includes(file)) continue;
    const why = deniedPath(file, policy)[0] ?? tooMuch(file, found.text, subjects.length, { maxFiles, maxFileTokens });
    if (why) left.push({ file, reason: why });
    else subjects.push({ file, text: found.text, guidance, ...(from !== undefined && { change: await changeOf(git, from, base.commit, file) }) });
  }
  return { subjects, left };
}

function tooMuch(file: string, text: string, chosen: number, { maxFiles, maxFileTokens }: Pick<SubjectsOptions, "maxFiles" | "maxFileTokens">): Reason | undefined {
  if (tokensIn(text) > maxFileTokens) return reason("review", "file-too-large", { file });
  return chosen >= maxFiles ? reason("review", "review-not-tried", { max: maxFiles }) : undefined;
}

async function commitOf(git: Git, revision: string): Promise<string> {
  const commit = await idOf(git, `${revision}^{commit}`);
  if (commit === undefined) throw new Problem("unknown-revision", { revision }, EXIT.noInput);
  return commit;
}

const DIFF = ["diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames"];

/** Without those that are gone. */
async function changedFiles(git: Git, from: string, to: string): Promise<string[]> {
  const names = await git.text([...DIFF, "--name-only", "--diff-filter=d", "-z", from, to, "--"]);
  return names.split("\0").filter((name) => name !== "");
}

async function changeOf(git: Git, from: string, to: string, file: string): Promise<NonNullable<Subject["change"]>> {
  return hunksIn(await git.text([...DIFF, "--unified=3", from, to, "--", file]));
}

const GUIDES = ["AGENTS.md", "CONTRIBUTING.md", ".github/CONTRIBUTING.md", "docs/CONTRIBUTING.md"];
const MAX_GUIDANCE_LENGTH = 12_000;

/** The beginning of what the repository says to whoever works on it. */
async function guidanceIn({ project }: Pick<Base, "project">): Promise<string> {
  const guides = GUIDES.filter((file) => project.files.includes(file));
  const texts = await Promise.all(guides.map(async (file) => `${file}:\n${(await project.readText(file)) ?? ""}`));
  return texts.join("\n\n").slice(0, MAX_GUIDANCE_LENGTH);
}
