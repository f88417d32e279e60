/**
 * Places that say that somebody has yet to decide: what is built before that is a guess. Marks in code and in comments are
 * about the mark; so is a checklist's "No [NEEDS CLARIFICATION] markers remain".
 */
import { reason, type Reason } from "../../domain/reason.ts";
import { MAX_DEPTH, type Nodes, type Source } from "./source.ts";

const MARK = /(\bno\s+)?\[NEEDS CLARIFICATION(?::\s*([^\]]*))?\]?/gi;

export function clarifications(file: string, source: Source): Reason[] {
  const found: Reason[] = [];
  const visit = (node: Nodes, depth: number): void => {
    if (node.type === "text") found.push(...inText(file, source.of(node), source.line(node)));
    else if ("children" in node && depth < 2 * MAX_DEPTH) for (const child of node.children) visit(child, depth + 1);
  };
  visit(source.root, 0);
  return found;
}

function inText(file: string, text: string, firstLine: number): Reason[] {
  return [...text.matchAll(MARK)].flatMap(([, isNegated, detail = ""], index, all) => {
    if (isNegated !== undefined) return [];
    const line = firstLine + text.slice(0, all[index]?.index).split("\n").length - 1;
    return [reason("spec", "needs-clarification", { file, line, detail: detail.trim() })];
  });
}
