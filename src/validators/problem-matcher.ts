/**
 * Any command whose lines tell of problems, read by regular expressions: GitHub's problem matchers, inline or from a file
 * of the base. A command that ends well and prints no such line has found nothing; one that fails and prints none has not
 * said why, and could not tell. Patterns are data from a configuration, so their time is bounded, whatever they do.
 */
import { posix } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { categoryOf } from "../domain/categories.ts";
import { finding, type Finding } from "../domain/finding.ts";
import type { CheckDefinition, Outcome, Project, Validator, Workspace } from "../domain/plugin.ts";
import { EXIT, Problem as Fault } from "../domain/problem.ts";
import type { Reading } from "../domain/reading.ts";
import { systemClock } from "../system/clock.ts";
import { CI, commonOptions, environmentOption, folderOption, runOption } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords } from "./shared/outcome.ts";
import { repositoryPath, withoutRoot } from "./shared/paths.ts";
import { matchersSchema, type Matcher } from "./shared/problem-matcher.ts";
import { ProblemReader, type Problem } from "./shared/problem-reader.ts";
import { TimeLimit } from "./shared/time-limit.ts";

const SEVERITIES = ["error", "warning", "notice"] as const;

const options = {
  run: runOption.describe("The command's words."),
  cwd: folderOption,
  env: environmentOption,
  matcher: z
    .union([z.string().min(1), matchersSchema])
    .describe("A problem matcher as GitHub has it, a list of them, or the path of a file with them: `{ \"pattern\": { \"regexp\": \"^(?<file>[^:]+):(?<line>\\\\d+): (?<message>.*)$\" } }`."),
  codes: z.array(z.int().min(0).max(255)).min(1).default([0, 1]).describe("Exit codes with which the command has done its work; any other is a crash."),
  least: z.enum(SEVERITIES).default("warning").describe("The least severity that counts as a finding."),
};

/** In UTF-16 code units. What is longer is no line for people; its beginning is read. */
const MAX_LINE_LENGTH = 4_000;
const CHUNK_LINES = 500;
const CHUNK_LIMIT_MS = 1_000;
/** For all lines together: a hundred thousand take less than a second. */
const LIMIT_MS = 20_000;

async function read(definition: CheckDefinition, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const { name } = definition;
  const { run, cwd, env, matcher, codes, least, timeoutMs, network } = z.object({ ...commonOptions, ...options }).parse(definition);
  if (typeof matcher === "string") throw new Error("a matcher's file is read before the check is made");
  const outcome = await workspace.run({ argv: run, cwd, env: { ...CI, ...env }, timeoutMs, network, ...(signal && { signal }) });
  const { durationMs, truncated } = outcome;
  const failure = faultOf(name, outcome);
  if (failure) return failure;
  if (!codes.includes(codeOf(outcome))) return fault("crashed", name, lastWords(outcome), durationMs);
  const problems = truncated ? undefined : await problemsIn(outcome, matcher, signal);
  const isMute = codeOf(outcome) !== 0 && problems?.length === 0;
  if (!problems || isMute) return fault("unreadable", name, lastWords(outcome), durationMs);
  const findings = problems.filter((one) => severityOf(one) <= SEVERITIES.indexOf(least)).map((one) => toFinding(name, workspace.root, cwd, one));
  return { kind: "read", check: name, findings, durationMs };
}

/** Undefined where the patterns take too long. */
async function problemsIn({ stdout, stderr }: Outcome, matchers: readonly Matcher[], signal?: AbortSignal): Promise<Problem[] | undefined> {
  const lines = [stdout, stderr].flatMap((text) => text.split(/\r?\n/));
  const [reader, limit, problems] = [new ProblemReader(matchers), new TimeLimit(), [] as Problem[]];
  const end = systemClock.now() + LIMIT_MS;
  for (let at = 0; at < lines.length; at += CHUNK_LINES) {
    const chunk = lines.slice(at, at + CHUNK_LINES).map((line) => stripVTControlCharacters(line.slice(0, MAX_LINE_LENGTH)));
    const found = systemClock.now() < end ? limit.run(() => reader.read(chunk), CHUNK_LIMIT_MS) : undefined;
    if (!found) return undefined;
    for (const one of found.value) problems.push(one);
    await setImmediate(undefined, signal && { signal });
  }
  return problems;
}

function severityOf({ severity }: Problem): number {
  if (/^(?:warn|w$)/.test(severity)) return SEVERITIES.indexOf("warning");
  return /^(?:notice|note|info|hint|debug|help)/.test(severity) ? SEVERITIES.indexOf("notice") : SEVERITIES.indexOf("error");
}

function toFinding(by: string, root: string, cwd: string, { owner, file, fromPath, line = 1, column = 1, code, message }: Problem): Finding {
  const path = fromPath !== undefined && file !== undefined && !posix.isAbsolute(file) ? posix.join(posix.dirname(fromPath), file) : file;
  return finding({
    by,
    ...(owner !== undefined && { tool: owner }),
    rule: code ?? owner ?? "problem",
    category: categoryOf(owner ?? "", code ?? ""),
    message: withoutRoot(root, message),
    ...(path !== undefined && { at: { file: repositoryPath(root, cwd, path), line, column } }),
  });
}

async function resolve(definition: CheckDefinition, project: Project): Promise<CheckDefinition> {
  const { matcher } = definition;
  if (typeof matcher !== "string") return definition;
  const read = matchersSchema.safeParse(json((await project.readText(matcher)) ?? ""));
  if (!read.success) throw new Fault("matcher-unreadable", { check: definition.name, file: matcher }, EXIT.config);
  return { ...definition, matcher: read.data };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const validator: Validator = {
  name: "problem-matcher",
  summary: "Runs any command and reads the problems that its lines tell of, by regular expressions as GitHub's problem matchers have them.",
  protects: [],
  options,
  detect: () => Promise.resolve([]),
  resolve,
  create: (definition) => ({
    definition,
    expense: 4,
    deterministic: false,
    read: (workspace, signal) => read(definition, workspace, signal),
  }),
};
