/**
 * Runs one command in its container and leaves nothing alive behind it. A container that could not be built is a fault,
 * never an outcome: it would be read as the project's own red.
 */
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import type { Command, Outcome } from "../../domain/plugin.ts";
import { runBytes, type RunBytes } from "../process.ts";
import { ContainmentFault, type Container, type Overlay } from "./container.ts";
import { environmentFor, partEnvironment } from "./environment.ts";
import { INNER_HOME } from "./filesystem.ts";
import { releaseOverlay } from "./overlay.ts";
import { inside, isFolder, real, standsBelow } from "./paths.ts";
import { endMarked } from "./sweep.ts";
import { STARTED, wrap } from "./wrap.ts";

const MAX_DETAIL_LENGTH = 2_000;

/**
 * Runs a command to its end. A program that is not there or cannot be executed is `missing`. Commands of one container
 * with overlays run one after the other, since an overlay's folders may be mounted once at a time. Throws
 * `ContainmentFault` when the container cannot be built, and the signal's reason when that aborts.
 */
export async function runContained(container: Container, command: Command): Promise<Outcome> {
  const cwd = resolve(container.root, command.cwd ?? "");
  if (!inside(cwd, container.root)) throw new RangeError(`outside of the workspace: ${command.cwd ?? ""}`);
  if (!isFolder(cwd) || !inside(real(cwd), real(container.root))) return absent();
  // The tree may have no such package, or a symlink in its place: then nothing is mounted there.
  const overlays = container.dependencies.overlays.filter(({ target }) => standsBelow(container.root, target));
  if (overlays.length === 0) return runOnce(container, command, cwd, []);
  return inTurn(container.root, () => runOnce(container, command, cwd, overlays));
}

function absent(): Outcome {
  return { ended: { kind: "missing" }, stdout: "", stderr: "", truncated: false, durationMs: 0 };
}

const turns = new Map<string, Promise<unknown>>();

/** Waits until the container is free, and gives what sets it free again. */
export async function takeTurn(name: string): Promise<() => void> {
  const before = turns.get(name) ?? Promise.resolve();
  const { promise: mine, resolve: leave } = Promise.withResolvers<undefined>();
  turns.set(name, mine);
  await before;
  return () => {
    leave(undefined);
    if (turns.get(name) === mine) turns.delete(name);
  };
}

async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const leave = await takeTurn(name);
  try {
    return await work();
  } finally {
    leave();
  }
}

async function runOnce(
  container: Container,
  command: Command,
  cwd: string,
  overlays: readonly Overlay[],
): Promise<Outcome> {
  const { containment } = container.capabilities;
  const mark = `${container.mark ?? ""}${randomUUID()}`;
  await using own = await ownFolders(container);
  const { outer, inner } = partEnvironment(environmentFor(container, command, { cwd, mark, ...own }));
  const argv = wrap({ container, command, overlays, cwd, innerEnv: inner });
  let dead = false;
  try {
    const result = await runBytes({ ...command, argv, cwd, env: outer, note: true });
    dead = containment === "unshare" && result.outcome.ended.kind === "exited";
    return readOutcome(result, containment !== "none");
  } finally {
    // The parent of a namespace that ended by itself has waited for all of it; bubblewrap does not wait that long.
    if (!dead) await endMarked(mark);
    await Promise.all(overlays.map(releaseOverlay));
  }
}

export interface OwnFolders extends AsyncDisposable {
  readonly home: string;
  readonly temporary: string;
}

/** A home and a folder for temporary files, of one program's own. */
export async function ownFolders({ capabilities, scratch }: Container): Promise<OwnFolders> {
  if (capabilities.containment !== "bwrap") return scratchFolders(scratch);
  return { home: INNER_HOME, temporary: "/tmp", [Symbol.asyncDispose]: () => Promise.resolve() };
}

/** Where nothing can be mounted: a home and a folder for temporary files of this one command's own. */
async function scratchFolders(scratch: string): Promise<OwnFolders> {
  const folder = await mkdtemp(join(scratch, ".own-"));
  const [home, temporary] = [join(folder, "home"), join(folder, "tmp")];
  for (const path of [home, temporary]) mkdirSync(path);
  return { home, temporary, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }) };
}

function readOutcome({ outcome, note }: RunBytes, wrapped: boolean): Outcome {
  const { ended } = outcome;
  if (ended.kind === "timeout") return outcome;
  if (!note.startsWith(STARTED)) throw new ContainmentFault(outcome.stderr.slice(-MAX_DETAIL_LENGTH));
  if (ended.kind !== "exited") return outcome;
  if (ended.code === 126 || ended.code === 127) return { ...outcome, ended: { kind: "missing" } };
  const signal = wrapped ? signalOf(ended.code) : undefined;
  return signal === undefined ? outcome : { ...outcome, ended: { kind: "signalled", signal } };
}

/** A container passes on a program's death by a signal as 128 + its number, like a shell. */
function signalOf(code: number): string | undefined {
  return Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
}
