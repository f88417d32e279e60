/** The files that an ACP agent reads and writes through its client: those of the worktree, and none that a link leads to. */
import { RequestError, type ReadTextFileRequest, type ReadTextFileResponse, type WriteTextFileRequest } from "@agentclientprotocol/sdk";
import { ConfinedFolder, type Obstacle } from "../../../system/confined.ts";
import { pathBelow } from "./permissions.ts";

export class ClientFiles {
  readonly #root: string;
  readonly #folder: ConfinedFolder;

  constructor(root: string) {
    this.#root = root;
    this.#folder = new ConfinedFolder(root);
  }

  async read({ path, line, limit }: ReadTextFileRequest): Promise<ReadTextFileResponse> {
    const found = await this.#folder.readText(this.#within(path));
    if (!("text" in found)) throw faultFor(path, found.obstacle);
    if (line == null && limit == null) return { content: found.text };
    const start = Math.max(0, (line ?? 1) - 1);
    return { content: found.text.split("\n").slice(start, limit == null ? undefined : start + limit).join("\n") };
  }

  async write({ path, content }: WriteTextFileRequest): Promise<Record<string, never>> {
    const { obstacle } = await this.#folder.writeText(this.#within(path), content);
    if (obstacle !== undefined) throw faultFor(path, obstacle);
    return {};
  }

  #within(path: string): string {
    const below = pathBelow(this.#root, path);
    if (below === undefined) throw faultFor(path, "outside");
    return below;
  }
}

function faultFor(path: string, obstacle: Obstacle): RequestError {
  return obstacle === "absent" ? RequestError.resourceNotFound(path) : RequestError.invalidParams({ path, obstacle });
}
