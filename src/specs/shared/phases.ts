/** What waits for what in a plan of phases: see `spec-kit.ts`. */
import type { Draft } from "./drafts.ts";

interface Phase {
  readonly isStory: boolean;
  readonly drafts: readonly Draft[];
}

export function byPhases(drafts: readonly Draft[]): (index: number) => readonly string[] {
  const before = new Map<Draft, readonly string[]>();
  let shared: readonly string[] = [];
  let stories: string[] = [];
  for (const { isStory, drafts: own } of phasesOf(drafts)) {
    const last = within(own, isStory ? shared : [...shared, ...stories], before);
    if (isStory) stories.push(...last);
    else [shared, stories] = [last, []];
  }
  return (index) => {
    const draft = drafts[index];
    return (draft && before.get(draft)) ?? [];
  };
}

/** Fills in what each waits for, and gives what whoever comes behind the phase has to wait for. */
function within(drafts: readonly Draft[], entry: readonly string[], before: Map<Draft, readonly string[]>): readonly string[] {
  let barrier = entry;
  let side: string[] = [];
  for (const draft of drafts) {
    const { id, isParallel } = draft.task;
    if (isParallel) {
      before.set(draft, barrier);
      side.push(id);
    } else {
      before.set(draft, side.length > 0 ? side : barrier);
      [barrier, side] = [[id], []];
    }
  }
  return side.length > 0 ? side : barrier;
}

/** Neighbours below the same heading of the second level. */
function phasesOf(drafts: readonly Draft[]): Phase[] {
  const phases: { heading: string; isStory: boolean; drafts: Draft[] }[] = [];
  for (const draft of drafts) {
    const heading = draft.task.section[1] ?? draft.task.section[0] ?? "";
    const isStory = /\buser story\b|\bUS\d+\b/i.test(heading) || /\[US\d+\]/.test(draft.box.text);
    const last = phases.at(-1);
    if (last?.heading === heading) last.drafts.push(draft);
    else phases.push({ heading, isStory, drafts: [draft] });
  }
  return phases;
}
