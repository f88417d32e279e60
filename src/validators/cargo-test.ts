/**
 * cargo test, read for its inventory. It is built first, for the names of the test programs and for what does not
 * compile, then run with its errors and its output in one stream (`shared/libtest-output.ts`), since libtest's JSON is
 * for nightly compilers only. Examples in the documentation are tests as well; what is `#[ignore]`d is skipped.
 *
 * Where anything does not compile no test runs: each target that does not is a finding `suite` (`shared/cargo-suites.ts`),
 * and what the tests would have said lies behind it. A target without libtest's harness counts as one test.
 */
import { posix } from "node:path";
import { z } from "zod";
import type { Finding } from "../domain/finding.ts";
import type { CheckDefinition, Outcome, Validator, Workspace } from "../domain/plugin.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import { areaOf } from "./shared/cargo-findings.ts";
import type { CargoOutput } from "./shared/cargo-output.ts";
import { findWorkspaces } from "./shared/cargo-projects.ts";
import { buildFault, cargoOutput, isFault, runCargo } from "./shared/cargo-run.ts";
import type { CargoGround } from "./shared/cargo-sources.ts";
import { areSuitesApart, suitesIn } from "./shared/cargo-suites.ts";
import { programsOf, seenIn } from "./shared/cargo-tests.ts";
import { failedTargets, parseLibtest } from "./shared/libtest-output.ts";
import { commonOptions } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords } from "./shared/outcome.ts";
import { readingOfTests } from "./shared/tests.ts";

const options = {
  manifest: z.string().min(1).default("Cargo.toml").describe("Path of the workspace's Cargo.toml."),
  arguments: z.array(z.string().regex(/^-(?!-$)/)).default([]).describe("Further options of cargo's, such as `--all-features`."),
};

/** The stages of all tests together; each target has but one, which is to be compiled. */
const STAGES = { compiling: 0, running: 1 } as const;

/**
 * In a target folder of the tests' own: what they do there, no `cargo check` finds, and some tests look at what lies beside
 * them. Constants: everything that comes from outside is a parameter.
 */
const APART = 'CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-target}/of-tests" exec "$@"';
const IN_TWO_STREAMS = ["sh", "-c", APART, "sh"];
const IN_ONE_STREAM = ["sh", "-c", `${APART} 2>&1`, "sh"];

async function read(definition: CheckDefinition, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const { name: check } = definition;
  const { manifest, arguments: more, timeoutMs, network } = z.object({ ...commonOptions, ...options }).parse(definition);
  const ground = { check, workspace, folder: posix.dirname(manifest) === "." ? "" : posix.dirname(manifest) };
  const argv = ["cargo", "test", "--manifest-path", manifest, "--workspace", "--no-fail-fast", ...more];
  const built = await runCargo(workspace, { argv: [...IN_TWO_STREAMS, ...argv, "--no-run", "--message-format=json"], timeoutMs, network, signal });
  const output = cargoOutput(check, built);
  if (isFault(output)) return output;
  const failure = buildFault(check, built);
  if (failure) return failure;
  if (!output.success) return unbuiltReading(output, ground, built);
  const ran = await runCargo(workspace, { argv: [...IN_ONE_STREAM, ...argv], timeoutMs, network, signal });
  return { ...readingOfRun(output, ran, ground), durationMs: built.durationMs + ran.durationMs };
}

function readingOfRun(output: CargoOutput, ran: Outcome, ground: CargoGround): Reading {
  const { check } = ground;
  const { durationMs, stdout, truncated } = ran;
  const failure = faultOf(check, ran);
  if (failure) return failure;
  const code = codeOf(ran);
  if (truncated || ![0, FAILED].includes(code)) return fault(truncated ? "unreadable" : "crashed", check, lastWords(ran), durationMs);
  const seen = seenIn(parseLibtest(stdout, programsOf(output, ground)), failedTargets(stdout), code, ground);
  const reached = { ...builtOf(output, ground), [RUN]: STAGES.running };
  // A workspace without any test is well; its programs said so.
  const hasNone = code === 0 && seen.tests.length + seen.broken.length === 0;
  if (hasNone) return { kind: "read", check, findings: [], inventory: {}, reached, durationMs };
  const reading = readingOfTests(check, seen, code, durationMs);
  return isRead(reading) ? { ...reading, findings: reading.findings.map(atRunning), reached } : reading;
}

/** cargo's code where a test failed, or cargo itself. */
const FAILED = 101;

/** All tests of a workspace run, or none. */
const RUN = "run";

async function unbuiltReading(output: CargoOutput, ground: CargoGround, built: Outcome): Promise<Reading> {
  const { check } = ground;
  const { findings, reached } = await suitesIn(output, ground);
  if (findings.length === 0) return fault("unreadable", check, lastWords(built), built.durationMs);
  return { kind: "read", check, findings, inventory: {}, reached: { ...reached, [RUN]: STAGES.compiling }, durationMs: built.durationMs };
}

/** Every target that was compiled. */
function builtOf({ artifacts }: CargoOutput, ground: CargoGround): Record<string, number> {
  return Object.fromEntries(artifacts.map(({ manifest_path: manifest, target }) => [areaOf(ground, manifest, target), STAGES.compiling]));
}

function atRunning(one: Finding): Finding {
  return { ...one, depth: { area: RUN, stage: STAGES.running } };
}

export const validator: Validator = {
  name: "cargo-test",
  summary: "Runs the tests of a Rust workspace with `cargo test` and reads which of them passed, failed and were ignored.",
  protects: ["**/Cargo.toml", "**/Cargo.lock", "**/.config/nextest.toml"],
  program: { version: ["cargo", "--version"], install: "install Rust: https://rustup.rs" },
  options,
  detect(project) {
    const [first, ...more] = findWorkspaces(project);
    if (first === undefined) return Promise.resolve([]);
    const named = (manifest: string): CheckDefinition => ({ name: `cargo-test ${posix.dirname(manifest)}`, use: "cargo-test", manifest });
    return Promise.resolve([{ name: "cargo-test", use: "cargo-test", manifest: first }, ...more.map(named)]);
  },
  create: (definition) => ({
    definition,
    expense: 6,
    deterministic: false,
    read: (workspace, signal) => read(definition, workspace, signal),
    isApart: areSuitesApart,
  }),
};
