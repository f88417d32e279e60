/** Where engines work, and where it is seen what they did: the door from a chunk to its worktree. */
import type { Edit } from "../../domain/edit.ts";
import type { Chunk } from "../../domain/task.ts";
import type { Workspace } from "../../domain/workspace.ts";
import type { FileDifference } from "../../trial/difference.ts";

export interface Bench {
  /** The worktree, set to the tree with these edits on it; whatever was left there is gone. */
  open(tree: string, edits: readonly Edit[]): Promise<Workspace>;
  /** What differs from the tree now, whoever changed it. */
  changed(tree: string): Promise<readonly FileDifference[]>;
  /** What the spec has to say once the chunk is done, as edits of the tree. */
  ticks(tree: string, chunk: Chunk): Promise<readonly Edit[]>;
}
