/** How to go on with a run that did not come to its end, as a command that can be typed or copied. */
import type { RunEntry } from "../domain/entry.ts";
import { oneLine } from "./plain.ts";
import type { ReportedRun } from "./run.ts";

/** `stet` and its arguments. Hostile text: they may come from a ledger that somebody else wrote. */
export function resumeArguments({ command, run, asked, dryRun }: Pick<RunEntry, "command" | "run" | "asked" | "dryRun">): string[] {
  const { allow = [], allowPath = [], models = [], agent } = asked ?? {};
  const each = (option: string, values: readonly string[]): string[] => values.flatMap((value) => [option, value]);
  return [
    ...["stet", command, "--resume", run, ...(dryRun ? ["--dry-run"] : [])],
    ...[...each("--allow", allow), ...each("--allow-path", allowPath), ...each("--model", models), ...each("--agent", agent === undefined ? [] : [agent])],
  ];
}

/** One line for a shell; undefined for a run that has nothing to go on with. */
export function resumeLine(run: ReportedRun): string | undefined {
  return isResumable(run) ? resumeArguments(run.start).map(quoted).join(" ") : undefined;
}

/** A repair that did not come to its end, or ended before it was through: interrupted, failed, out of time or providers. */
export function isResumable({ start, ended, undone }: ReportedRun): boolean {
  return start.command === "repair" && !undone && (ended?.status !== "finished" || ended.reasons.length > 0);
}

/** Plain words stand as they are; the rest between single quotes, as POSIX shells read them. */
export function quoted(word: string): string {
  const safe = oneLine(word, 300);
  return /^[\w@%+=:,./-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`;
}
