/** A program that stays and speaks when it likes: its input and output as streams, bounded, and its group ended with it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Readable, Transform, Writable, type TransformCallback } from "node:stream";
import type { Channel } from "../domain/workspace.ts";
import type { ConversationOptions } from "./conversation.ts";
import { endGroup, killGroup, register } from "./process.ts";

export interface ChannelOptions extends ConversationOptions {
  /** The program is ended when it writes more. */
  readonly maxOutputBytes?: number;
}

const DEFAULT_MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const MAX_ERROR_LENGTH = 2_000;
/** How long the output's end is waited for once the program is gone: a grandchild may hold the pipe for ever. */
const DRAIN_MS = 200;

/** A program that cannot be started shows as one that has ended. */
export function openChannel({ argv, cwd, env, note, maxOutputBytes = DEFAULT_MAX_OUTPUT_BYTES }: ChannelOptions): Channel {
  const [program = "", ...args] = argv;
  const child = spawn(program, args, { cwd, env: { ...env }, stdio: ["pipe", "pipe", "pipe", note], detached: true });
  register(child.pid);
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new Error("a channel has three pipes");
  let errors = "";
  stderr.on("data", (chunk: Buffer) => (errors = (errors + chunk.toString("utf8")).slice(-MAX_ERROR_LENGTH)));
  stdin.on("error", () => undefined); // it is gone: `exit` says so
  const bounded = stdout.pipe(upTo(maxOutputBytes, () => killGroup(child.pid, "SIGKILL")));
  const gone = Promise.race([once(child, "exit"), once(child, "error")]).catch(() => undefined);
  const ended = gone.then(() => {
    setTimeout(() => bounded.end(), DRAIN_MS).unref();
    return errors;
  });
  const close = async (): Promise<void> => {
    stdin.destroy();
    killGroup(child.pid, "SIGTERM");
    await endGroup(child.pid, ended);
    bounded.destroy();
  };
  return { input: Writable.toWeb(stdin), output: Readable.toWeb(bounded) as ReadableStream<Uint8Array>, ended, close };
}

function upTo(maxBytes: number, beyond: () => void): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _: BufferEncoding, next: TransformCallback) {
      bytes += chunk.length;
      if (bytes <= maxBytes) next(null, chunk);
      else {
        beyond();
        this.push(null);
        next();
      }
    },
  });
}
