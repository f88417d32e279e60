/** One task put to an ACP agent: handshake, session, prompt, and what it says until its turn ends. */
import { client, ndJsonStream, PROTOCOL_VERSION, type ClientContext, type SessionUpdate, type StopReason } from "@agentclientprotocol/sdk";
import { MAX_SAID_LENGTH } from "../../../domain/engine.ts";
import type { Channel } from "../../../domain/workspace.ts";
import { version } from "../../../system/version.ts";
import { ClientFiles } from "./files.ts";
import { answerPermission } from "./permissions.ts";

/** A message beyond this ends the connection: the largest file that may be written, twice over for its escapes. */
const MAX_MESSAGE_BYTES = 16_000_000;

export interface Task {
  readonly root: string;
  readonly prompt: string;
  /** Kinds of what it may do when it asks. */
  readonly allowed: readonly string[];
}

/** Speaks with the agent behind the channel. */
export class AcpSession {
  #said = "";
  #usd: number | undefined;
  #cancel: (() => Promise<void>) | undefined;

  /** The last words of what it said so far, and then some: it is cut for good where it is kept. */
  get said(): string {
    return this.#said;
  }

  /** What it says that it cost. */
  get usd(): number | undefined {
    return this.#usd;
  }

  /** Asks it to stop; it may or may not. */
  async cancel(): Promise<void> {
    await this.#cancel?.();
  }

  /** Rejects with the agent's own error, and when the connection ends before its turn. */
  async run(channel: Channel, { root, prompt, allowed }: Task): Promise<StopReason> {
    const files = new ClientFiles(root);
    const app = client({ name: "stet" })
      .onRequest("session/request_permission", ({ params }) => answerPermission(params, root, allowed))
      .onRequest("fs/read_text_file", ({ params }) => files.read(params))
      .onRequest("fs/write_text_file", ({ params }) => files.write(params))
      .onNotification("session/update", ({ params }) => this.#hear(params.update));
    const stream = ndJsonStream(channel.input, channel.output, { maxMessageBytes: MAX_MESSAGE_BYTES });
    return app.connectWith(stream, async (agent) => {
      const sessionId = await this.#begin(agent, root);
      const { stopReason } = await agent.request("session/prompt", { sessionId, prompt: [{ type: "text", text: prompt }] });
      return stopReason;
    });
  }

  async #begin(agent: ClientContext, root: string): Promise<string> {
    await agent.request("initialize", {
      protocolVersion: PROTOCOL_VERSION,
      clientInfo: { name: "stet", version: version() },
      // No terminal: the agent's own commands run in its own sandbox, which ends with it.
      clientCapabilities: { fs: { readTextFile: true, writeTextFile: true }, terminal: false },
    });
    const { sessionId } = await agent.request("session/new", { cwd: root, mcpServers: [] });
    this.#cancel = () => agent.notify("session/cancel", { sessionId });
    return sessionId;
  }

  #hear(update: SessionUpdate): void {
    if (update.sessionUpdate === "tool_call") this.#said = ""; // What stands before its last action is no summary.
    if (update.sessionUpdate === "agent_message_chunk" && update.content.type === "text") {
      this.#said = (this.#said + update.content.text).slice(0, 4 * MAX_SAID_LENGTH);
    }
    if (update.sessionUpdate === "usage_update" && update.cost?.currency === "USD") this.#usd = update.cost.amount;
  }
}
