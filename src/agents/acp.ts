/**
 * Any agent that speaks the Agent Client Protocol (ACP): started in the worktree's sandbox, given the task, and answered
 * where it asks. Reads and writes that it leaves to its client stay in the worktree; at the deadline it is asked to stop, and
 * then ended with all that it has started.
 */
import { z } from "zod";
import { RequestError, type StopReason } from "@agentclientprotocol/sdk";
import type { Deadline, Engine, EngineReport } from "../domain/engine.ts";
import type { Cost } from "../domain/proposal.ts";
import { reason } from "../domain/reason.ts";
import type { Channel, Workspace } from "../domain/workspace.ts";
import { ALLOWED_KINDS } from "./shared/acp/permissions.ts";
import { AcpSession } from "./shared/acp/session.ts";
import { KNOWN_AGENTS } from "./shared/acp/known.ts";
import { detailOf, done, notDone } from "./shared/ending.ts";
import type { EngineDefinition, EngineKind, Means } from "./shared/kind.ts";
import { isLimited } from "./shared/limited.ts";
import { keysFrom, programFor, type Program } from "./shared/program.ts";
import { within } from "./shared/within.ts";

/** How long an agent has to stop by itself once it was asked to. */
const CANCEL_GRACE_MS = 2_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

const options = {
  run: z.array(z.string()).min(1).describe("The agent's command, e.g. `[\"gemini\", \"--experimental-acp\"]`."),
  env: z.array(z.string()).max(50).optional().describe("Names of environment variables that it gets: its key, its provider's address."),
  network: z.boolean().optional().describe("Whether it may reach the network. Default true, since its model is there."),
  allow: z.array(z.string()).optional().describe(`Kinds of things that it may do when it asks. Default: ${ALLOWED_KINDS.join(", ")}.`),
};

const shape = z.object(options);

export const engine: EngineKind = {
  name: "acp",
  summary: "An agent that speaks the Agent Client Protocol, in the sandbox, with the keys that are named for it.",
  rank: 2,
  options,
  detect: ({ locate, environment }) =>
    KNOWN_AGENTS.filter(({ run: [program = ""], env }) => locate(program) !== undefined && env.some((name) => environment[name] !== undefined)).map(
      ({ name, run, env }) => ({ name, use: "acp", run, env }),
    ),
  open,
};

function open(definition: EngineDefinition, means: Means): Engine {
  const { run, env = [], network = true, allow = ALLOWED_KINDS } = shape.parse(definition);
  const how = { name: definition.name, program: programFor(definition, run, means), env: keysFrom(means.environment, env), network, allow };
  return { name: definition.name, run: (workspace, prompt, deadline) => work(how, workspace, prompt, deadline) };
}

interface How {
  readonly name: string;
  readonly program: Program;
  readonly env: Readonly<Record<string, string>>;
  readonly network: boolean;
  readonly allow: readonly string[];
}

async function work(how: How, workspace: Workspace, prompt: string, deadline: Deadline): Promise<EngineReport> {
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
