/** The files of a worktree for a model that stet itself gives tools to. What git ignores is not there, and `.git` neither. */
import { z } from "zod";
import type { Workspace } from "../../domain/workspace.ts";
import type { Files } from "../../llm/tools/look.ts";
import { path } from "../../llm/tools/look.ts";
import { replaceQuote } from "../../llm/tools/match.ts";
import { loopTool, type LoopTools } from "../../llm/tools/tool-loop.ts";
import { ConfinedFolder, type Obstacle } from "../../system/confined.ts";

const LIST_TIMEOUT_MS = 30_000;

const TOLD: Readonly<Record<Obstacle, string>> = {
  outside: "Not done: that is outside of the project.",
  absent: "There is no such file.",
  "not-text": "Not done: that is no text file.",
  "too-large": "Not done: that is too large.",
};

export class WorktreeFiles implements Files {
  readonly #workspace: Workspace;
  readonly #folder: ConfinedFolder;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#folder = new ConfinedFolder(workspace.root);
  }

  /** As git sees them now, in the sandbox: what a command has made counts as well. */
  async paths(): Promise<readonly string[]> {
    const argv = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"];
    const { ended, stdout } = await this.#workspace.run({ argv, timeoutMs: LIST_TIMEOUT_MS });
    return ended.kind === "exited" && ended.code === 0 ? stdout.split("\0").filter((one) => one !== "").sort() : [];
  }

  async readText(file: string): Promise<string | undefined> {
    const found = await this.#folder.readText(file);
    return "text" in found ? found.text : undefined;
  }

  async write(file: string, text: string): Promise<string> {
    const { obstacle } = await this.#folder.writeText(file, text);
    return obstacle === undefined ? "Done." : TOLD[obstacle];
  }

  async edit(file: string, old_string: string, new_string: string): Promise<string> {
    const found = await this.#folder.readText(file);
    if (!("text" in found)) return TOLD[found.obstacle];
    const replaced = replaceQuote(found.text, { old_string, new_string });
    return "text" in replaced ? this.write(file, replaced.text).then((told) => (told === "Done." ? replaced.told : told)) : replaced.told;
  }

  async remove(file: string): Promise<string> {
    const { obstacle } = await this.#folder.remove(file);
    return obstacle === undefined ? "Done." : TOLD[obstacle];
  }
}

export function writeTools(files: WorktreeFiles): LoopTools {
  return {
    edit_file: loopTool(
      "Replaces a text that stands in the file exactly once.",
      z.object({ path, old_string: z.string().min(1), new_string: z.string() }),
      (edit) => files.edit(edit.path, edit.old_string, edit.new_string),
    ),
    write_file: loopTool("Writes a whole file, a new one or in place of the old.", z.object({ path, content: z.string() }), (file) => files.write(file.path, file.content)),
    delete_file: loopTool("Deletes a file.", z.object({ path }), (file) => files.remove(file.path)),
  };
}
