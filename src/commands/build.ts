/** `stet build [spec…]`: the tasks of a spec, one small commit each, tried like every other change. */
import { Command, InvalidArgumentError, Option } from "commander";
import type { BuildOptions } from "./build-options.ts";
import type { Console } from "./console.ts";
import { count, duration, seconds, several, withRunOptions } from "./options.ts";

const EXAMPLES = `
Examples:
  $ stet build --plan               what would be built, in which order
  $ stet build docs/specs/search.md --model anthropic:claude-sonnet-5
  $ stet build --pr --model …       each part as a pull request
  $ stet build --parallel 3 …       three independent chunks in work at once
  $ stet build --no-resume …        a new row of branches, from HEAD

A chunk lands if every check is green on the tree that it makes: one commit
"[<spec>] <task>", with the task's box ticked in it. What fails leaves nothing,
and what waits for it waits. The same command again goes on with what is left.
A part holds 250 changed lines and 8 commits; the next one stands on it.`;

/** Each one has an engine at work, with all that it starts. */
const MAX_PARALLEL = 8;

function parallel(text: string): number {
  const value = count(text);
  if (value > MAX_PARALLEL) throw new InvalidArgumentError(`Give a whole number from 1 to ${MAX_PARALLEL}.`);
  return value;
}

export function buildCommand(terminal: Console): Command {
  const command = new Command("build")
    .description("Turns a spec's tasks into commits, one by one, as far as they are green.")
    .argument("[specs...]", "files, folders or names of specs (default: all that are found)")
    .addOption(several("--spec <path>", "a spec to build, whatever it is called"))
    .addOption(several("--engine <name>", "the engine that does the work, in order of preference"))
    .option("--configured-engines", "use the engines that the configuration states (or STET_CONFIGURED_ENGINES=1)")
    .addOption(new Option("--chunk-deadline <time>", "the time for one chunk, with all attempts (default: 30m)").argParser(duration))
    .addOption(new Option("--parallel <n>", `work at so many independent chunks at once, ${MAX_PARALLEL} at most (default: 1)`).argParser(parallel))
    .option("--pr", "push each part and open its pull request, or bring the one that is there up to date")
    .option("--remote <name>", "where to push to", "origin")
    .option("--continuous", "again and again, until nothing is left or a signal ends it")
    .option("--cycle-sleep-s <seconds>", "with --continuous: the time between two cycles (default: 60)", seconds)
    .option("--no-resume", "begin anew from HEAD, whatever was built before")
    .option("--reset-ledger", "as --no-resume, and forget what is recorded of the spec")
    .option("--plan", "print the chunks in their order with sizes, and do nothing")
    .option("--optional", "build optional tasks as well")
    .addOption(new Option("--chunker <kind>", "who cuts specs into chunks (default: as before, at first deterministic)").choices(["deterministic", "model"]))
    .option("--chunk-tokens <n>", "halve chunks that are larger than this (default: 20000, less for engines with small context windows)", count)
    .addHelpText("after", EXAMPLES);
  return withRunOptions(command).action(async (specs: string[]) => {
    const options = command.opts<BuildOptions>();
    const names = [...specs, ...(options.spec ?? [])];
    if (options.plan) await (await import("./show-plan.ts")).showPlan(names, options, terminal);
    else await (await import("./show-build.ts")).showBuild(names, options, terminal);
  });
}
