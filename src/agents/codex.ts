/**
 * OpenAI Codex's command line, without a person: `codex exec --json`. In stet's sandbox its own is switched off, since one
 * cannot stand inside of the other; where stet has none, Codex keeps its commands to the worktree itself.
 */
import { z } from "zod";
import { withoutUndefined } from "./shared/defined.ts";
import type { EngineKind, Means } from "./shared/kind.ts";
import { keysFrom, programFor } from "./shared/program.ts";
import { runVendor, type Told } from "./shared/vendor.ts";

const PROGRAM = "codex";
const KEYS = ["CODEX_API_KEY", "OPENAI_API_KEY"];

const options = {
  model: z.string().min(1).optional().describe("The model, as Codex calls it."),
  program: z.string().min(1).optional().describe("The program's absolute path, where it is not on the PATH."),
};

const shape = z.object(options);

export const engine: EngineKind = {
  name: "codex",
  summary: "OpenAI Codex (`codex exec --json`), which never asks, in the sandbox.",
  rank: 1,
  options,
  detect: ({ locate, environment }) => (locate(PROGRAM) !== undefined && KEYS.some((name) => environment[name] !== undefined) ? [{ name: "codex", use: "codex" }] : []),
  open(definition, means) {
    const { model, program = PROGRAM } = shape.parse(definition);
    const env = keysFrom(means.environment, KEYS);
    const [key] = Object.values(env);
    const vendor = {
      name: definition.name,
      program: programFor(definition, [program, ...argumentsFor(means, model)], means),
      more: ({ isContained }: { isContained: boolean }) => ["--sandbox", isContained ? "danger-full-access" : "workspace-write", "-"],
      env: { ...(key !== undefined && { CODEX_API_KEY: key, OPENAI_API_KEY: key }), ...env },
      read,
    };
    return { name: definition.name, run: (workspace, prompt, deadline) => runVendor(vendor, workspace, prompt, deadline) };
  },
};

function argumentsFor({ environment }: Means, model: string | undefined): string[] {
  return [
    ...["exec", "--json", "--ephemeral", "--skip-git-repo-check", "--color", "never"],
    ...setting("approval_policy", "never"),
    ...gateway(environment["OPENAI_BASE_URL"]),
    ...(model === undefined ? [] : ["--model", model]),
  ];
}

/** Codex asks its maker's own address unless a provider of the configuration has another. */
function gateway(url: string | undefined): string[] {
  if (url === undefined || url === "") return [];
  const parts = { name: "gateway", base_url: url, env_key: "OPENAI_API_KEY", wire_api: "responses" };
  const named = Object.entries(parts).flatMap(([name, value]) => setting(`model_providers.gateway.${name}`, value));
  return [...named, ...setting("model_provider", "gateway")];
}

/** Values are TOML; a JSON string is one of its strings. */
function setting(name: string, value: string): string[] {
  return ["-c", `${name}=${JSON.stringify(value)}`];
}

const message = z.object({ type: z.literal("item.completed"), item: z.object({ type: z.literal("agent_message"), text: z.string() }) });
const completed = z.object({ type: z.literal("turn.completed"), usage: z.object({ input_tokens: z.number().optional(), output_tokens: z.number().optional() }).optional() });
const failed = z.object({ type: z.enum(["turn.failed", "error"]), error: z.object({ message: z.string() }).optional(), message: z.string().optional() });

/** The last message is what it said; a turn's end has what it used, or why it failed. */
export function read(lines: readonly Record<string, unknown>[]): Told {
  const said = lines.map((line) => message.safeParse(line)).findLast(({ success }) => success)?.data?.item.text ?? "";
  const end = lines.map((line) => completed.safeParse(line)).findLast(({ success }) => success)?.data;
  const fault = lines.map((line) => failed.safeParse(line)).findLast(({ success }) => success)?.data;
  const { input_tokens: inputTokens, output_tokens: outputTokens } = end?.usage ?? {};
  const told = { said, usage: withoutUndefined({ inputTokens, outputTokens }) };
  if (end) return { isWhole: true, ...told };
  return fault ? { isWhole: true, ...told, fault: faultOf(fault) } : { isWhole: false, ...told };
}

function faultOf({ error, message: text = "" }: z.infer<typeof failed>): string {
  return error?.message ?? text;
}
