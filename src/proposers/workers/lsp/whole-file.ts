/** A file that is open in a server: what the server says of it, and the fixes that are of the file and not of a place. */
import type { Asked } from "./dialect.ts";
import { isAt } from "./offered.ts";
import type { TextEdit } from "./messages.ts";
import type { Offer, Request, StatedEdit, Target } from "./protocol.ts";
import type { Server } from "./server.ts";
import { Text } from "./text.ts";

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

/** A fix in a file that is formatted comes with what the formatter makes of it: where formatting is checked, it would be a new finding. */
export async function keptFormatted(server: Server, { file, text }: Open, offers: readonly Offer[]): Promise<readonly Offer[]> {
  if (offers.length === 0 || (await server.format(file))?.length !== 0) return offers;
  const kept: Offer[] = [];
  for (const [index, offer] of offers.entries()) {
    const fixed = text.with(offer.edits);
    if (fixed === undefined) continue;
    await server.change(file, fixed, index + 2);
    const after = await formatted(server, file, new Text(fixed));
    kept.push(after === fixed ? offer : { ...offer, edits: [whatDiffers(file, text.text, after)] });
  }
  await server.change(file, text.text, offers.length + 2);
  return kept.filter(({ edits }) => edits.some(({ before, after }) => before !== after));
}

/** The text as the server formats it; as it is where the server does not. The file must be open with that text. */
export async function formatted(server: Server | undefined, file: string, text: Text): Promise<string> {
  const edits = text.edits(file, (await server?.format(file)) ?? []);
  return (edits && text.with(edits)) ?? text.text;
}

/** One edit from the first line that differs to the last, never inside of a character. */
function whatDiffers(file: string, one: string, other: string): StatedEdit {
  const [lines, others] = [one.split(/(?<=\n)/), other.split(/(?<=\n)/)];
  const most = Math.min(lines.length, others.length);
  let head = 0;
  while (head < most && lines[head] === others[head]) head += 1;
  let tail = 0;
  while (tail < most - head && lines.at(-1 - tail) === others.at(-1 - tail)) tail += 1;
  const start = lines.slice(0, head).join("").length;
  return { file, start, before: lines.slice(head, lines.length - tail).join(""), after: others.slice(head, others.length - tail).join("") };
}
