/**
 * Holds edits that a program made against the files as they really are. A compiler strips the BOM and reads broken
 * UTF-8 without complaint, so its positions and texts are believed only where the file has them.
 */
import { isAbsolute } from "node:path";
import type { Edit } from "../../domain/edit.ts";
import type { Workspace } from "../../domain/plugin.ts";

const BOM = "\uFEFF";

/** As an edit, but `start` does not count a BOM, and nothing deletes a whole file. */
export interface StatedEdit {
  readonly file: string;
  readonly start: number;
  readonly before: string | null;
  readonly after: string;
}

/**
 * Made once per set of edits, since it keeps the texts it has read. Answers undefined where an edit leaves the root,
 * names an undecodable file, or does not find its `before`.
 */
export function realEdits(workspace: Workspace): (stated: readonly StatedEdit[]) => Promise<Edit[] | undefined> {
  const texts = new Map<string, Promise<string | undefined>>();
  const read = (file: string): Promise<string | undefined> => {
    const reading = texts.get(file) ?? workspace.readText(file);
    texts.set(file, reading);
    return reading;
  };
  return async (stated) => {
    if (stated.some(({ file }) => isAbsolute(file) || file.split("/").includes(".."))) return undefined;
    const real = await Promise.all(stated.map(async (edit) => realEdit(edit, await read(edit.file))));
    const fitting = real.flatMap((edit) => edit ?? []);
    return fitting.length === stated.length ? fitting : undefined;
  };
}

function realEdit(edit: StatedEdit, text: string | undefined): Edit | undefined {
  if (edit.before === null) return text === undefined && edit.start === 0 ? { ...edit } : undefined;
  if (text === undefined) return undefined;
  const start = edit.start + (text.startsWith(BOM) ? 1 : 0);
  return start <= text.length && text.startsWith(edit.before, start) ? { ...edit, start } : undefined;
}
