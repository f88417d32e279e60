/**
 * The kinds of plug-in, and what stet hands them. A plug-in is one file in its room's folder and never imports a
 * sibling; the engine receives plug-ins as values and knows no concrete one.
 */
import type { Finding } from "./finding.ts";
import type { Oracle, Texts } from "./oracle.ts";
import type { Narrow, Program } from "./program.ts";
import type { Cost, Edit, FileMode, Proposal } from "./proposal.ts";
import type { Read, Reading } from "./reading.ts";
import type { Reason } from "./reason.ts";
import type { SourceItem } from "./suggestion.ts";
import type { TreePair } from "./syntax.ts";
import type { Spec } from "./task.ts";
import type { VerdictKind } from "./verdict.ts";
import type { Workspace } from "./workspace.ts";

export type { AskOptions, Channel, Command, Conversation, Outcome, Workspace } from "./workspace.ts";

/** A look into the base tree, for detection. Paths are relative to the repository's root, with `/`. */
export interface Project {
  /** All tracked paths, sorted. */
  readonly files: readonly string[];
  readText(path: string): Promise<string | undefined>;
  /** Where `path` stands among installed dependencies, e.g. `node_modules/typescript/package.json`. */
  readDependency(path: string): Promise<string | undefined>;
}

/** A check as configuration states it or detection finds it: which validator, under which name, with its options. */
export interface CheckDefinition {
  readonly name: string;
  /** The validator's name: `tsc`, `eslint`, `vitest`, `command` … */
  readonly use: string;
  readonly timeoutMs?: number | undefined;
  readonly network?: boolean | undefined;
  readonly [option: string]: unknown;
}

/** A path in which two trees differ. */
export interface ChangedPath {
  readonly path: string;
  /** `text`: a plain file in both, with other bytes. Everything else is `other`: come, gone, a link, another mode. */
  readonly kind: "text" | "other";
}

/** What turns one tree into another, for the question whether a finding has to do with it. */
export interface Change {
  /** The files that differ, in each of the two; null where a file is not there. */
  readonly before: Texts;
  readonly after: Texts;
  /** Any file of the second tree; undefined where there is none or it is no text. */
  readText(path: string): Promise<string | undefined>;
  /** Every file of the first tree that a file imports, directly or through others, in languages with paths for imports. */
  reaches(file: string): Promise<ReadonlySet<string>>;
}

/** A check ready to be read, any number of times, in any workspace. */
export interface Check {
  readonly definition: CheckDefinition;
  /** Cheap ones are read first, and a red one ends the measurement. 0 is the cheapest. */
  readonly expense: number;
  /** Whether the same tree always reads the same. Where false, a red that decides is read twice. */
  readonly deterministic: boolean;
  /** Collects everything, never throws for what a tool does: a tool's fault is a reading too. */
  read(workspace: Workspace, signal?: AbortSignal): Promise<Reading>;
  /**
   * Whether it reads the same of a tree in which these paths differ as it did of the other: proven, never guessed. Absent
   * where that cannot be known.
   */
  readonly isBlindTo?: (changes: readonly ChangedPath[], reading: Read) => boolean;
  /**
   * Whether a finding that the tool could not see before cannot come from the change: proven, never guessed. Asked only
   * of findings beyond what the baseline's reading `reached`. Absent where that can never be known.
   */
  readonly isApart?: (finding: Finding, change: Change) => Promise<boolean>;
  /** A quicker look for searches; absent where there is none. The anchor is a tree in a workspace that stays as it is. */
  readonly openOracle?: (anchor: () => Promise<Workspace>) => Oracle;
}

/** A kind of check: how to find that a project has it, and how to read it. One file in `validators/`. */
export interface Validator {
  readonly name: string;
  /** One sentence for the generated docs. */
  readonly summary: string;
  /** Paths (picomatch globs) that define what this check measures; a proposal that touches one is refused. */
  readonly protects: readonly string[];
  /** JSON Schema-able description of its options, as a zod shape; `name`, `use`, `timeoutMs`, `network` are common. */
  readonly options: Readonly<Record<string, import("zod").ZodType>>;
  /** The tool that it runs, for `stet doctor`; absent where that is the user's own command, or none. */
  readonly program?: Program;
  /** What its checks can be asked of changed files alone (`Check.openOracle`). `none` where absent. */
  readonly narrow?: Narrow;
  /** The checks of this kind that the project has, without configuration. */
  detect(project: Project): Promise<readonly CheckDefinition[]>;
  /**
   * Completes a definition by what it names in the base (a file of patterns, a template), so that a proposal which changes
   * that file changes nothing of the check. Throws `Problem` (78) where it is not there.
   */
  readonly resolve?: (definition: CheckDefinition, project: Project) => Promise<CheckDefinition>;
  create(definition: CheckDefinition): Check;
}

/** What was tried for findings and did not land, whoever proposed it: what comes next learns from it. */
export interface Tried {
  /** The keys of the findings that it was to settle. */
  readonly findings: readonly string[];
  readonly rules: readonly string[];
  readonly by: string;
  readonly rung: number;
  /** Empty where it was no proposal at all. */
  readonly edits: readonly Edit[];
  readonly reasons: readonly Reason[];
}

/** A proposer was asked and has nothing to offer: why, and what asking cost. */
export interface Declined {
  readonly declined: true;
  readonly findings: readonly Finding[];
  readonly by: string;
  readonly rung: number;
  readonly reason: Reason;
  /** Whether it may do better when it is told so. */
  readonly again?: boolean;
  readonly cost?: Cost;
}

/** Makes proposals for findings. One file in `proposers/`. */
export interface Proposer {
  readonly name: string;
  readonly summary: string;
  /** Its height on the ladder. Above 1 it is asked only for what nothing below it could settle. */
  readonly rung: number;
  /** How often it is asked about the findings of one file, each time with what came of it. Once where absent. */
  readonly attempts?: number;
  /**
   * Proposals in order of preference: for one finding, the first that is not struck lands. Ends when it has no more.
   * Never changes the workspace.
   */
  propose(findings: readonly Finding[], workspace: Workspace, asking?: Asking): AsyncIterable<Proposal | Declined>;
}

/** What a proposer may know and use besides the workspace. */
export interface Asking {
  readonly signal?: AbortSignal;
  /** How far edits may go; the gates hold them to it whether or not it was heeded. */
  readonly edits?: EditPolicy;
  /** What did not land so far, the latest last. */
  readonly tried?: readonly Tried[];
  /** The tree that is asked about, whatever the workspace is used for meanwhile. */
  readonly project?: () => Promise<Pick<Project, "files" | "readText">>;
  /**
   * What gates and checks say of edits; nothing lands, and nothing is decided by it. The workspace may have another tree
   * afterwards.
   */
  readonly rehearse?: (edits: readonly Edit[]) => Promise<Rehearsal>;
}

/** What would become of edits. */
export interface Rehearsal {
  readonly kind: VerdictKind;
  readonly reasons: readonly Reason[];
  /** Findings that would come, and those that would go. */
  readonly risen: readonly Finding[];
  readonly fallen: readonly Finding[];
}

/** One line of an input, or why it cannot be had. Neither its line ending nor a byte order mark is part of it. */
export type InputLine =
  | { readonly number: number; readonly text: string; /** Whether a line ending stands behind it. */ readonly isEnded: boolean }
  | { readonly number: number; readonly fault: "line-too-long" | "line-undecodable" };

/** What a source reads, once, in the way that its format needs. */
export interface SourceInput {
  /** As the user named it; `-` is standard input. */
  readonly name: string;
  lines(): AsyncIterable<InputLine>;
  /** All of it, for formats that are one document. */
  text(): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: "input-too-large" | "input-undecodable" }>;
}

/** Reads one format of findings. One file in `sources/`. */
export interface Source {
  readonly name: string;
  readonly summary: string;
  /** How sure it is that an input which begins so is of its format, 0 to 1. The head may end anywhere. */
  recognise(head: string, fileName: string): number;
  /** Everything that the input says, in its order; what cannot be read is named and left out. Never throws for what an input holds. */
  find(input: SourceInput, context: { readonly roots: readonly string[] }): AsyncIterable<SourceItem>;
}

/** A spec, or everything that speaks against building it; each reason has `file` and, where it is known, `line`. */
export type SpecRead = { readonly ok: true; readonly spec: Spec } | { readonly ok: false; readonly reasons: readonly Reason[] };

/** Reads one way of writing a plan down. One file in `specs/`. */
export interface SpecReader {
  readonly name: string;
  /** One sentence for the generated docs. */
  readonly summary: string;
  /** The files that have tasks, one for each spec of this kind, as far as paths tell. */
  discover(files: readonly string[]): readonly string[];
  /** Whether it can read a file that somebody names, wherever that stands. */
  accepts(file: string): boolean;
  /** Never throws for what a file holds. */
  read(file: string, project: Pick<Project, "files" | "readText">): Promise<SpecRead>;
}

/** A file of the base tree, as gates see it. */
export type BaseFile =
  | { readonly kind: "absent" }
  | { readonly kind: "text"; readonly text: string; readonly mode: FileMode }
  | { readonly kind: "undecodable"; readonly mode: FileMode }
  | { readonly kind: "symlink" }
  | { readonly kind: "submodule" };

/** How far the edits of a model may go. `free`: as far as the other gates let them; the others stand in docs/policy.md. */
export type EditLevel = "free" | "local" | "mechanical";

export interface EditPolicy {
  readonly level: EditLevel;
  /** Edits of one file in a proposal, and lines of each; both held where the level is `mechanical`. */
  readonly maxPatches: number;
  readonly maxPatchLines: number;
}

/** What the user and the defaults permit. A repository's own files can only tighten it. */
export interface Policy {
  readonly maxFiles: number;
  readonly maxChangedLines: number;
  /** Of a file's lines, 0 to 1; not held against files under `smallFileLines`. */
  readonly maxChangedFraction: number;
  readonly smallFileLines: number;
  readonly edits: EditPolicy;
  /** Path prefixes that no proposal may touch, matched by segment. */
  readonly deny: readonly string[];
  /** Path prefixes outside of which no proposal may go; empty for the whole repository. */
  readonly scope: readonly string[];
  /** Globs of check definitions and tests, from the validators and the defaults. */
  readonly protects: readonly string[];
  /** Globs, among `protects`, of files that may be added where there is none; never changed or deleted. None where absent. */
  readonly mayAdd?: readonly string[];
  /** Globs that the user exempted from `protects` and `deny`, on the command line. */
  readonly allowPaths: readonly string[];
  /** Names of gates that the user switched off, on the command line. */
  readonly allow: readonly string[];
}

export interface GateContext {
  /** Every file that the proposal names, and each leading folder that is a symlink or submodule. */
  readonly base: ReadonlyMap<string, BaseFile>;
  readonly policy: Policy;
  /** By file, where a gate looks at them and they could be made. */
  readonly trees?: ReadonlyMap<string, TreePair>;
}

/** What a gate wants to see besides the files that a proposal names. */
export interface Sights {
  /** Further paths of the base. */
  readonly paths: readonly string[];
  /** The syntax trees of each file before and after. */
  readonly trees: boolean;
}

/** A pure rule that refuses. One file in `gates/`. Runs nothing, reads nothing but what it is given. */
export interface Gate {
  readonly name: string;
  readonly summary: string;
  /** Where absent or undefined, nothing more than the files that the proposal names. */
  looksAt?(proposal: Proposal, policy: Policy): Sights | undefined;
  /** Empty when the gate has nothing against the proposal. */
  judge(proposal: Proposal, context: GateContext): readonly Reason[];
}
