/** `stet doctor`: what stet finds here, whether it can run, and what to do where it cannot. Changes nothing of yours. */
import { Command } from "commander";
import type { Console } from "./console.ts";
import type { DoctorOptions } from "./diagnose.ts";
import { passEnvOption, prepareNetworkOption, sandboxOption, withCommonOptions } from "./options.ts";

const EXAMPLES = `
Examples:
  $ stet doctor
  $ stet doctor --sandbox none      as on a machine that can contain nothing
  $ stet doctor --remote origin     whether a push there would wait for somebody
  $ stet doctor --json | jq 'select(.ok != "ok")'

Exit code 0: stet can run here. 78: it cannot, and the lines marked "fail" say
why.`;

export function doctorCommand(terminal: Console): Command {
  const command = new Command("doctor")
    .description("Looks at git, Node, the sandbox, locks, leftovers and the checks, and reads the base with them. Changes nothing.")
    .option("--base <rev>", "look at this commit instead of HEAD")
    .addOption(sandboxOption())
    .addOption(passEnvOption())
    .addOption(prepareNetworkOption())
    .option("--remote <name>", "ask this remote whether it answers without asking anybody")
    .addHelpText("after", EXAMPLES);
  return withCommonOptions(command).action(async () => {
    const { showDiagnoses } = await import("./diagnose.ts");
    await showDiagnoses(command.opts<DoctorOptions>(), terminal);
  });
}
