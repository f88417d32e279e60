/** What a model is told of how far its edits may go. A gate holds them to it; a model that knows wastes fewer calls. */
import type { EditPolicy } from "../../domain/plugin.ts";

const KEPT =
  "Names, parameters, types, signatures, exports, fields and files stay as they are; nothing that is declared goes, nothing is added " +
  "to dependencies, and no package is imported that the project does not have.";

/** Empty where edits are free. */
export function boundsOf({ level, maxPatches, maxPatchLines }: EditPolicy): string {
  if (level === "free") return "";
  if (level === "local") return `How far you may go: change only what stands inside of functions and statements. ${KEPT} A field or an import may be added.`;
  return [
    "How far you may go: mechanical edits only. Each edit is exactly one of these:",
    "- drop a suppression comment or attribute that is not used any more",
    "- add an import of something that the project has",
    "- add one field",
    "- flip one boolean (true, false), or one token of an arm of a match or switch",
    "- add one log call, through the logger or console that is there, whose arguments do nothing",
    `At most ${maxPatches} edits, each of at most ${maxPatchLines} changed lines. ${KEPT} Comments, formatting and everything else stay.`,
    "Say for each edit why it is right (rationale) and how sure you are of it (confidence, 0 to 100). Where this is not enough, call give_up.",
  ].join("\n");
}
