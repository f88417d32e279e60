/**
 * Claude Code's command line, without a person: `claude -p` with a list of tools that it may use, and nothing else. Nobody
 * answers a question, so what is not on the list does not happen. The repository's own settings, hooks and servers are left
 * out: they could send the key elsewhere.
 */
import { z } from "zod";
import type { Cost } from "../domain/proposal.ts";
import { withoutUndefined } from "./shared/defined.ts";
import type { EngineKind } from "./shared/kind.ts";
import { keysFrom, programFor } from "./shared/program.ts";
import { runVendor, type Told } from "./shared/vendor.ts";

const PROGRAM = "claude";
/** Each of them lets it in at its provider. */
const KEYS = ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN"];
const SETTINGS = ["ANTHROPIC_BASE_URL", "ANTHROPIC_MODEL"];
/** Reads, searches and edits files; a command is allowed by its words alone. */
const FILE_TOOLS = ["Read", "Edit", "Write", "Glob", "Grep", "TodoWrite"];
/**
 * No update, no reports to anybody: the sandbox would not keep the one, and nobody asked for the other. Of its own accord it tries
 * ten times over three minutes where its provider turns it away; another engine could be at work by then.
 */
const QUIET = { CLAUDE_CODE_MAX_RETRIES: "4", DISABLE_AUTOUPDATER: "1", DISABLE_TELEMETRY: "1", DISABLE_ERROR_REPORTING: "1", CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1" };

const options = {
  model: z.string().min(1).optional().describe("The model, as Claude Code calls it."),
  commands: z.array(z.array(z.string()).min(1)).max(50).optional().describe("Commands that it may run, each by its first words. Those of the checks where absent."),
  program: z.string().min(1).optional().describe("The program's absolute path, where it is not on the PATH."),
};

const shape = z.object(options);

export const engine: EngineKind = {
  name: "claude",
  summary: "Claude Code (`claude -p`), with a list of tools and no questions, in the sandbox.",
  rank: 0,
  options,
  detect: ({ locate, environment }) => (locate(PROGRAM) !== undefined && KEYS.some((name) => environment[name] !== undefined) ? [{ name: "claude", use: "claude" }] : []),
  open(definition, means) {
    const { model, commands = means.commands, program = PROGRAM } = shape.parse(definition);
    const argv = [program, ...argumentsFor(commands, model)];
    const vendor = { name: definition.name, program: programFor(definition, argv, means), env: { ...QUIET, ...keysFrom(means.environment, [...KEYS, ...SETTINGS]) }, read };
    return { name: definition.name, run: (workspace, prompt, deadline) => runVendor(vendor, workspace, prompt, deadline) };
  },
};

function argumentsFor(commands: readonly (readonly string[])[], model: string | undefined): string[] {
  const tools = [...FILE_TOOLS, ...commands.filter(isPlain).map((words) => `Bash(${words.join(" ")}:*)`)];
  return [
    ...["-p", "--output-format", "stream-json", "--verbose", "--no-session-persistence"],
    ...["--setting-sources", "user", "--strict-mcp-config"],
    ...(model === undefined ? [] : ["--model", model]),
    // What it has at all, and what of it needs no answer of a person's.
    ...["--tools", [...FILE_TOOLS, ...(tools.length > FILE_TOOLS.length ? ["Bash"] : [])].join(",")],
    ...["--allowedTools", tools.join(",")],
  ];
}

/** A rule is a pattern: words that mean something in one cannot be allowed by it. */
function isPlain(words: readonly string[]): boolean {
  return words.every((word) => /^[\w./:@=+-]+$/.test(word));
}

const result = z.object({
  type: z.literal("result"),
  is_error: z.boolean().optional(),
  subtype: z.string().optional(),
  result: z.string().optional(),
  total_cost_usd: z.number().optional(),
  usage: z.object({ input_tokens: z.number().optional(), output_tokens: z.number().optional() }).optional(),
});

const retry = z.object({ type: z.literal("system"), subtype: z.literal("api_retry"), error_status: z.number().nullish(), error: z.string().nullish() });

/** What its provider turned it away with, where nothing has come since. */
function pendingRetry(lines: readonly Record<string, unknown>[]): string | undefined {
  const last = retry.safeParse(lines.at(-1)).data;
  return last && `${last.error ?? ""} ${last.error_status ?? ""}`.trim();
}

/** The last line tells how it ended, with what it said and what it cost. */
export function read(lines: readonly Record<string, unknown>[]): Told {
  const last = lines.map((line) => result.safeParse(line)).findLast(({ success }) => success)?.data;
  if (!last) return { isWhole: false, said: "", usage: {}, ...withoutUndefined({ fault: pendingRetry(lines) }) };
  const { input_tokens: inputTokens, output_tokens: outputTokens } = last.usage ?? {};
  const usage: Cost = withoutUndefined({ inputTokens, outputTokens, usd: last.total_cost_usd });
  const said = last.result ?? "";
  const isFault = last.is_error === true || (last.subtype ?? "success") !== "success";
  return isFault ? { isWhole: true, said: "", usage, fault: said || (last.subtype ?? "") } : { isWhole: true, said, usage };
}
