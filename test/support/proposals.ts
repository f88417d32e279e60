/** For tests of proposers: real findings from the real compiler and linter, and proposals put on the real files. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { applyEdits } from "../../src/domain/edit.ts";
import { finding, type Finding, type Fix } from "../../src/domain/finding.ts";
import type { Asking, CheckDefinition, Proposer, Validator, Workspace } from "../../src/domain/plugin.ts";
import { filesOf, type Proposal } from "../../src/domain/proposal.ts";
import { isRead } from "../../src/domain/reading.ts";
import { validator as biome } from "../../src/validators/biome.ts";

/** What `tsc -p <project>` says, project by project. */
export async function compilerFindings(workspace: Workspace, projects: readonly string[] = ["."]): Promise<Finding[]> {
  const compiler = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc");
  const found: Finding[] = [];
  for (const project of projects) {
    const argv = [process.execPath, compiler, "-p", project, "--pretty", "false", "--noEmit"];
    const { stdout } = await workspace.run({ argv, timeoutMs: 60_000 });
    for (const match of stdout.matchAll(/^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/gm)) {
      const [, file = "", line, column, rule = "", message = ""] = match;
      found.push(finding({ by: "tsc", rule, category: "other", message, at: { file, line: Number(line), column: Number(column) } }));
    }
  }
  return found;
}

interface LintMessage {
  ruleId: string;
  message: string;
  line: number;
  column: number;
  fix?: LintFix;
  suggestions?: { desc: string; fix: LintFix }[];
}
interface LintFix {
  range: [number, number];
  text: string;
}

/** What the project's ESLint says, with its fixes (safe) and suggestions (unsafe). */
export async function lintFindings(workspace: Workspace): Promise<Finding[]> {
  const { stdout } = await workspace.run({ argv: ["eslint", "--format=json", "."], timeoutMs: 60_000 });
  const results = JSON.parse(stdout) as { filePath: string; messages: LintMessage[] }[];
  return results.flatMap(({ filePath, messages }) => {
    const file = relative(workspace.root, filePath);
    const text = readFileSync(filePath, "utf8");
    const toFix = (title: string, safety: Fix["safety"], { range: [start, end], text: after }: LintFix): Fix => {
      return { title, safety, edits: [{ file, start, before: text.slice(start, end), after }] };
    };
    return messages.map(({ ruleId, message, line, column, fix, suggestions = [] }) => {
      const fixes = [
        ...(fix ? [toFix("fix", "safe", fix)] : []),
        ...suggestions.map((one) => toFix(one.desc, "unsafe", one.fix)),
      ];
      return finding({ by: "eslint", tool: "eslint", rule: ruleId, category: "other", message, at: { file, line, column }, fixes });
    });
  });
}

/** What the project's Biome says of `src`. */
export function biomeFindings(workspace: Workspace): Promise<Finding[]> {
  return checkFindings(biome, workspace);
}

/** What a check of this kind says of `src`. */
export async function checkFindings(validator: Validator, workspace: Workspace, options: Partial<CheckDefinition> = {}): Promise<Finding[]> {
  const reading = await validator.create({ name: validator.name, use: validator.name, paths: ["src"], ...options }).read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  return [...reading.findings];
}

export async function collect(
  proposer: Proposer,
  findings: readonly Finding[],
  workspace: Workspace,
  signal?: AbortSignal,
  asking: Asking = {},
): Promise<Proposal[]> {
  const proposals: Proposal[] = [];
  for await (const offer of proposer.propose(findings, workspace, { ...asking, ...(signal && { signal }) })) {
    if (!("declined" in offer)) proposals.push(offer);
  }
  return proposals;
}

/** The files as the proposal leaves them; fails the test when an edit does not fit. */
export async function applied(proposal: Proposal, workspace: Workspace): Promise<Record<string, string | null>> {
  const after: Record<string, string | null> = {};
  for (const file of filesOf(proposal.edits)) {
    const text = (await workspace.readText(file)) ?? null;
    const result = applyEdits(text, proposal.edits.filter((edit) => edit.file === file));
    assert.ok(result.ok, `${proposal.title}: ${JSON.stringify(result)}`);
    assert.notEqual(result.text, text, `${proposal.title} changes nothing in ${file}`);
    after[file] = result.text;
  }
  return after;
}

/** Every file below a folder but its dependencies, with its bytes and times. */
export function snapshot(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !path.includes("node_modules"));
  return Object.fromEntries(
    paths.map((path) => [relative(root, path), `${statSync(path).mtimeMs} ${readFileSync(path, "base64")}`]),
  );
}
