/**
 * cargo check, or cargo clippy where the project uses it (which checks as well), with rustc's suggestions as fixes.
 * Warnings count as errors do: a change that adds one is not better.
 *
 * All packages of a workspace and all of their targets are checked (`--workspace --all-targets`), tests, examples and
 * benchmarks included, as rust-analyzer does: a change that breaks a test's types must not pass for green. Where a project
 * keeps benchmarks that need another toolchain, `allTargets: false` reads what `cargo check` alone would.
 *
 * There is no oracle and no narrow form: cargo itself checks only what a change can have touched, as its target folder
 * stays with the worktree. rustc stops at a crate's errors, and cargo at a crate that others need: what lies behind is
 * told by each finding's depth and by how far each target was `reached`, so that a fix is not blamed for what it uncovers
 * (`shared/apart.ts`).
 */
import { posix } from "node:path";
import { z } from "zod";
import type { Finding } from "../domain/finding.ts";
import type { CheckDefinition, Validator, Workspace } from "../domain/plugin.ts";
import type { Reading } from "../domain/reading.ts";
import { isApart } from "./shared/apart.ts";
import { cargoFindings, RUST } from "./shared/cargo-findings.ts";
import { findWorkspaces, usesClippy } from "./shared/cargo-projects.ts";
import { buildFault, cargoOutput, isFault, lacksKeepGoing, runCargo } from "./shared/cargo-run.ts";
import { commonOptions } from "./shared/options.ts";
import { fault, lastWords } from "./shared/outcome.ts";

const options = {
  manifests: z.array(z.string().min(1)).min(1).default(["Cargo.toml"]).describe("Paths of the workspaces' Cargo.toml files."),
  clippy: z.boolean().default(false).describe("Run `cargo clippy` in place of `cargo check`."),
  allTargets: z.boolean().default(true).describe("Check tests, examples and benchmarks, too (`--all-targets`)."),
  arguments: z.array(z.string().regex(/^-/)).default([]).describe("Further options of cargo's, such as `--all-features`."),
};

/** What a check learns from its first reading. */
interface Learnt {
  keepsGoing: boolean;
}

type Part = { readonly findings: readonly Finding[]; readonly reached: Readonly<Record<string, number>>; readonly durationMs: number };

async function read(definition: CheckDefinition, learnt: Learnt, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const asked = z.object({ ...commonOptions, ...options }).parse(definition);
  const parts: Part[] = [];
  for (const manifest of asked.manifests) {
    const part = await readOne(definition.name, { ...asked, manifest, learnt, signal }, workspace);
    if ("kind" in part) return part;
    parts.push(part);
  }
  // Packages of two workspaces are told twice.
  const findings = new Map(parts.flatMap((part) => part.findings).map((one) => [JSON.stringify([one.key, one.at]), one]));
  const reached = Object.assign({}, ...parts.map((part) => part.reached)) as Part["reached"];
  const durationMs = parts.reduce((sum, part) => sum + part.durationMs, 0);
  return { kind: "read", check: definition.name, findings: [...findings.values()], reached, durationMs };
}

interface Asked {
  readonly manifest: string;
  readonly clippy: boolean;
  readonly allTargets: boolean;
  readonly arguments: readonly string[];
  readonly timeoutMs: number;
  readonly network: boolean;
  readonly learnt: Learnt;
  readonly signal: AbortSignal | undefined;
}

async function readOne(check: string, asked: Asked, workspace: Workspace): Promise<Part | Reading> {
  const { manifest, learnt } = asked;
  let outcome = await runCargo(workspace, { ...asked, argv: argvOf(asked) });
  if (learnt.keepsGoing && lacksKeepGoing(outcome)) {
    learnt.keepsGoing = false;
    outcome = await runCargo(workspace, { ...asked, argv: argvOf(asked) });
  }
  const output = cargoOutput(check, outcome);
  if (isFault(output)) return output;
  const failure = buildFault(check, outcome);
  if (failure) return failure;
  const folder = posix.dirname(manifest) === "." ? "" : posix.dirname(manifest);
  const { errors, ...found } = await cargoFindings(output, { check, workspace, folder });
  if (output.success !== (errors === 0)) return fault("unreadable", check, lastWords(outcome), outcome.durationMs);
  return { ...found, durationMs: outcome.durationMs };
}

/** One job at a time where cargo stops at the first crate with errors: then it is always the same one. */
function argvOf({ manifest, clippy, allTargets, arguments: more, learnt }: Asked): string[] {
  const forms = ["--workspace", ...(allTargets ? ["--all-targets"] : []), ...(learnt.keepsGoing ? ["--keep-going"] : ["--jobs", "1"])];
  return ["cargo", clippy ? "clippy" : "check", "--manifest-path", manifest, ...forms, "--message-format=json", ...more];
}

export const validator: Validator = {
  name: "cargo",
  summary: "Checks Rust workspaces with `cargo check` or `cargo clippy`, and collects the fixes that rustc and clippy suggest.",
  protects: ["**/Cargo.toml", "**/Cargo.lock", "**/clippy.toml", "**/.clippy.toml", "**/rust-toolchain", "**/rust-toolchain.toml", "**/.cargo/config*"],
  program: { version: ["cargo", "--version"], install: "install Rust: https://rustup.rs" },
  options,
  async detect(project) {
    const manifests = findWorkspaces(project);
    if (manifests.length === 0) return [];
    return [{ name: "cargo", use: "cargo", manifests, ...((await usesClippy(project)) && { clippy: true }) }];
  },
  create(definition) {
    const learnt: Learnt = { keepsGoing: true };
    return {
      definition,
      expense: 2,
      deterministic: true,
      read: (workspace, signal) => read(definition, learnt, workspace, signal),
      isApart: (finding, change) => isApart(finding, change, RUST),
    };
  },
};
