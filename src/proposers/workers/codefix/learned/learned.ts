/**
 * stet's own fixers beside TypeScript's, on the same language service: what the compiler does not offer, found in the
 * project's modules, types and history. One that fails is passed over; the others go on.
 */
import type ts from "typescript";
import { fixer as argumentFixer } from "./arguments.ts";
import { fixer as defaultImport } from "./default-import.ts";
import { fixer as droppedText } from "./dropped-text.ts";
import { EVIDENT, type Change, type Fixer, type Scene, type Suggestion } from "./fixer.ts";
import { fixer as missingAwait } from "./missing-await.ts";
import { fixer as missingExport } from "./missing-export.ts";
import { fixer as missingMember } from "./missing-member.ts";
import { fixer as missingName } from "./missing-name.ts";
import { fixer as missingProperty } from "./missing-property.ts";
import { fixer as renameBack } from "./rename-back.ts";
import { sceneOf } from "./scene.ts";
import { fixer as wrongPath } from "./wrong-path.ts";

const FIXERS: readonly Fixer[] = [
  droppedText, wrongPath, defaultImport, missingExport, missingName, missingMember, missingProperty, argumentFixer,
  missingAwait, renameBack,
];

export interface LearnedFix extends Omit<Suggestion, "changes"> {
  /** `learned-` and the fixer's name. */
  readonly kind: string;
  readonly changes: readonly ts.FileTextChanges[];
}

export function learnedFixes(parts: Omit<Scene, "token" | "node" | "checker">): LearnedFix[] {
  const asked = FIXERS.filter(({ codes }) => codes.includes(parts.code));
  if (asked.length === 0) return [];
  const scene = sceneOf(parts);
  return asked.flatMap((fixer) => fixer.suggest(scene).map(({ changes, ...rest }) => {
    const title = rest.rank < EVIDENT ? `${rest.title} (as git remembers)` : rest.title;
    return { ...rest, title, kind: `learned-${fixer.name}`, changes: byFile(changes) };
  }));
}

function byFile(changes: readonly Change[]): ts.FileTextChanges[] {
  return [...Map.groupBy(changes, ({ path }) => path)].map(([fileName, group]) => {
    return { fileName, textChanges: group.map(({ start, end, text }) => ({ span: { start, length: end - start }, newText: text })) };
  });
}
