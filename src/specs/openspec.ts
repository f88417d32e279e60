/** OpenSpec: `openspec/changes/<id>/tasks.md`, worked on from top to bottom. What is archived has been done. */
import { dirname } from "node:path";
import type { SpecReader } from "../domain/plugin.ts";
import { inOrder, readMarkdown } from "./shared/assemble.ts";
import { numbered } from "./shared/numbered.ts";

const TASKS = /^(?:.*\/)?openspec\/changes\/(?!archive\/)([^/]+)\/tasks\.md$/;

export const reader: SpecReader = {
  name: "openspec",
  summary: "OpenSpec's changes: `openspec/changes/<id>/tasks.md` in its order, with proposal, design and the specs' differences as context; the archive is left alone.",
  discover: (files) => files.filter((file) => TASKS.test(file)),
  accepts: (file) => TASKS.test(file),
  read(file, project) {
    const folder = dirname(file);
    const own = project.files.filter((one) => one.startsWith(`${folder}/`) && one.endsWith(".md") && one !== file);
    const name = TASKS.exec(file)?.[1] ?? "openspec";
    return readMarkdown(file, project, { name, title: name, context: own, label: numbered, order: inOrder });
  },
};
