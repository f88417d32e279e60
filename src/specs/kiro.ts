/**
 * Kiro: `.kiro/specs/<name>/tasks.md`, each task building on the ones before it. `_Requirements: 1.2_` refers to the
 * acceptance criteria in `requirements.md`; a box with `*` behind it is optional.
 */
import { dirname } from "node:path";
import type { SpecReader } from "../domain/plugin.ts";
import { inOrder, readMarkdown } from "./shared/assemble.ts";
import type { Draft } from "./shared/drafts.ts";
import { numbered } from "./shared/numbered.ts";
import { requirementsIn } from "./shared/requirements.ts";

const TASKS = /^(?:.*\/)?\.kiro\/specs\/([^/]+)\/tasks\.md$/;
const REFERENCES = /_(?:Requirements?|Validates)\s*:\s*([^_\n]+)_|\*\*Validates\s*:\s*Requirements?\s+([^*\n]+)\*\*/gi;

export const reader: SpecReader = {
  name: "kiro",
  summary: "Kiro's specs: `.kiro/specs/<name>/tasks.md` in its order, with requirements and design; `_Requirements: 1.2_` brings that requirement's acceptance criteria, `- [ ]*` is optional.",
  discover: (files) => files.filter((file) => TASKS.test(file)),
  accepts: (file) => TASKS.test(file),
  read(file, project) {
    const folder = dirname(file);
    const context = ["requirements.md", "bugfix.md", "design.md"].map((name) => `${folder}/${name}`).filter((one) => project.files.includes(one));
    const complete = (draft: Draft, _outline: unknown, texts: ReadonlyMap<string, string>): Draft => {
      const criteria = criteriaOf(draft.text, texts.get(`${folder}/requirements.md`) ?? "");
      return { ...draft, task: { ...draft.task, acceptance: [...draft.task.acceptance, ...criteria] } };
    };
    const name = TASKS.exec(file)?.[1] ?? "kiro";
    return readMarkdown(file, project, { name, title: name, context, label: numbered, order: inOrder, complete });
  },
};

function criteriaOf(text: string, requirements: string): string[] {
  const numbers = [...text.matchAll(REFERENCES)].flatMap(([, one = "", other = ""]) => `${one} ${other}`.match(/\d+(?:\.\d+)*/g) ?? []);
  if (numbers.length === 0) return [];
  const known = requirementsIn(requirements);
  return [...new Set(numbers)].flatMap((number) => known.filter((one) => one.number === number || one.number.startsWith(`${number}.`)).map((one) => `${one.number}: ${one.text}`));
}
