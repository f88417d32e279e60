/**
 * GitHub's spec-kit: `specs/NNN-name/tasks.md`. Phases follow one another; the phases of user stories wait for the phases
 * before all stories, not for each other. Inside a phase `[P]` marks what needs nothing of its neighbours.
 */
import { dirname } from "node:path";
import type { SpecReader } from "../domain/plugin.ts";
import { acceptanceIn } from "./shared/acceptance.ts";
import { readMarkdown } from "./shared/assemble.ts";
import type { Draft, Label } from "./shared/drafts.ts";
import type { Outline } from "./shared/outline.ts";
import { byPhases } from "./shared/phases.ts";

const TASKS = /^(?:.*\/)?specs\/(\d{3,}-[^/]+)\/tasks\.md$/;
const LINE = /^(?:(T\d+\w?)[.:]?\s+)?((?:\[[^\]]{1,20}\]\s*)*)(.+)$/;

export const reader: SpecReader = {
  name: "spec-kit",
  summary: "spec-kit's features: `specs/NNN-name/tasks.md` with `spec.md` and `plan.md`; phases in their order, stories beside each other, `[P]` beside its neighbours.",
  discover: (files) => files.filter((file) => TASKS.test(file) && !file.startsWith(".kiro/")),
  accepts: (file) => TASKS.test(file),
  read(file, project) {
    const folder = dirname(file);
    const context = ["spec.md", "plan.md", "data-model.md", "research.md", "quickstart.md"].map((name) => `${folder}/${name}`).filter((one) => project.files.includes(one));
    return readMarkdown(file, project, { name: TASKS.exec(file)?.[1] ?? "spec", context, label, order: byPhases, complete: withTest });
  },
};

function label(text: string): Label {
  const [, number, marks = "", title = text] = LINE.exec(text.replace(/\*\*/g, "")) ?? [];
  return { ...(number !== undefined && { number }), title, isParallel: /\[P\]/.test(marks) };
}

/** A story's independent test is how one can tell that its tasks are done. */
function withTest(draft: Draft, { sections }: Outline): Draft {
  const phase = draft.task.section.slice(0, 2);
  const texts = sections.filter(({ path }) => phase.length === 2 && JSON.stringify(path) === JSON.stringify(phase)).map(({ text }) => text);
  return { ...draft, task: { ...draft.task, acceptance: [...draft.task.acceptance, ...acceptanceIn(texts.join("\n"))] } };
}
