/** What did not land, as a comment on the pull request that asks for what did: each reason with where it applies. */
import type { Status } from "../formats/written/told.ts";
import type { RecordedFinding } from "../domain/entry.ts";
import { code, escaped } from "./markdown.ts";
import { count } from "./layout.ts";

export interface ToldFinding {
  readonly finding: Pick<RecordedFinding, "rule" | "message" | "at">;
  readonly status?: Status;
}

const MAX_LISTED = 50;
const TITLES: Readonly<Record<string, string>> = { refused: "Refused", held: "Waiting for a person", "not-tried": "Not tried" };

/** Undefined where everything has landed. */
export function refusedComment(told: readonly ToldFinding[], run: string): string | undefined {
  const open = told.filter(({ status }) => status && Object.hasOwn(TITLES, status.kind));
  if (open.length === 0) return undefined;
  const groups = [...Map.groupBy(open, ({ status }) => status?.kind ?? "")].map(([kind, own]) => [
    `**${TITLES[kind] ?? kind}: ${own.length}**`,
    "",
    ...own.slice(0, MAX_LISTED).map(line),
    ...(own.length > MAX_LISTED ? [`- and ${own.length - MAX_LISTED} more: ${code(`stet report ${run}`)}`] : []),
  ]);
  return [`${count(open.length, "finding")} did not land:`, ...groups.map((lines) => lines.join("\n"))].join("\n\n");
}

export const ALL_LANDED = "Everything that was found has landed.";

function line({ finding: { rule, message, at }, status }: ToldFinding): string {
  const place = at ? ` ${code(`${at.file}:${at.line}`)}` : "";
  return `- ${escaped(rule)}${place}: ${escaped(message.slice(0, 200))}${status && status.why !== "" ? ` — ${escaped(status.why)}` : ""}`;
}
