/** What go says, as findings: places and fixes by the files as they are. Never edits a file outside of the repository. */
import { categoryOf } from "../../domain/categories.ts";
import { finding, type Finding, type Fix } from "../../domain/finding.ts";
import type { Workspace } from "../../domain/plugin.ts";
import type { GoDiagnostic, GoFix } from "./go-output.ts";
import { goRule } from "./go-rules.ts";
import { repositoryPath, withoutRoot } from "./paths.ts";
import { columnAt, fromBytes } from "./utf8-places.ts";

/** The compiler before the analyzers. */
export const STAGES = { compiling: 0, analyzing: 1 } as const;

export async function goFinding(one: GoDiagnostic, by: string, cwd: string, workspace: Workspace): Promise<Finding> {
  const file = repositoryPath(workspace.root, cwd, one.file);
  const text = file.startsWith("../") ? undefined : await workspace.readText(file);
  const rule = goRule(one);
  const fixes = await fixesOf(one.fixes, cwd, workspace);
  const stage = one.analyzer === undefined ? STAGES.compiling : STAGES.analyzing;
  return finding({
    by,
    tool: "go",
    rule,
    category: categoryOf("go", rule),
    message: withoutRoot(workspace.root, one.message),
    at: { file, line: one.line, column: columnAt(text?.split("\n")[one.line - 1], one.column) },
    depth: { area: one.area, stage },
    ...(fixes.length > 0 && { fixes }),
  });
}

/** Analyzers state no grade for what they suggest, so it is unsafe. */
async function fixesOf(suggested: readonly GoFix[], cwd: string, workspace: Workspace): Promise<Fix[]> {
  const fixes: Fix[] = [];
  for (const { message, edits } of suggested) {
    const made = await Promise.all(
      edits.map(async ({ filename, start, end, new: after }) => {
        const file = repositoryPath(workspace.root, cwd, filename);
        const text = file.startsWith("../") ? undefined : await workspace.readText(file);
        const place = text === undefined ? undefined : fromBytes(text);
        const [from, to] = [place?.(start), place?.(end)];
        return text === undefined || from === undefined || to === undefined ? [] : [{ file, start: from, before: text.slice(from, to), after }];
      }),
    );
    if (made.every((edit) => edit.length > 0) && made.length > 0) fixes.push({ title: message, safety: "unsafe", edits: made.flat() });
  }
  return fixes;
}
