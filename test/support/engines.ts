/** What engines need to be tried: a model's client on loopback, a worktree in the sandbox, a scripted agent. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Means } from "../../src/agents/shared/kind.ts";
import { Budget } from "../../src/llm/budget.ts";
import { openClient, type ModelClient } from "../../src/llm/client.ts";
import { connect } from "../../src/llm/connection.ts";
import { parseModelName } from "../../src/llm/name.ts";
import { probeCapabilities } from "../../src/system/sandbox.ts";
import { locateProgram } from "../../src/system/sandbox/installed.ts";
import { MARK_NAME } from "../../src/system/sandbox/sweep.ts";
import { ownPaths } from "../../src/system/version.ts";
import { DependenciesByLockfile } from "../../src/trial/dependencies/by-lockfile.ts";
import { Worktree } from "../../src/trial/worktree.ts";
import type { Ground } from "./kit.ts";
import type { ScriptedProvider } from "./provider.ts";
import { packageRoot } from "./workspace.ts";

export function clientOf(provider: ScriptedProvider): ModelClient {
  return openClient({
    connections: [connect(parseModelName(`compatible:${provider.url}#m`), { environment: {}, now: () => 0 })],
    budget: new Budget(),
    priceOf: () => undefined,
    now: () => 0,
    random: () => 0,
  });
}

/** A worktree in the strongest sandbox that the machine has, from which the scripted agent can be seen. */
export async function containedWorktree({ shadow, repository, commit }: Ground): Promise<Worktree> {
  const capabilities = await probeCapabilities();
  const { checkout } = repository;
  const dependencies = new DependenciesByLockfile({ git: shadow.git, checkout, store: join(shadow.folder, "dependencies"), capabilities });
  const readOnlyPaths = [...ownPaths(), join(packageRoot, "test/support")];
  return new Worktree({ shadow, capabilities, dependencies, head: commit, checkout, readOnlyPaths, passEnv: [], mark: MARK }, 7);
}

/** What an engine may use where a test says no more: no model, no keys, programs by their absolute path. */
export function meansOf(parts: Partial<Means> = {}): Means {
  return { commands: [], environment: {}, locate: (program) => locateProgram(program, "/nowhere"), ...parts };
}

/** The scripted agent's command. */
export const SCRIPTED = join(packageRoot, "test/support/scripted-agent.ts");

/** A program with the vendor's name and manners: the scripted agent, which passes over the vendor's options. */
export function standIn(face: "claude" | "codex"): string {
  return join(packageRoot, `test/support/stand-ins/${face}`);
}

/** Of this test file alone: others that run beside it have processes as well. */
const MARK = `test-${process.pid}.`;

/** Processes of this machine that an engine of this test file has started. */
export function alive(): number {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  return pids.filter((pid) => environOf(pid).includes(`${MARK_NAME}=${MARK}`)).length;
}

function environOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch {
    return ""; // It has just gone, or is somebody else's.
  }
}
