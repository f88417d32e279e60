/**
 * What a change of one file comes to, patch by patch: one mechanical change each, and nothing beside it. Comments are no
 * part of a tree and are held apart: one that silences a check may go, one may come with what is added, no other changes.
 */
import { lineAt, type SyntaxNode } from "../../../domain/syntax.ts";
import { reason, type Reason } from "../../../domain/reason.ts";
import { cut, placeOf } from "./declarations.ts";
import { differences, runs, type Difference } from "./difference.ts";
import { importsOf } from "./imports.ts";
import { kindOf, type Mechanical, type Other, type Trees } from "./kinds.ts";
import type { Declaration } from "./outline.ts";
import { patchAt, type Patch } from "./patches.ts";
import { isLess, isSuppression } from "./suppressed.ts";

const by = "mechanical";
const MECHANICAL: ReadonlySet<string> = new Set<Mechanical>(["suppression", "import", "field", "flip", "log-call"]);

export interface Asked {
  readonly file: string;
  readonly trees: Trees;
  readonly patches: readonly Patch[];
  /** Of the texts before and after. */
  readonly outlines: { readonly before: readonly Declaration[]; readonly after: readonly Declaration[] };
}

interface Step {
  readonly what: Mechanical | Other | "import-changed" | "comment";
  readonly side: "before" | "after";
  readonly place: number;
  readonly was: string;
  readonly now: string;
}

export function mechanicalFaults(asked: Asked): Reason[] {
  const steps = [...treeSteps(asked), ...commentSteps(asked.trees)];
  const byPatch = Map.groupBy(steps, ({ side, place }) => patchAt(asked.patches, side, place));
  return [...byPatch].flatMap(([patch, own]) => {
    const main = own.filter(({ what }) => what !== "comment");
    const wrong = main.filter(({ what }) => !MECHANICAL.has(what));
    // A comment may come with what is added, and not by itself.
    const stray = own.filter(({ what, was }) => what === "comment" && (was !== "" || !main.some((step) => step.what !== "suppression" && step.what !== "flip")));
    const faults = [...wrong, ...stray].map((step) => faultOf(asked, step));
    return faults.length > 0 || main.length <= 1 ? faults : several(asked, patch, main);
  });
}

function treeSteps({ trees }: Asked): Step[] {
  const found = differences(trees.before, trees.after);
  const steps = found.flatMap((difference) => {
    const what = kindOf(difference, trees);
    return what === undefined ? [] : [stepOf(what, difference, trees)];
  });
  const imports = steps.filter(({ what }) => what === "import");
  if (imports.length === 0) return steps;
  const [first] = imports;
  // One statement may differ in several places; what counts is that all names are still there.
  const what = addsImports(trees) ? "import" : "import-changed";
  return [...steps.filter((step) => step.what !== "import"), ...(what === "import" ? imports.slice(0, 1) : first ? [{ ...first, what: what as Step["what"] }] : [])];
}

function addsImports({ before, after }: Trees): boolean {
  const [had, has] = [before, after].map((tree) => importsOf(tree).flatMap(({ names }) => names));
  const left = [...(has ?? [])];
  for (const name of had ?? []) {
    const at = left.indexOf(name);
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return left.length > 0;
}

function stepOf(what: Step["what"], { before, after }: Difference, trees: Trees): Step {
  const [was, now] = [span(before, trees.before.text), span(after, trees.after.text)];
  const first = after[0] ?? before[0];
  return { what, side: after.length > 0 ? "after" : "before", place: first?.start ?? 0, was, now };
}

function span(nodes: readonly SyntaxNode[], text: string): string {
  return text.slice(nodes[0]?.start ?? 0, nodes.at(-1)?.end ?? 0);
}

/** A comment that stands in place of one that went is looked at with it. */
function commentSteps({ before, after }: Trees): Step[] {
  const texts = new Map<SyntaxNode, string>();
  for (const tree of [before, after]) for (const comment of tree.comments) texts.set(comment, tree.text.slice(comment.start, comment.end).replace(/\s+/g, " "));
  const textOf = (comment: SyntaxNode): string => texts.get(comment) ?? "";
  return runs(before.comments, after.comments, textOf).flatMap((run) => [
    ...run.gone.map((comment, index): Step => {
      const instead = run.come[index];
      return gone(textOf(comment), instead && textOf(instead), comment.start);
    }),
    ...run.come.slice(run.gone.length).map((comment): Step => ({ what: "comment", side: "after", place: comment.start, was: "", now: textOf(comment) })),
  ]);
}

function gone(comment: string, instead: string | undefined, place: number): Step {
  const isDropped = instead === undefined ? isSuppression(comment) : isLess(comment, instead);
  return { what: isDropped ? "suppression" : "comment", side: "before", place, was: comment, now: instead ?? "" };
}

function faultOf(asked: Asked, { what, side, place, was, now }: Step): Reason {
  return reason(by, "not-mechanical", { ...around(asked, side, place), what, was: cut(was), now: cut(now) });
}

function several(asked: Asked, patch: Patch | undefined, steps: readonly Step[]): Reason[] {
  return [reason(by, "several-changes", { ...around(asked, "before", patch?.start ?? 0), changes: steps.map(({ what }) => what) })];
}

/** The innermost declaration that the place is in, with the place's own line; the file itself where it is in none. */
export function around({ file, trees, outlines }: Omit<Asked, "patches">, side: "before" | "after", place: number): ReturnType<typeof placeOf> {
  const holders = outlines[side].filter(({ start, end }) => start <= place && place <= end);
  const inner = holders.toSorted((one, other) => one.end - one.start - (other.end - other.start))[0];
  return { ...placeOf(file, inner ?? { kind: "module", name: file, line: 1 }), line: lineAt(trees[side].text, place) };
}
