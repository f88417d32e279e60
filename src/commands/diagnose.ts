/** The facts that `stet doctor` tells: each is looked at for itself, so that one fault does not hide another. */
import { join } from "node:path";
import { parse } from "jsonc-parser";
import { z } from "zod";
import { EXIT, Problem } from "../domain/problem.ts";
import { foldRuns, none } from "../ledger/fold.ts";
import * as told from "../report/diagnoses.ts";
import { doctorText, type Diagnosis } from "../report/doctor.ts";
import { safeJson } from "../report/plain.ts";
import { exists, listFolder } from "../system/files.ts";
import { Git } from "../system/git.ts";
import { lock } from "../system/lock.ts";
import { packageRoot } from "../system/version.ts";
import { ContainmentFault, probeCapabilities, type Capabilities } from "../system/sandbox.ts";
import { DependencyFault } from "../trial/dependencies/fault.ts";
import type { Measure } from "../trial/measure.ts";
import { openShadow } from "../trial/shadow.ts";
import { validators } from "../validators/index.ts";
import { lookAt, type Base } from "./base.ts";
import type { Console } from "./console.ts";
import { detectEngines, meansFor } from "./engines.ts";
import type { CommonOptions } from "./options.ts";
import { preflight } from "./preflight.ts";
import { seekPrograms } from "./programs.ts";
import { openState, type State } from "./state.ts";
import { openTrial } from "./trial.ts";

/** git added `update-ref` with `--no-deref` and `worktree list --porcelain` long before; 2.30 is what is tested. */
const OLDEST_GIT = "2.30";
const OLDEST_NODE = "22.18";

export interface DoctorOptions extends CommonOptions {
  /** The remote that is asked; none where absent. */
  readonly remote?: string;
}

/** What `stet doctor` does. */
export async function showDiagnoses(options: DoctorOptions, terminal: Console): Promise<void> {
  await using state = await openState(options.cwd, { lock: false });
  const diagnoses = await diagnose(state, options, terminal);
  if (options.json) for (const one of diagnoses) terminal.print(safeJson({ type: "diagnosis", ...one }));
  else terminal.print(doctorText(diagnoses, terminal.paint));
  terminal.exit(diagnoses.some(({ ok }) => ok === "fail") ? EXIT.config : EXIT.settled);
}

async function diagnose(state: State, options: DoctorOptions, terminal: Console): Promise<Diagnosis[]> {
  const git = (await new Git().maybe(["--version"])) ?? "";
  const { sandbox } = options;
  const capabilities = await probeCapabilities({ limit: sandbox, fresh: true });
  return [
    told.tool("git", git, isAtLeast(git, OLDEST_GIT), OLDEST_GIT),
    told.tool("node", process.version, isAtLeast(process.version, OLDEST_NODE), OLDEST_NODE),
    ...capabilities.probes.map(({ name, ok, detail }) => told.probe(name, ok, detail)),
    ...told.containment(capabilities.containment, capabilities.unenforced),
    ...(await locks(state)),
    ...(await ready(state, options)),
    ...(await checks(state, options, capabilities, terminal)),
  ];
}

/** The remote is asked where it was named. */
async function ready({ repository }: State, { remote }: DoctorOptions): Promise<Diagnosis[]> {
  const { git, checkout } = repository;
  const asked = { git, remote: remote ?? "origin", asksRemote: remote !== undefined, needs: { push: false, engine: false } };
  return preflight({ ...asked, engines: detectEngines(meansFor(checkout, undefined, [])) });
}

function isAtLeast(text: string, oldest: string): boolean {
  const [, found = ""] = /(\d+\.\d+)/.exec(text) ?? [];
  return found !== "" && found.localeCompare(oldest, "en", { numeric: true }) >= 0;
}

async function locks({ repository, ledger }: State): Promise<Diagnosis[]> {
  const held = await lock(repository.stateDir);
  if (held.ok) held.release();
  const runs = [...(await foldRuns(ledger.read(none))).values()];
  const dead = held.ok ? runs.filter(({ ended }) => ended === undefined) : [];
  return [told.lockHeld(held.ok ? undefined : held.pid), told.leftovers(dead.map(({ start }) => start.run))];
}

async function checks(state: State, options: CommonOptions, capabilities: Capabilities, terminal: Console): Promise<Diagnosis[]> {
  try {
    const base = await lookAt(state.repository, options);
    const install = await missingDependencies(base, state.repository.checkout);
    const own = install === undefined ? [] : [told.dependencies(false, install)];
    if (base.checks.length === 0) return [...own, told.noChecks()];
    const held = await lock(state.repository.stateDir);
    if (!held.ok) return [...own, ...base.checks.map(({ name }) => told.notRead(name))];
    try {
      return [...own, ...(await readings(state, base, { capabilities, options, terminal, install }))];
    } finally {
      held.release();
    }
  } catch (error) {
    const problem = error instanceof ContainmentFault ? new Problem(error.code, { detail: error.detail }, EXIT.config) : error;
    if (problem instanceof Problem && problem.exitCode === EXIT.config) return [told.obstacle(problem)];
    throw error;
  }
}

interface Means {
  readonly capabilities: Capabilities;
  readonly options: CommonOptions;
  readonly terminal: Console;
  readonly install: string | undefined;
}

async function readings({ repository }: State, base: Base, { capabilities, options, terminal, install }: Means): Promise<Diagnosis[]> {
  const shadow = await openShadow(repository);
  const listen = await terminal.listener({ ...options, json: false });
  const { measure } = openTrial({ repository, base, shadow, capabilities, listen, signal: terminal.signal, run: "doctor", passEnv: options.passEnv, prepareNetwork: options.prepareNetwork });
  const found = await measure.baseline(base.tree);
  const folder = join(shadow.folder, "readings");
  const { detected } = base;
  return [
    ...(await programs(base, measure)),
    ...found.map((reading) => {
      const use = base.checks.find(({ name }) => name === reading.check)?.use ?? "";
      return told.baseReading(reading, { use, detected }, install);
    }),
    told.keptReadings((await listFolder(folder)).length, folder),
  ];
}

/** None where the tree that they would stand in cannot be had; the checks' own lines say so then. */
async function programs({ checks: definitions, project, tree }: Base, measure: Measure): Promise<Diagnosis[]> {
  try {
    const workspace = await measure.workspace(tree);
    const sought = await seekPrograms(validators, definitions, project, workspace);
    measure.soil();
    return sought.map((one) => told.program(one, { root: workspace.root, own: packageRoot() }));
  } catch (error) {
    if (error instanceof DependencyFault) return [];
    throw error;
  }
}

/** Each package manager's command, by its lockfile. */
const INSTALLERS: Readonly<Record<string, string>> = {
  "package-lock.json": "npm ci",
  "npm-shrinkwrap.json": "npm ci",
  "pnpm-lock.yaml": "pnpm install --frozen-lockfile",
  "yarn.lock": "yarn install",
  "bun.lock": "bun install",
  "bun.lockb": "bun install",
};

const needs = z.object({ dependencies: z.looseObject({}).default({}), devDependencies: z.looseObject({}).default({}) });

/** The command that installs what the root's package.json asks for, where nothing is installed. */
async function missingDependencies({ project }: Base, checkout: string): Promise<string | undefined> {
  const manifest = needs.safeParse(parse((await project.readText("package.json")) ?? "")).data;
  const asked = { ...manifest?.dependencies, ...manifest?.devDependencies };
  if (Object.keys(asked).length === 0 || (await exists(join(checkout, "node_modules")))) return undefined;
  return Object.entries(INSTALLERS).find(([lockfile]) => project.files.includes(lockfile))?.[1] ?? "npm install";
}
