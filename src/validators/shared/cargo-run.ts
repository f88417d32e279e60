/**
 * Runs cargo and tells its faults from what it says of the code. Offline unless the check may use the network: then a
 * project whose dependencies are not there is `missing`, and `cargo fetch` is what helps. Never lets a wrapper of the
 * user's come between cargo and rustc.
 */
import type { Outcome, Workspace } from "../../domain/plugin.ts";
import { parseCargoOutput, type CargoOutput } from "./cargo-output.ts";
import { codeOf, fault, faultOf, lastWords, type Fault } from "./outcome.ts";

/** A message takes some KB, most of them explanations: enough for 50,000 findings and more. */
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** cargo's code for "it did not work", whatever it was. */
const FAILED = 101;

export interface CargoCommand {
  readonly argv: readonly string[];
  readonly timeoutMs: number;
  readonly network: boolean;
  readonly signal?: AbortSignal | undefined;
}

export function runCargo(workspace: Workspace, { argv, timeoutMs, network, signal }: CargoCommand): Promise<Outcome> {
  const env = { ...ENVIRONMENT, ...(network ? {} : { CARGO_NET_OFFLINE: "true" }) };
  return workspace.run({ argv, env, timeoutMs, network, maxOutputBytes: MAX_OUTPUT_BYTES, ...(signal && { signal }) });
}

const ENVIRONMENT = { CARGO_TERM_COLOR: "never", CARGO_TERM_PROGRESS_WHEN: "never", RUSTC_WRAPPER: "" };

/** What cargo lacks when it says so: a subcommand, a toolchain, packages that are not there. */
const LACKS = [
  /no such (?:sub)?command/,
  /toolchain '.*' is not installed|'.*' is not installed for the toolchain|rustup could not choose a version/,
  /no matching package|failed to (?:download|load source|get `)|unable to update|failed to select a version/i,
  /attempting to make an HTTP request|offline mode|was specified with --offline|--offline was specified/,
];

/** What cargo printed as a whole, or why it says nothing of the code. */
export function cargoOutput(check: string, outcome: Outcome): CargoOutput | Fault {
  const failure = faultOf(check, outcome);
  if (failure) return failure;
  const { stderr, truncated, stdout, durationMs } = outcome;
  const code = codeOf(outcome);
  const output = truncated ? undefined : parseCargoOutput(stdout);
  if (output && (code === 0) === output.success && [0, FAILED].includes(code)) return output;
  if (code !== 0 && LACKS.some((words) => words.test(stderr))) return fault("missing", check, stderr, durationMs);
  return fault([0, 1, FAILED].includes(code) ? "unreadable" : "crashed", check, lastWords(outcome), durationMs);
}

export function isFault(result: CargoOutput | Fault): result is Fault {
  return "kind" in result;
}

/** A build script that fails leaves out all that depends on it, and is no message. */
export function buildFault(check: string, { stderr, durationMs }: Outcome): Fault | undefined {
  return BUILD_FAILED.test(stderr) ? fault("crashed", check, stderr, durationMs) : undefined;
}

const BUILD_FAILED = /failed to run custom build command|the compiler unexpectedly panicked|\(signal: \d+, SIG[A-Z]+/;

/** cargo before 1.74 stops at the first crate with errors. */
export function lacksKeepGoing(outcome: Outcome): boolean {
  return codeOf(outcome) !== 0 && /--keep-going/.test(outcome.stderr);
}
