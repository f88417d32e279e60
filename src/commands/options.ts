/** The options that every command understands, and how their words are read. */
import { Command, InvalidArgumentError, Option } from "commander";
import type { EditLevel } from "../domain/plugin.ts";

export interface CommonOptions {
  readonly cwd: string;
  readonly config?: string;
  readonly base?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly deadline?: number;
  readonly maxFiles?: number;
  /** Each is a rung of the ladder; false for none. */
  readonly model?: readonly string[] | false;
  readonly agent?: string;
  /** Whether models that the configuration names may be asked; absent where the environment decides. */
  readonly configuredModels?: boolean;
  /** How far the edits of models may go. */
  readonly policy?: EditLevel;
  readonly maxUsd?: number;
  readonly maxTokens?: number;
  readonly maxRequests?: number;
  readonly allowPath: readonly string[];
  readonly allow: readonly string[];
  /** Percent of the lines that tests must run; goes before what checks of coverage are configured with. */
  readonly coverageFloor?: number;
  /** Whether the `prepare` command of the configuration may reach the network. */
  readonly prepareNetwork?: boolean;
  readonly requireSandbox?: boolean;
  readonly sandbox: "auto" | "bwrap" | "unshare" | "none";
  readonly fresh?: boolean;
  /** The run to go on with, or the beginning of its id. */
  readonly resume?: string;
  /** Names of environment variables that checks and tools may see. */
  readonly passEnv: readonly string[];
}

export function withCommonOptions(command: Command): Command {
  return command
    .addOption(new Option("--cwd <folder>", "work in the repository that this folder is in").default(process.cwd(), "the current folder"))
    .option("--config <file>", "configuration to use instead of the base's own")
    .option("--json", "events as NDJSON on stdout, and nothing else there")
    .option("--quiet", "no progress on stderr");
}

/** Options of the commands that try and land. */
export function withRunOptions(command: Command): Command {
  return withCommonOptions(command)
    .option("--base <rev>", "start from this commit instead of HEAD")
    .option("--dry-run", "print the same verdicts, land nothing, leave no trace in git")
    .option("--deadline <time>", "end after this long (90s, 10m, 2h); what has landed stays", duration)
    .option("--max-files <n>", "touch at most this many files in this run", count)
    .option("--coverage-floor <percent>", "hold coverage to this floor, whatever is configured", percent)
    .addOption(several("--allow-path <glob>", "let proposals touch these protected or denied paths"))
    .addOption(several("--allow <gate>", "switch a gate off for this run"))
    .addOption(passEnvOption())
    .addOption(prepareNetworkOption())
    .option("--require-sandbox", "refuse to run where programs cannot be fully contained")
    .addOption(sandboxOption())
    .option("--fresh", "start anew instead of going on with the last run of the same work")
    .addOption(new Option("--model <names>", "ask this model for what tools cannot fix; again for the next rung").argParser(collectModels))
    .option("--agent <name>", "let this model work on what is left, over several files")
    .option("--configured-models", "ask the models that the configuration names (or STET_CONFIGURED_MODELS=1)")
    .option("--no-model", "ask no model, whatever the configuration says")
    .option("--max-usd <n>", "spend at most this much on models in this run (default: 10)", amount)
    .option("--max-tokens <n>", "use at most this many tokens of models (default: 5000000)", count)
    .option("--max-requests <n>", "call models at most this often (default: 500)", count);
}

/** How programs are contained. `auto` is the best that this machine can do. */
export function sandboxOption(): Option {
  return new Option("--sandbox <kind>", "containment to use at most").choices(["auto", "bwrap", "unshare", "none"]).default("auto");
}

/** For commands that ask models. Configuration can only make it tighter. */
export function policyOption(level: EditLevel): Option {
  return new Option("--policy <level>", "how far a model's edits may go").choices(["mechanical", "local", "free"]).default(level);
}

export function prepareNetworkOption(): Option {
  return new Option("--prepare-network", "let the configuration's prepare command reach the network");
}

export function passEnvOption(): Option {
  return several("--pass-env <name>", "let checks and tools see this environment variable");
}

export function several(flags: string, description: string): Option {
  return new Option(flags, `${description}; may be repeated`).argParser(collect).default([], "none");
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const DAY_MS = 86_400_000;

/** Milliseconds, a day at most. */
export function duration(text: string): number {
  const [, number, unit = ""] = /^(\d+)([smh]?)$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS_MS[unit] ?? 1_000);
  if (!Number.isFinite(ms) || ms <= 0 || ms > DAY_MS) throw new InvalidArgumentError("Give a time such as 90s, 10m or 2h, a day at most.");
  return ms;
}

/** A day at most: a timer that is given more than 24 days ends at once. */
export function seconds(text: string): number {
  const value = count(text);
  if (value > DAY_MS / 1_000) throw new InvalidArgumentError("Give a number of seconds, a day at most.");
  return value;
}

/** A whole number above 0. */
export function count(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (!Number.isSafeInteger(value) || value === 0) throw new InvalidArgumentError("Give a whole number above 0.");
  return value;
}

/** 0 to 100. */
function percent(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= 100)) throw new InvalidArgumentError("Give a percentage from 0 to 100.");
  return value;
}

/** Zero or more, in dollars. */
function amount(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new InvalidArgumentError("Give an amount such as 5 or 0.50.");
  return value;
}

/** The last word counts: `--no-model` takes back what stands before it. */
function collectModels(text: string, before: readonly string[] | boolean | undefined): readonly string[] {
  return [...(Array.isArray(before) ? (before as readonly string[]) : []), text];
}

function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}
