#!/usr/bin/env node
/**
 * An agent that builds examples/notes and speaks the Agent Client Protocol, by the protocol's own library. It writes through its
 * client what `NOTES_PLAN` says, by words of the task's title; for a task that comes back, what stands next in the list. One
 * file, since in the sandbox it sees itself and stet's packages.
 */
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { agent, ndJsonStream, type AgentContext } from "@agentclientprotocol/sdk";

type Files = Readonly<Record<string, string>>;

const plan = JSON.parse(process.env["NOTES_PLAN"] ?? "{}") as Readonly<Record<string, Files | readonly Files[]>>;

async function act(prompt: string, client: AgentContext): Promise<string> {
  if (prompt.startsWith("Look at a change")) return "NO OBJECTIONS";
  const words = Object.keys(plan).find((one) => prompt.includes(one)) ?? "";
  const entry = plan[words] ?? {};
  const attempt = Number(/\(attempt (\d+)\)/.exec(prompt)?.[1] ?? 0);
  const files: Files = Array.isArray(entry) ? ((entry as readonly Files[])[Math.min(attempt, entry.length - 1)] ?? {}) : (entry as Files);
  for (const [path, content] of Object.entries(files)) await client.request("fs/write_text_file", { sessionId: "s", path: join(process.cwd(), path), content });
  return `Did ${words}.`;
}

agent({ name: "notes" })
  .onRequest("initialize", () => ({ protocolVersion: 1, agentCapabilities: {} }))
  .onRequest("session/new", () => ({ sessionId: "s" }))
  .onRequest("session/prompt", async ({ params, client }) => {
    const text = await act(params.prompt.map((part) => (part.type === "text" ? part.text : "")).join(""), client);
    await client.notify("session/update", { sessionId: "s", update: { sessionUpdate: "agent_message_chunk", content: { type: "text", text } } });
    return { stopReason: "end_turn" };
  })
  .onNotification("session/cancel", () => undefined)
  .connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>));
