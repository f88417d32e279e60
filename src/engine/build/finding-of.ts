import { finding, type Finding } from "../../domain/finding.ts";
import type { Chunk, Spec } from "../../domain/task.ts";

/** A chunk as something that should change. Its rule is the chunk's id, so that the ledger tells which it was. */
export function findingOf({ file }: Pick<Spec, "file">, { id, title, tasks }: Chunk): Finding {
  return finding({ by: "spec", rule: id, category: "other", message: title, at: tasks[0]?.at ?? { file, line: 1, column: 1 } }, id);
}
