/** What the safe fixes of a file make of it, pass after pass; formatted where it was before, or where that was wrong. */
import type { Dialect } from "./dialect.ts";
import { toOffers, type Offered } from "./offered.ts";
import type { Offer, StatedEdit } from "./protocol.ts";
import { Text } from "./text.ts";
import type { Server } from "./server.ts";
import { diagnosed, FORMAT, formatted, type Open } from "./whole-file.ts";

/** As many as ESLint makes. */
const MAX_PASSES = 10;

export async function inPasses(dialect: Dialect, servers: readonly Server[], open: Open): Promise<Offer[]> {
  const { file, text, targets } = open;
  const isFormatted = await mayBeFormatted(servers[0], open);
  const settled = new Set<number>();
  let now = text;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const wanted = pass === 0 ? targets : [];
    const safe = (await dialect.offered(servers, await diagnosed(servers, file, now, wanted))).filter(({ safety }) => safety === "safe");
    for (const index of toOffers(safe, wanted).flatMap((offer) => offer.targets)) settled.add(index);
    const next = now.with(sideBySide(safe));
    if (next === undefined || next === now.text) break;
    now = new Text(next);
    await Promise.all(servers.map((server) => server.change(file, next, pass + 2)));
  }
  const after = isFormatted && now !== text ? await formatted(servers[0], file, now) : now.text;
  if (settled.size === 0 || after === text.text) return [];
  const edits = [{ file, start: 0, before: text.text, after }];
  return [{ targets: [...settled], title: "all safe fixes in passes", safety: "safe", edits }];
}

/** Whether it was before, or its not being so is what is to be settled. */
async function mayBeFormatted(server: Server | undefined, { file, targets }: Open): Promise<boolean> {
  return targets.some(({ rule }) => rule === FORMAT) || (await server?.format(file))?.length === 0;
}

/** The edits of as many offers as do not touch one another, earlier ones first. */
function sideBySide(offered: readonly Offered[]): StatedEdit[] {
  const taken: StatedEdit[] = [];
  const clashes = (edit: StatedEdit): boolean =>
    taken.some((one) => edit.start <= one.start + one.before.length && one.start <= edit.start + edit.before.length);
  for (const { edits } of offered) if (!edits.some(clashes)) taken.push(...edits);
  return taken;
}
