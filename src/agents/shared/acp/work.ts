/**
 * What is done for one task of an ACP agent: start, ask, stop at the deadline, and tell how it ended. Apart from the engine's
 * own file, so that the protocol's library is loaded by whoever works with an agent, and not by whoever reads a configuration.
 */
import { RequestError, type StopReason } from "@agentclientprotocol/sdk";
import type { Deadline, EngineReport } from "../../../domain/engine.ts";
import type { Cost } from "../../../domain/proposal.ts";
import { reason } from "../../../domain/reason.ts";
import type { Channel, Workspace } from "../../../domain/workspace.ts";
import { detailOf, done, notDone } from "../ending.ts";
import { isLimited } from "../limited.ts";
import type { Program } from "../program.ts";
import { within } from "../within.ts";
import { AcpSession } from "./session.ts";

/** How long an agent has to stop by itself once it was asked to. */
const CANCEL_GRACE_MS = 2_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

export interface How {
  readonly name: string;
  readonly program: Program;
  readonly env: Readonly<Record<string, string>>;
  readonly network: boolean;
  readonly allow: readonly string[];
}

export async function work(how: How, workspace: Workspace, prompt: string, deadline: Deadline): Promise<EngineReport> {
  deadline.signal?.throwIfAborted();
  const { program, env, network, allow } = how;
  const command = { ...program, env, network, timeoutMs: deadline.timeoutMs, maxOutputBytes: MAX_OUTPUT_BYTES };
  const channel = await workspace.connect(command);
  const session = new AcpSession();
  try {
    const running = session.run(channel, { root: workspace.root, prompt, allowed: allow });
    const ended = await within(running, deadline);
    if ("value" in ended) return stopped(how.name, ended.value, session);
    await within(session.cancel().then(() => running), { timeoutMs: CANCEL_GRACE_MS }).catch(() => undefined);
    return notDone("timed-out", reason(how.name, "engine-timed-out"), { said: session.said, usage: usageOf(session) });
  } catch (error) {
    deadline.signal?.throwIfAborted();
    return await failed(how.name, error, channel, session);
  } finally {
    await channel.close();
  }
}

function usageOf({ usd }: AcpSession): Cost {
  return usd === undefined ? {} : { usd };
}

function stopped(name: string, stop: StopReason, session: AcpSession): EngineReport {
  const told = { said: session.said, usage: usageOf(session) };
  if (stop === "end_turn") return done(told.said, told.usage);
  if (stop === "refusal") return notDone("failed", reason(name, "engine-refused"), told);
  if (stop === "cancelled") return notDone("failed", reason(name, "engine-stopped"), told);
  return notDone("failed", reason(name, "engine-out-of-turns"), told);
}

/** The agent's own error, or the end of the program with what it printed. */
async function failed(name: string, error: unknown, channel: Channel, session: AcpSession): Promise<EngineReport> {
  const told = { said: session.said, usage: usageOf(session) };
  if (error instanceof RequestError) {
    const text = `${error.message} ${error.data === undefined ? "" : JSON.stringify(error.data)}`.trim();
    if (isLimited(text)) return notDone("rate-limited", reason(name, "engine-rate-limited", detailOf(text)), told);
    return notDone("failed", reason(name, "engine-failed", detailOf(text)), told);
  }
  await channel.close();
  const text = (await channel.ended).trim() || (error instanceof Error ? error.message : "");
  if (isLimited(text)) return notDone("rate-limited", reason(name, "engine-rate-limited", detailOf(text)), told);
  return notDone("failed", reason(name, "engine-broke-off", detailOf(text)), told);
}
