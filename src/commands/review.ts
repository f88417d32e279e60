/** `stet review [paths…]`: models look for defects; what they find is written down for `stet apply`, or applied at once. */
import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { withApplyOptions } from "./apply.ts";
import { surroundings, type Console } from "./console.ts";
import { withRunOptions } from "./options.ts";
import type { ApplyOptions } from "./run-apply.ts";
import type { ReviewFormat, ReviewOptions } from "./run-review.ts";

const EXAMPLES = `
Examples:
  $ stet review --model openai:gpt-6-luna src
  $ stet review --model ollama:qwen3 --model openai:gpt-6-luna --out r.jsonl
  $ stet review --changed origin/main --model openai:gpt-6-luna --out r.sarif
  $ stet review --apply --model openai:gpt-6-luna src/api

Each file is put to the first model; the next is asked where one fails or says
too little. Findings that quote code which is not there are dropped. What has
not changed since the last review is not paid for again.`;

interface Options extends ReviewOptions, ApplyOptions {
  readonly since?: string;
  readonly apply?: boolean;
  readonly out?: readonly string[];
  readonly format?: ReviewFormat;
}

export function reviewCommand(terminal: Console): Command {
  const command = new Command("review")
    .description("Lets models look for defects in files, or in what changed, and writes down what they find and how far it is to be trusted.")
    .argument("[paths...]", "files or folders (default: all tracked text files)")
    .option("--changed [rev]", "review only what changed since this revision (default: the parent commit)")
    .addOption(new Option("--out <file>", "write it there: rows (.jsonl), .sarif or .rdjsonl; may be repeated").argParser(outFile))
    .addOption(new Option("--format <name>", "print it as this instead of a summary").choices(["rows", "sarif", "rdjsonl"]))
    .option("--apply", "try what was found, and land what makes nothing worse, in the same run");
  return withRunOptions(withApplyOptions(command).addHelpText("after", EXAMPLES)).action(async (paths: string[]) => {
    const { changed, ...rest } = command.opts<Omit<Options, "changed"> & { readonly changed?: string | true }>();
    const options: Options = { ...rest, ...(changed !== undefined && { changed: changed === true ? `${rest.base ?? "HEAD"}~1` : changed }) };
    await (options.apply ? reviewAndApply : review)(paths, options, terminal);
  });
}

async function review(paths: readonly string[], options: Options, terminal: Console): Promise<void> {
  const [{ runReview, writtenAs }, { reviewSummary, reviewJson }, { safeJson }] = await Promise.all([import("./run-review.ts"), import("../report/review-summary.ts"), import("../report/plain.ts")]);
  const report = await runReview(paths, options, await surroundings(terminal, options));
  await writeOut(options, report);
  if (options.json) terminal.print(safeJson(reviewJson(report)));
  else terminal.print(options.format ? writtenAs(options.format, report).trimEnd() : reviewSummary(report, terminal.paint));
  terminal.exit(report.exitCode);
}

async function reviewAndApply(paths: readonly string[], options: Options, terminal: Console): Promise<void> {
  const [{ runReviewAndApply }, { reviewSummary, reviewJson }, { applySummary }, { safeJson }] = await Promise.all([
    import("./run-review.ts"),
    import("../report/review-summary.ts"),
    import("../report/apply-summary.ts"),
    import("../report/plain.ts"),
  ]);
  // The format of a review is not one of inputs.
  const { format: _format, ...rest } = options;
  const { review: reviewed, apply } = await runReviewAndApply(paths, rest, await surroundings(terminal, options));
  await writeOut(options, reviewed);
  if (options.json) terminal.print(safeJson(reviewJson(reviewed)));
  else terminal.print(`${reviewSummary(reviewed, terminal.paint)}\n\n${applySummary(apply, terminal.paint)}`);
  terminal.exit(Math.max(apply.exitCode, reviewed.exitCode === 0 ? 0 : 1));
}

async function writeOut({ out = [], cwd }: Options, report: Parameters<typeof import("./run-review.ts").writtenAs>[1]): Promise<void> {
  const [{ writtenAs }, { writeWhole }] = await Promise.all([import("./run-review.ts"), import("../system/files.ts")]);
  for (const file of out) await writeWhole(resolve(cwd, file), writtenAs(formatOf(file) ?? "rows", report));
}

function formatOf(file: string): ReviewFormat | undefined {
  if (/\.sarif(?:\.json)?$/.test(file)) return "sarif";
  if (file.endsWith(".rdjsonl")) return "rdjsonl";
  return file.endsWith(".jsonl") ? "rows" : undefined;
}

function outFile(text: string, before: readonly string[] = []): readonly string[] {
  if (formatOf(text) === undefined) throw new InvalidArgumentError("Give a file that ends with .jsonl, .sarif or .rdjsonl.");
  return [...before, text];
}
