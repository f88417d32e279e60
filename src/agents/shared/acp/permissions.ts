/**
 * What an ACP agent may do when it asks. Nobody is there to be asked, so the answer is a rule: what kind of thing it is, and
 * whether all that it touches stands in the worktree. The sandbox holds whoever does not ask.
 */
import type { RequestPermissionRequest, RequestPermissionResponse, ToolKind } from "@agentclientprotocol/sdk";
import { isAbsolute, relative, sep } from "node:path";

/** Not `fetch`, which brings in what nobody has looked at, nor `switch_mode`, which loosens the agent's own rules. */
export const ALLOWED_KINDS: readonly ToolKind[] = ["read", "edit", "delete", "move", "search", "execute", "think", "other"];

/** Once, and never for always: what an agent remembers of it would outlive the task. */
export function answerPermission({ options, toolCall }: RequestPermissionRequest, root: string, allowed: readonly string[]): RequestPermissionResponse {
  const isWithin = (toolCall.locations ?? []).every(({ path }) => isBelow(root, path));
  const kind = allowed.includes(toolCall.kind ?? "other") && isWithin ? "allow_once" : "reject_once";
  const option = options.find((one) => one.kind === kind) ?? options.find((one) => one.kind.startsWith("reject"));
  return { outcome: option ? { outcome: "selected", optionId: option.optionId } : { outcome: "cancelled" } };
}

/** The path as the worktree knows it; undefined where it leads out. Agents name files absolutely. */
export function pathBelow(root: string, path: string): string | undefined {
  if (!isAbsolute(path) || !isBelow(root, path)) return undefined;
  return relative(root, path).split(sep).join("/");
}

function isBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
