/** A file that is open in a server: what the server says of it, and the fixes that are of the file and not of a place. */
import type { Asked } from "./dialect.ts";
import { isAt } from "./offered.ts";
import type { TextEdit } from "./messages.ts";
import type { Offer, Request, Target } from "./protocol.ts";
import type { Server } from "./server.ts";
import type { Text } from "./text.ts";

export type Open = Request["files"][number] & { readonly text: Text };

/** What the first server says, as soon as it is what the check said. */
export async function diagnosed(servers: readonly Server[], file: string, text: Text, targets: readonly Target[]): Promise<Asked> {
  const placed = targets.filter(({ rule }) => !isOfWholeFile(rule));
  const isWanted = (found: Asked["diagnostics"]): boolean => placed.every((target) => found.some((one) => isAt(one, target)));
  const [diagnostics = []] = await Promise.all(servers.map((server) => server.diagnostics(file, isWanted)));
  return { file, text, diagnostics };
}

/** Biome's rule for files that its formatter would print otherwise. */
export const FORMAT = "format";
const ASSIST = /^assist\/source\/(\w+)$/;

function isOfWholeFile(rule: string): boolean {
  return rule === FORMAT || ASSIST.test(rule);
}

/** Biome's formatter and its assists. */
export async function wholeFileOffers(server: Server, file: string, text: Text, targets: readonly Target[]): Promise<Offer[]> {
  const offers: Offer[] = [];
  for (const { index, rule } of targets.filter((target) => isOfWholeFile(target.rule))) {
    const [title, stated] = rule === FORMAT ? [FORMAT, await server.format(file)] : await assist(server, file, text, rule);
    const edits = text.edits(file, stated ?? []);
    if (edits && edits.length > 0) offers.push({ targets: [index], title, safety: "safe", edits });
  }
  return offers;
}

async function assist(server: Server, file: string, text: Text, rule: string): Promise<[title: string, edits: readonly TextEdit[] | undefined]> {
  const kind = `source.${ASSIST.exec(rule)?.[1] ?? ""}.biome`;
  const actions = await server.actions(file, text.whole, [], kind);
  const found = actions.find((one) => one.kind === kind);
  return [found?.title ?? "", found?.edit?.changes?.[server.uri(file)]];
}
