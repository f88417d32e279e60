/**
 * Proposes what `eslint --fix` makes of a file as a whole. ESLint runs its fixes in passes, since one fix may call for
 * the next (`no-var` writes `let`, which `prefer-const` then wants as `const`): tried one by one, as `tool-fix` does,
 * the first of them would bring a new finding and be struck. So this stands a rung above it. Writes nothing: ESLint is
 * asked for its output (`--fix-dry-run`).
 */
import { isAbsolute, relative } from "node:path";
import { z } from "zod";
import type { Finding } from "../domain/finding.ts";
import type { Proposer, Workspace } from "../domain/plugin.ts";
import { proposalMaker, titleOf } from "./shared/candidate.ts";
import { editsBetween } from "./shared/difference.ts";
import { ProposerFault } from "./shared/fault.ts";

const TIMEOUT_MS = 600_000;
/** Files named in one call; argument lists have a limit of their own. */
const FILES_AT_ONCE = 200;

const Report = z.array(z.object({ filePath: z.string(), output: z.string().optional() }));

export const proposer: Proposer = {
  name: "eslint-fix",
  summary: "Proposes what ESLint's own passes of fixes make of a whole file, where single fixes call for one another.",
  rung: 1,
  async *propose(findings, workspace, { signal } = {}) {
    const byFile = Map.groupBy(findings.filter(isFixable), ({ at }) => at?.file ?? "");
    const make = proposalMaker(proposer.name, workspace.tree, proposer.rung);
    const files = [...byFile.keys()].filter((file) => file !== "");
    for (let from = 0; from < files.length; from += FILES_AT_ONCE) {
      const outputs = await fixed(workspace, files.slice(from, from + FILES_AT_ONCE), signal);
      for (const [file, output] of outputs) {
        const text = await workspace.readText(file);
        if (text === undefined) continue;
        const title = titleOf("eslint", file, "all fixes in passes");
        const made = make({ findings: byFile.get(file) ?? [], title, safety: "safe", edits: await editsBetween(file, text, output) });
        if (made) yield made;
      }
    }
  },
};

/** Suggestions are not part of `--fix`. */
function isFixable({ tool, fixes }: Finding): boolean {
  return tool === "eslint" && (fixes ?? []).some(({ safety }) => safety === "safe");
}

async function fixed(
  workspace: Workspace,
  files: readonly string[],
  signal: AbortSignal | undefined,
): Promise<[file: string, output: string][]> {
  const argv = ["eslint", "--fix-dry-run", "--format", "json", "--", ...files];
  const { ended, stdout, stderr } = await workspace.run({ argv, timeoutMs: TIMEOUT_MS, ...(signal ? { signal } : {}) });
  if (ended.kind !== "exited" || ended.code > 1) throw new ProposerFault(proposer.name, "crashed", stderr.slice(-2_000));
  return parse(stdout).flatMap(({ filePath, output }) => {
    const file = isAbsolute(filePath) ? relative(workspace.root, filePath).split("\\").join("/") : filePath;
    return output === undefined || !files.includes(file) ? [] : [[file, output] as [string, string]];
  });
}

function parse(stdout: string): z.infer<typeof Report> {
  try {
    return Report.parse(JSON.parse(stdout));
  } catch {
    throw new ProposerFault(proposer.name, "unreadable", stdout.slice(0, 500));
  }
}
