/**
 * A program that stays and answers each line with one line. Used for helpers of stet's own that keep state between
 * questions; it never outlives the conversation, and whatever goes wrong with it ends it.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Answer, AskOptions, Conversation } from "../domain/workspace.ts";
import { endGroup, killGroup, register } from "./process.ts";

export interface ConversationOptions {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** An open file's descriptor that the program gets as its third, to say that it has started. */
  readonly note: number;
}

/** An answer beyond this ends the conversation. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** How much of the program's errors is kept for the fault's text. */
const MAX_ERROR_LENGTH = 2_000;

/** Why a conversation is over before it was closed: `ended`, `timeout` or `too-long`. `detail` is hostile text. */
export class ConversationFault extends Error {
  readonly code: "ended" | "timeout" | "too-long";
  readonly detail: string;
  constructor(code: ConversationFault["code"], detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** Starts the program. A program that cannot be started is told at the first question. */
export function converse(options: ConversationOptions): Conversation {
  return new Talk(options);
}

class Talk implements Conversation {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #answer: Buffer[] = [];
  #bytes = 0;
  #errors = "";
  #waiting: { resolve(line: string): void; reject(error: Error): void } | undefined;
  #over: ConversationFault | undefined;

  constructor({ argv, cwd, env, note }: ConversationOptions) {
    const [program = "", ...args] = argv;
    this.#child = spawn(program, args, { cwd, env: { ...env }, stdio: ["pipe", "pipe", "pipe", note], detached: true });
    register(this.#child.pid);
    this.#ended = Promise.race([once(this.#child, "exit"), once(this.#child, "error")]).then(
      () => this.#end("ended"),
      () => this.#end("ended"),
    );
    this.#child.stdout?.on("data", (chunk: Buffer) => this.#hear(chunk));
    this.#child.stderr?.on("data", (chunk: Buffer) => (this.#errors = (this.#errors + chunk.toString("utf8")).slice(-MAX_ERROR_LENGTH)));
    this.#child.stdin?.on("error", () => undefined); // it is gone: `exit` says so
  }

  async ask(line: string, { timeoutMs, signal }: AskOptions): Promise<Answer> {
    signal?.throwIfAborted();
    if (this.#over) throw this.#over;
    if (this.#waiting) throw new Error("one question at a time");
    const answer = new Promise<string>((resolve, reject) => (this.#waiting = { resolve, reject }));
    const timer = setTimeout(() => this.#end("timeout"), timeoutMs);
    const abort = (): void => this.#end("ended");
    signal?.addEventListener("abort", abort, { once: true });
    const started = performance.now();
    try {
      this.#child.stdin?.write(`${line}\n`);
      return { line: await answer, durationMs: Math.round(performance.now() - started) };
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      this.#waiting = undefined;
    }
  }

  async close(): Promise<void> {
    this.#child.stdin?.end();
    await endGroup(this.#child.pid, this.#ended);
  }

  #hear(chunk: Buffer): void {
    const end = chunk.indexOf(10);
    this.#bytes += chunk.length;
    this.#answer.push(end < 0 ? chunk : chunk.subarray(0, end));
    if (this.#bytes > MAX_ANSWER_BYTES) this.#end("too-long");
    if (end < 0) return;
    const line = Buffer.concat(this.#answer).toString("utf8");
    [this.#answer, this.#bytes] = [[], 0];
    this.#waiting?.resolve(line);
  }

  #end(code: ConversationFault["code"]): void {
    this.#over ??= new ConversationFault(code, this.#errors);
    killGroup(this.#child.pid, "SIGKILL");
    this.#waiting?.reject(this.#over);
  }
}
