/** What ssh would have in hand to log in with: keys that an agent holds, and keys that no passphrase guards. Asks nobody. */
import { homedir } from "node:os";
import { exists } from "./files.ts";
import { gitEnvironment } from "./git.ts";
import { run } from "./process.ts";
import type { Outcome } from "../domain/workspace.ts";

const TIMEOUT_MS = 5_000;
const MAX_KEY_FILES = 10;

/** `unanswered`: there is a socket, and nobody speaks in time. */
export type AgentState = "missing-program" | "no-agent" | "empty" | "loaded" | "unanswered";

export async function agentState(): Promise<{ readonly state: AgentState; readonly keys: number }> {
  const { ended, stdout } = await quiet(["ssh-add", "-l"]);
  if (ended.kind === "missing") return { state: "missing-program", keys: 0 };
  if (ended.kind !== "exited") return { state: "unanswered", keys: 0 };
  // ssh-add(1): 0 is well, 1 means that the command failed (there is no key), 2 that there is no agent to ask.
  if (ended.code === 0) return { state: "loaded", keys: stdout.trim().split("\n").length };
  return { state: ended.code === 1 ? "empty" : "no-agent", keys: 0 };
}

/** Key files that ssh would try for this host and that open without a passphrase. Absolute. */
export async function openKeyFiles(host: string): Promise<string[]> {
  const { stdout } = await quiet(["ssh", "-G", "--", host]);
  const named = stdout.split("\n").flatMap((line) => /^identityfile (.+)$/.exec(line)?.[1] ?? []);
  const files = named.map((file) => file.replace(/^~(?=\/)/, homedir())).slice(0, MAX_KEY_FILES);
  const open: string[] = [];
  for (const file of files) {
    if (file.startsWith("/") && (await exists(file)) && (await isOpen(file))) open.push(file);
  }
  return open;
}

/** Whether a private key can be read without a passphrase. */
export async function isOpen(file: string): Promise<boolean> {
  const { ended } = await quiet(["ssh-keygen", "-y", "-P", "", "-f", file]);
  return ended.kind === "exited" && ended.code === 0;
}

/** Without a terminal and a display, so that nothing can ask. */
function quiet(argv: readonly string[]): Promise<Outcome> {
  const env = { ...gitEnvironment(), SSH_ASKPASS: "true", SSH_ASKPASS_REQUIRE: "force", DISPLAY: "" };
  return run({ argv, cwd: "/", env, timeoutMs: TIMEOUT_MS, maxOutputBytes: 100_000 });
}
