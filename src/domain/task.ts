/**
 * What a spec asks for, in whatever way it is written down: the one shape of a task, and the chunks that are built. Plain
 * data; who reads specs stands in `specs/`, who builds chunks in `engine/`.
 */
import type { Edit } from "./edit.ts";
import type { Place } from "./finding.ts";

/** One thing to do. */
export interface Task {
  /** From title and instructions: the same wherever it stands in the spec, and whether or not it is done. */
  readonly id: string;
  /** As the spec counts it: `T012`, `2.1`. Absent where it does not. */
  readonly number?: string;
  readonly title: string;
  /** What stands below it, as it is written. */
  readonly instructions: string;
  /** Ids of the tasks that have to be done before. */
  readonly dependencies: readonly string[];
  /** Paths that it names, relative to the repository's root. */
  readonly files: readonly string[];
  /** How one can tell that it is done, in the spec's words. */
  readonly acceptance: readonly string[];
  /** The headings that it stands below, outermost first. */
  readonly section: readonly string[];
  readonly at: Place;
  readonly isDone: boolean;
  readonly isOptional: boolean;
  /** The spec says that it can be done beside its neighbours. */
  readonly isParallel: boolean;
  /** What has to change in the spec once it is done. Absent where it is done, or the spec has no place to say so. */
  readonly tick?: Edit;
  /**
   * Ids of the spec's own tasks that are done with it, where it is none of them itself: a model has cut the spec anew. Several may
   * do one; the last of them completes it.
   */
  readonly does?: readonly string[];
}

/** A box that stands for several tasks: it is ticked with the last of them. */
export interface TaskGroup {
  readonly tasks: readonly string[];
  readonly tick: Edit;
}

export interface Spec {
  /** The file that has the tasks. */
  readonly file: string;
  /** Lower-case letters, digits and hyphens: for branches, commits and state. */
  readonly slug: string;
  readonly title: string;
  /** The other files that belong to it: requirements, design, plan. */
  readonly context: readonly string[];
  /** In the order in which they stand. */
  readonly tasks: readonly Task[];
  readonly groups: readonly TaskGroup[];
  /** What its front matter says of its state: `draft`, `done` … */
  readonly status?: string;
}

/** What is built, tried and landed at once: a task, several small ones, or a part of a large one. */
export interface Chunk {
  readonly id: string;
  readonly title: string;
  readonly tasks: readonly Task[];
  readonly instructions: string;
  readonly files: readonly string[];
  readonly acceptance: readonly string[];
  /** Ids of chunks that have to land before. */
  readonly dependencies: readonly string[];
  /** Ids of the tasks that are done with it. */
  readonly completes: readonly string[];
  /** Its words and the files that it names, as a model would count them; an estimate. */
  readonly tokens: number;
}
