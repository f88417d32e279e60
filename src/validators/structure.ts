/**
 * Rules of a project's structure, as data: files that must be there or must not, what they must contain, and imports that
 * are banned. A rule that names a template offers the missing file, made from the template's text in the base; the
 * proposer `tool-fix` takes it from there. Nothing of the project is run.
 */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { categoryOf } from "../domain/categories.ts";
import { finding, type Finding, type Fix } from "../domain/finding.ts";
import type { CheckDefinition, Project, Validator, Workspace } from "../domain/plugin.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import type { Reading } from "../domain/reading.ts";
import { version } from "../system/version.ts";
import { commonOptions } from "./shared/options.ts";
import { codeOf, fault, faultOf, lastWords } from "./shared/outcome.ts";
import { isOutside } from "./shared/paths.ts";
import { fromTemplate } from "./shared/template.ts";
import { answer, rule, type Broken, type Rule } from "./workers/structure/protocol.ts";

const WORKER = fileURLToPath(new URL(`./workers/structure.worker${import.meta.url.slice(-3)}`, import.meta.url));

/** A pattern that does not come to its end is not given the time of a whole test run. */
const MAX_TIMEOUT_MS = 60_000;

const options = {
  rules: z
    .array(rule)
    .min(1)
    .max(1_000)
    .describe(
      "Each is one of `{ mustExist, forEach?, template? }`, `{ mustNotExist }`, `{ files, mustContain }`, `{ files, mustMatch }`, `{ from, mustNotImport }`, with `why` for people. Paths are globs from the root.",
    ),
};

async function read(definition: CheckDefinition, workspace: Workspace, signal?: AbortSignal): Promise<Reading> {
  const { name } = definition;
  const { rules, timeoutMs } = z.object({ ...commonOptions, ...options }).parse(definition);
  const stdin = JSON.stringify({ root: workspace.root, rules });
  const outcome = await workspace.run({ argv: [process.execPath, WORKER], stdin, timeoutMs: Math.min(timeoutMs, MAX_TIMEOUT_MS), ...(signal && { signal }) });
  const { durationMs, truncated } = outcome;
  const failure = faultOf(name, outcome);
  if (failure) return failure;
  if (codeOf(outcome) !== 0) return fault("crashed", name, lastWords(outcome), durationMs);
  const seen = truncated ? undefined : brokenIn(outcome.stdout);
  if (!seen) return fault("unreadable", name, lastWords(outcome), durationMs);
  return { kind: "read", check: name, findings: seen.flatMap((one) => toFinding(name, rules[one.rule], one) ?? []), durationMs };
}

function brokenIn(text: string): readonly Broken[] | undefined {
  try {
    return answer.parse(JSON.parse(text)).broken;
  } catch {
    return undefined;
  }
}

function toFinding(by: string, broken: Rule | undefined, { file, line, subject }: Broken): Finding | undefined {
  if (!broken) return undefined;
  const [code, message] = wordsOf(broken, subject);
  const fixes = "mustExist" in broken ? created(broken, file, subject) : [];
  return finding({
    by,
    tool: "structure",
    rule: code,
    category: categoryOf("structure", code),
    message: broken.why === undefined ? message : `${message} (${broken.why})`,
    at: { file, line, column: 1 },
    ...(fixes.length > 0 && { fixes }),
  });
}

function wordsOf(broken: Rule, subject = ""): [code: string, message: string] {
  if ("mustExist" in broken) return ["must-exist", subject === "" ? "This file must exist" : `This file must exist beside ${subject}`];
  if ("mustNotExist" in broken) return ["must-not-exist", "This file must not exist"];
  if ("mustContain" in broken) return ["must-contain", `This file must contain "${broken.mustContain}"`];
  if ("mustMatch" in broken) return ["must-match", `This file must match /${broken.mustMatch}/`];
  return ["must-not-import", `This file must not import ${subject}`];
}

/** Only a rule that names a template offers anything. */
function created({ template }: Extract<Rule, { mustExist: string }>, file: string, subject: string | undefined): Fix[] {
  if (typeof template !== "object" || isOutside(file) || /[*?[\]{}!]/.test(file)) return [];
  const after = fromTemplate(template.text, subject ?? file);
  return [{ title: `Create it from ${template.path}`, safety: "safe", edits: [{ file, start: 0, before: null, after }] }];
}

async function resolve(definition: CheckDefinition, project: Project): Promise<CheckDefinition> {
  const { rules } = z.object(options).parse(definition);
  return { ...definition, rules: await Promise.all(rules.map((one) => withText(one, definition.name, project))) };
}

async function withText(one: Rule, check: string, project: Project): Promise<Rule> {
  if (!("mustExist" in one) || typeof one.template !== "string") return one;
  const text = await project.readText(one.template);
  if (text === undefined) throw new Problem("template-missing", { check, file: one.template }, EXIT.config);
  return { ...one, template: { path: one.template, text } };
}

export const validator: Validator = {
  name: "structure",
  summary: "Holds the tree against rules of the configuration: files that must exist, must contain something or must not exist, and banned imports.",
  protects: [],
  program: { version: [], install: "", ownCopy: () => Promise.resolve(`stet ${version()}`) },
  options,
  detect: () => Promise.resolve([]),
  resolve,
  create: (definition) => ({
    definition,
    expense: 0,
    deterministic: true,
    read: (workspace, signal) => read(definition, workspace, signal),
  }),
};
