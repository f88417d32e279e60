/**
 * How far a model's edits may go, read from the syntax tree and not from the model's word. `local`: what happens inside of
 * functions and statements is free, declarations and signatures stay, and so do modules and dependencies. `mechanical`:
 * in at most two patches of six lines a file, each one of five things: drop a suppression, add an import, add a field, flip
 * a boolean or an arm, add a log call. A file that has no tree is refused, never waved through; so is one that is broken,
 * before or after, since what an error of syntax hides cannot be compared.
 */
import type { Gate, GateContext, Policy } from "../domain/plugin.ts";
import { TOOLS_RUNG, type Edit, type Proposal } from "../domain/proposal.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Parsed, SyntaxTree, TreePair, Unparsed } from "../domain/syntax.ts";
import { changesOf, type Change } from "./shared/changes.ts";
import { declarationFaults } from "./shared/syntax/declarations.ts";
import { importsOf } from "./shared/syntax/imports.ts";
import { around, mechanicalFaults, type Asked } from "./shared/syntax/mechanical-change.ts";
import { outline } from "./shared/syntax/outline.ts";
import { isThere, manifestsFor, namesDependencies, pythonModule } from "./shared/syntax/packages.ts";
import { patchesOf } from "./shared/syntax/patches.ts";

const name = "mechanical";

export const gate: Gate = {
  name,
  summary: "Refuses edits of a model that go further than the policy lets them: `mechanical`, `local` or, where it says nothing, `free`.",
  looksAt(proposal, policy) {
    if (!isHeld(proposal, policy)) return undefined;
    const files = new Set(proposal.edits.map(({ file }) => file));
    const paths = [...files].flatMap((file) => [...manifestsFor(file), ...modulesIn(proposal.edits, file)]);
    return { paths: [...new Set(paths)], trees: true };
  },
  judge(proposal, context) {
    return isHeld(proposal, context.policy) ? changesOf(proposal, context).flatMap((change) => judgeFile(change, context)) : [];
  },
};

/** Tools of the project mend by rules that people have read; their edits are not held to this. */
function isHeld({ rung }: Proposal, { edits }: Policy): boolean {
  return edits.level !== "free" && rung > TOOLS_RUNG;
}

/** Modules whose files are looked for, at most, for one file. */
const MAX_MODULES = 20;

function modulesIn(edits: readonly Edit[], file: string): string[] {
  if (!/\.pyi?$/.test(file)) return [];
  const texts = edits.filter((edit) => edit.file === file).map(({ after }) => after ?? "");
  const names = texts.flatMap((text) => [...text.matchAll(/\b(?:from|import)\s+(\w{1,100})/g)].map(([, found = ""]) => found));
  return [...new Set(names)].slice(0, MAX_MODULES).flatMap((one) => pythonModule(file, one));
}

function judgeFile(change: Change, context: GateContext): readonly Reason[] {
  const { file, edits, before, after } = change;
  if (namesDependencies(file)) return [reason(name, "dependencies-changed", { file })];
  if (before === null) return [reason(name, "new-file", { file })];
  if (after === null) return [reason(name, "file-deleted", { file })];
  if (edits.some(({ mode }) => mode !== undefined)) return [reason(name, "mode-changed", { file })];
  const pair: TreePair = context.trees?.get(file) ?? { before: null, after: null };
  const [was, is] = [treeOf(pair.before), treeOf(pair.after)];
  if ("unparsed" in was) return [unreadable(file, was, "before")];
  if ("unparsed" in is) return [unreadable(file, is, "after")];
  return judgeTrees(change, { before: was, after: is }, context);
}

function treeOf(parsed: Parsed | null): Parsed {
  return parsed ?? { unparsed: "no-grammar" };
}

function unreadable(file: string, { unparsed, line }: Unparsed, side: string): Reason {
  return reason(name, "unreadable-syntax", { file, why: unparsed, side, ...(line !== undefined && { line }) });
}

function judgeTrees({ file, edits }: Change, trees: { before: SyntaxTree; after: SyntaxTree }, context: GateContext): readonly Reason[] {
  const outlines = { before: outline(trees.before), after: outline(trees.after) };
  const asked = { file, trees, outlines, patches: patchesOf(edits) };
  const kept = [...declarationFaults(file, outlines.before, outlines.after), ...newDependencies(asked, context)];
  const { level } = context.policy.edits;
  if (level === "local") return kept;
  const sizes = patchFaults(asked, context.policy);
  return kept.length > 0 ? [...kept, ...sizes] : [...sizes, ...mechanicalFaults(asked)];
}

function newDependencies({ file, trees }: Asked, { base }: GateContext): Reason[] {
  const had = new Set(importsOf(trees.before).flatMap(({ packages }) => packages));
  const { language } = trees.after;
  return importsOf(trees.after).flatMap(({ packages, line }) =>
    packages
      .filter((one) => !had.has(one) && !isThere(language, one, { file, base }))
      .map((one) => reason(name, "new-dependency", { file, kind: "import", name: one, line })),
  );
}

function patchFaults(asked: Asked, { edits: { maxPatches, maxPatchLines } }: Policy): Reason[] {
  const { file, patches } = asked;
  const long = patches.filter(({ lines }) => lines > maxPatchLines);
  return [
    ...(patches.length > maxPatches ? [reason(name, "too-many-patches", { file, patches: patches.length, max: maxPatches })] : []),
    ...long.map(({ lines, start }) => reason(name, "patch-too-long", { ...around(asked, "before", start), lines, max: maxPatchLines })),
  ];
}
