/**
 * go test, read for its inventory through its own events. `go vet` is a check of its own (`go-vet`), so the part of it that
 * go test would run is left out. A package that does not compile is a finding `suite`; what its tests would have said lies
 * behind it.
 */
import { posix } from "node:path";
import { z } from "zod";
import { finding, type Finding } from "../domain/finding.ts";
import type { CheckDefinition, Validator, Workspace } from "../domain/plugin.ts";
import { isRead, type Inventory, type Reading } from "../domain/reading.ts";
import { parseGoEvents, type GoTests } from "./shared/go-events.ts";
import { MODULE_MISSING } from "./shared/go-rules.ts";
import { findModules, runGo } from "./shared/go-run.ts";
import { commonOptions, folderOption } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords } from "./shared/outcome.ts";
import { readingOfTests, type SeenTest } from "./shared/tests.ts";

const options = {
  modules: z.array(folderOption).min(1).default([""]).describe("Folders of the modules, relative to the root."),
  arguments: z.array(z.string().regex(/^-(?!-$)/)).default([]).describe("Further options of go's, such as `-race`."),
};

const STAGES = { compiling: 0, running: 1 } as const;
const CODES: readonly number[] = [0, 1, 2];

async function read(definition: CheckDefinition, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const { name: check } = definition;
  const { modules, arguments: more, timeoutMs, network } = z.object({ ...commonOptions, ...options }).parse(definition);
  const findings: Finding[] = [];
  const [inventory, reached]: [Record<string, Inventory[string]>, Record<string, number>] = [{}, {}];
  let durationMs = 0;
  for (const cwd of modules) {
    const argv = ["go", "test", "-vet=off", "-json", ...more, "./..."];
    const outcome = await runGo(workspace, { argv, cwd, timeoutMs, network, signal });
    durationMs += outcome.durationMs;
    const failure = faultOf(check, outcome);
    if (failure) return { ...failure, durationMs };
    const code = codeOf(outcome);
    if (code !== 0 && MODULE_MISSING.test(outcome.stderr)) return fault("missing", check, outcome.stderr, durationMs);
    if (!CODES.includes(code)) return fault("crashed", check, lastWords(outcome), durationMs);
    const seen = outcome.truncated ? undefined : parseGoEvents(outcome.stdout);
    const hasNone = code === 0 && /matched no packages|no packages to test/.test(outcome.stderr);
    if (!seen || (seen.packages.length === 0 && !hasNone)) return fault("unreadable", check, lastWords(outcome), durationMs);
    const reading = readingOf(check, seen, cwd, await modulePath(cwd, workspace), { code, durationMs });
    if (!isRead(reading)) return reading;
    findings.push(...reading.findings);
    Object.assign(inventory, reading.inventory);
    Object.assign(reached, reading.reached);
  }
  return { kind: "read", check, findings, inventory, reached, durationMs };
}

async function modulePath(cwd: string, workspace: Workspace): Promise<string> {
  const text = (await workspace.readText(posix.join(cwd, "go.mod"))) ?? "";
  return /^module\s+"?([^\s"]+)/m.exec(text)?.[1] ?? "";
}

function readingOf(check: string, seen: GoTests, cwd: string, module: string, { code, durationMs }: { code: number; durationMs: number }): Reading {
  const { tests, unbuilt, failed, packages } = seen;
  const folderOf = (name: string): string => posix.join(cwd, name.slice(module.length + 1));
  const reached = Object.fromEntries(packages.map((name) => [name, unbuilt.includes(name) ? STAGES.compiling : STAGES.running]));
  const broken = unbuilt.map((name) => suite(check, name, STAGES.compiling));
  const dead = failed.map((name) => suite(check, name, STAGES.running));
  const names = new Set(tests.filter(({ status }) => status === "failed").map((one) => `${one.package}\0${one.name}`));
  const shown = tests.map((one): SeenTest => {
    const isOuter = [...names].some((name) => name.startsWith(`${one.package}\0${one.name}/`));
    const at = one.at && { file: posix.join(folderOf(one.package), one.at.file), line: one.at.line, column: 1 };
    return { names: [one.package, ...one.name.split("/")], status: one.status, ...(at && { at }), ...(isOuter && { derived: true }) };
  });
  const suites = [...broken, ...dead];
  if (tests.length === 0) {
    const none: Reading = { kind: "read", check, findings: suites, inventory: {}, reached, durationMs };
    return code === 0 || suites.length > 0 ? none : fault("unreadable", check, "no tests ran", durationMs);
  }
  const reading = readingOfTests(check, { tests: shown, broken: [] }, suites.length > 0 ? 0 : code, durationMs);
  if (!isRead(reading)) return reading;
  const own = reading.findings.map((one): Finding => ({ ...one, depth: { area: one.message.split(" > ")[0] ?? "", stage: STAGES.running } }));
  return { ...reading, findings: [...own, ...suites], reached };
}

function suite(by: string, area: string, stage: number): Finding {
  return finding({ by, rule: "suite", category: "other", message: area, depth: { area, stage } });
}

export const validator: Validator = {
  name: "go-test",
  summary: "Runs the tests of Go modules with `go test` and reads which of them passed, failed and were skipped.",
  protects: ["**/go.mod", "**/go.sum", "**/*_test.go"],
  program: { version: ["go", "version"], install: "install Go: https://go.dev/dl" },
  options,
  detect(project) {
    const modules = findModules(project);
    return Promise.resolve(modules.length > 0 ? [{ name: "go-test", use: "go-test", modules }] : []);
  },
  create: (definition) => ({
    definition,
    expense: 5,
    deterministic: false,
    read: (workspace, signal) => read(definition, workspace, signal),
  }),
};
