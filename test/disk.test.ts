/**
 * A disk that is full or read-only ends a run with 74 and one line, wherever the room runs out: in the cache, in the
 * ledger, or among the user's objects while it lands. Nothing of the user's has changed; with room, the same command
 * does what was asked.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pagesIn, withLittleRoom } from "./support/full-disk.ts";
import { inLanes, THREE_FILES, undisturbed, Victim, type Outcome } from "./support/victim.ts";

const expected = undisturbed(THREE_FILES);

interface Place {
  readonly place: "cache" | ".stet" | ".git/objects";
  /** Pages of room; of what a whole run needs where it is a fraction. */
  readonly room: number | "read-only";
}

async function assertTold({ place, room }: Place, outcome: Outcome, pages: number): Promise<void> {
  using victim = new Victim(THREE_FILES);
  const folder = place === "cache" ? victim.cache : join(victim.root, place);
  const used = pagesIn(folder);
  const { first, second } = await withLittleRoom(victim, folder, room === "read-only" ? room : used + Math.ceil(room < 1 ? room * pages : room));
  assert.equal(first.code, 74, first.stderr);
  assert.match(first.stderr, room === "read-only" ? /^stet: The disk is read-only: .*\n$/ : /^stet: The disk is full: .*\n$/);
  assert.deepEqual(await victim.outcome(second.code), outcome, second.stderr);
}

/** How many pages a run leaves in the cache; while it runs it needs more. */
async function pagesOfCache(): Promise<number> {
  using victim = new Victim(THREE_FILES);
  await victim.run();
  return pagesIn(victim.cache);
}

const PLACES: readonly Place[] = [
  ...[0.01, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95].map((room): Place => ({ place: "cache", room })),
  ...[1, 2, 3].map((room): Place => ({ place: ".stet", room })),
  ...[0, 1, 2].map((room): Place => ({ place: ".git/objects", room })),
  { place: "cache", room: "read-only" },
  { place: ".stet", room: "read-only" },
];

test("a full or read-only disk is told in one line with 74, and the next run with room goes on", async () => {
  const pages = await pagesOfCache();
  await inLanes(2, PLACES, async (place) => assertTold(place, await expected, pages));
});
