/**
 * Starts a program that stays in its container. The container's overlays are taken until it ends: nothing else runs
 * there meanwhile, so such a program gets a workspace of its own.
 */
import { randomUUID } from "node:crypto";
import { open } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Channel, Command, Conversation } from "../../domain/workspace.ts";
import { openChannel } from "../channel.ts";
import { converse, type ConversationOptions } from "../conversation.ts";
import { ownFolder } from "../temporary.ts";
import type { Container, Overlay } from "./container.ts";
import { ownFolders, takeTurn, type OwnFolders } from "./contained.ts";
import { environmentFor, partEnvironment } from "./environment.ts";
import { releaseOverlay } from "./overlay.ts";
import { inside, standsBelow } from "./paths.ts";
import { endMarked } from "./sweep.ts";
import { wrap } from "./wrap.ts";

/** A container that cannot be built throws `ContainmentFault`, or shows as a conversation that ends at the first question. */
export async function startContained(container: Container, command: Command): Promise<Conversation> {
  const { program: talk, close } = await stay(container, command, converse);
  return { ask: (line, options) => talk.ask(line, options), close };
}

/** As `startContained`; a container that cannot be built may show as a channel that ends at once. */
export async function connectContained(container: Container, command: Command): Promise<Channel> {
  const { maxOutputBytes } = command;
  const { program, close } = await stay(container, command, (options) => openChannel({ ...options, ...(maxOutputBytes !== undefined && { maxOutputBytes }) }));
  return { ...program, close };
}

interface Closed {
  close(): Promise<void>;
}

async function stay<T extends Closed>(container: Container, command: Command, begin: (options: ConversationOptions) => T): Promise<{ program: T; close: () => Promise<void> }> {
  const cwd = resolve(container.root, command.cwd ?? "");
  if (!inside(cwd, container.root)) throw new RangeError(`outside of the workspace: ${command.cwd ?? ""}`);
  const overlays = container.dependencies.overlays.filter(({ target }) => standsBelow(container.root, target));
  const leave = overlays.length === 0 ? () => undefined : await takeTurn(container.root);
  const mark = `${container.mark ?? ""}${randomUUID()}`;
  const own = await ownFolders(container).catch(handBack(leave));
  const clear = async (): Promise<void> => {
    // Whatever goes wrong gives the turn back: who waits for it next has no other bound.
    try {
      await endMarked(mark);
      await Promise.all(overlays.map(releaseOverlay));
      await own[Symbol.asyncDispose]();
    } finally {
      leave();
    }
  };
  try {
    const program = await start(container, command, { cwd, mark, overlays, own }, begin);
    return { program, close: () => program.close().finally(clear) };
  } catch (error) {
    await clear();
    throw error;
  }
}

function handBack(leave: () => void): (error: unknown) => never {
  return (error) => {
    leave();
    throw error;
  };
}

interface Place {
  readonly cwd: string;
  readonly mark: string;
  readonly overlays: readonly Overlay[];
  readonly own: OwnFolders;
}

async function start<T>(container: Container, command: Command, { cwd, mark, overlays, own }: Place, begin: (options: ConversationOptions) => T): Promise<T> {
  const { outer, inner } = partEnvironment(environmentFor(container, command, { cwd, mark, ...own }));
  const argv = wrap({ container, command, overlays, cwd, innerEnv: inner });
  await using folder = await ownFolder();
  const note = await open(join(folder.path, "note"), "w+");
  try {
    return begin({ argv, cwd, env: outer, note: note.fd });
  } finally {
    await note.close();
  }
}
