/**
 * An agent that does what its task says: the prompt has a line of JSON with steps. It speaks as the vendors' programs do:
 * `acp` (with the protocol's own library), `claude` (stream-json) or `codex` (JSON lines). A program of its own, which the
 * engines start like any other.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Readable, Writable } from "node:stream";
import { agent, ndJsonStream, RequestError, type AgentContext, type RequestPermissionResponse, type ToolKind } from "@agentclientprotocol/sdk";

export type Step =
  | { readonly write: string; readonly text: string }
  | { readonly remove: string }
  | { readonly run: readonly string[] }
  | { readonly say: string }
  /** Fails with these words, as the vendor's program does. */
  | { readonly fail: string }
  | { readonly print: string; readonly times: number }
  | { readonly hang: true }
  /** Leaves processes behind, in sessions of their own. */
  | { readonly fork: number }
  | { readonly exit: number }
  /** For `acp` alone: asks its client. What comes of it is said. */
  | { readonly ask: ToolKind; readonly path?: string }
  | { readonly clientWrite: string; readonly text: string }
  | { readonly clientRead: string };

/** A prompt that makes the agent do so. */
export function promptFor(steps: readonly Step[]): string {
  return `Do this:\n${JSON.stringify(steps)}\n`;
}

interface Mouth {
  say(text: string): Promise<void>;
  ask?(step: Step): Promise<string>;
}

async function act(steps: readonly Step[], mouth: Mouth): Promise<void> {
  for (const step of steps) {
    if ("say" in step) await mouth.say(step.say);
    else if ("fail" in step) throw new Error(step.fail);
    else if ("hang" in step) await new Promise(() => setInterval(() => undefined, 1_000));
    else if ("exit" in step) process.exit(step.exit);
    else if ("ask" in step || "clientWrite" in step || "clientRead" in step) await mouth.say(`${(await mouth.ask?.(step)) ?? "?"}\n`);
    else touch(step);
  }
}

function touch(step: Step): void {
  if ("write" in step) write(step.write, step.text);
  else if ("remove" in step) rmSync(step.remove, { recursive: true });
  else if ("run" in step) execFileSync(step.run[0] ?? "", step.run.slice(1), { stdio: "pipe" });
  else if ("fork" in step) {
    for (let index = 0; index < step.fork; index++) spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" }).unref();
  } else if ("print" in step) for (let index = 0; index < step.times; index++) process.stdout.write(step.print);
}

/** What it may not write it does without. */
function write(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch {
    // Outside of the sandbox there is nothing to be had.
  }
}

function stepsIn(prompt: string): Step[] {
  return JSON.parse(prompt.split("\n").find((line) => line.startsWith("[")) ?? "[]") as Step[];
}

function speakAcp(): void {
  agent({ name: "scripted" })
    .onRequest("initialize", () => ({ protocolVersion: 1, agentCapabilities: {} }))
    .onRequest("session/new", () => ({ sessionId: "s" }))
    .onRequest("session/prompt", async ({ params, client }) => {
      const text = params.prompt.map((part) => (part.type === "text" ? part.text : "")).join("");
      try {
        await act(stepsIn(text), acpMouth(client));
      } catch (error) {
        throw new RequestError(-32603, error instanceof Error ? error.message : "?");
      }
      await client.notify("session/update", { sessionId: "s", update: { sessionUpdate: "usage_update", used: 1, size: 2, cost: { amount: 0.25, currency: "USD" } } });
      return { stopReason: "end_turn" };
    })
    .onNotification("session/cancel", () => undefined)
    .connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>));
}

function acpMouth(client: AgentContext): Mouth {
  const say = (text: string): Promise<void> =>
    client.notify("session/update", { sessionId: "s", update: { sessionUpdate: "agent_message_chunk", content: { type: "text", text } } });
  return { say, ask: (step) => askClient(client, step).catch((error: unknown) => (error instanceof Error ? error.message : "?")) };
}

async function askClient(client: AgentContext, step: Step): Promise<string> {
  const sessionId = "s";
  if ("clientWrite" in step) {
    await client.request("fs/write_text_file", { sessionId, path: resolve(step.clientWrite), content: step.text });
    return "written";
  }
  if ("clientRead" in step) return (await client.request("fs/read_text_file", { sessionId, path: resolve(step.clientRead) })).content;
  if (!("ask" in step)) return "?";
  const locations = step.path === undefined ? [] : [{ path: resolve(step.path) }];
  const options = (["allow_always", "allow_once", "reject_once"] as const).map((kind) => ({ optionId: kind, name: kind, kind }));
  const { outcome } = await client.request<RequestPermissionResponse>("session/request_permission", { sessionId, options, toolCall: { toolCallId: "1", kind: step.ask, locations } });
  return "optionId" in outcome ? outcome.optionId : outcome.outcome;
}

/** Prints what the vendors' programs print, a line for each thing. */
export async function speakLines(face: "claude" | "codex"): Promise<void> {
  const tell = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
  let said = "";
  const mouth: Mouth = { say: (text) => Promise.resolve(void (said = text)) };
  const ends = face === "claude" ? claudeEnds : codexEnds;
  try {
    await act(stepsIn(readFileSync(0, "utf8")), mouth);
    ends(tell, said, undefined);
  } catch (error) {
    ends(tell, said, error instanceof Error ? error.message : "?");
  }
}

type Ends = (tell: (value: unknown) => void, said: string, fault: string | undefined) => void;

const claudeEnds: Ends = (tell, said, fault) => {
  tell({ type: "system", subtype: "init" });
  tell({ type: "result", subtype: "success", is_error: fault !== undefined, result: fault ?? said, total_cost_usd: 0.25, usage: { input_tokens: 3, output_tokens: 4 } });
  if (fault !== undefined) process.exitCode = 1;
};

const codexEnds: Ends = (tell, said, fault) => {
  tell({ type: "thread.started", thread_id: "t" });
  if (said !== "") tell({ type: "item.completed", item: { id: "i", type: "agent_message", text: said } });
  if (fault === undefined) tell({ type: "turn.completed", usage: { input_tokens: 3, cached_input_tokens: 0, output_tokens: 4 } });
  else tell({ type: "turn.failed", error: { message: fault } });
  if (fault !== undefined) process.exitCode = 1;
};

if (process.argv[1] === import.meta.filename) {
  const face = process.argv[2];
  if (face === "acp") speakAcp();
  else if (face === "claude" || face === "codex") await speakLines(face);
  else if (face === "fork") touch({ fork: Number(process.argv[3]) });
}
