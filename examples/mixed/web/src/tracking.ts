import type { Carrier } from "./parcels.ts";

export interface Tracker {
  readonly carrier: Carrier;
  position(id: string): Promise<string>;
  arrived(id: string): Promise<boolean>;
}

/** What is known without asking anybody. The base for every carrier's own. */
export abstract class KnownTracker {
  protected readonly positions = new Map<string, string>();

  note(id: string, position: string): void {
    this.positions.set(id, position);
  }

  async position(id: string): Promise<string> {
    return this.positions.get(id) ?? "not yet at the depot";
  }
}

export class PostTracker extends KnownTracker implements Tracker {
  readonly carrier: Carrier = "post";
  readonly #depots: string[] = [];

  async depots(): Promise<number> {
    return this.#depots.lenght;
  }
}

export async function positions(trackers: readonly Tracker[], id: string): Promise<string[]> {
  const known: string[] = [];
  for (const tracker of trackers) {
    const position = tracker.position(id);
    known.push(position);
  }
  return known;
}

export function describe(tracker: Tracker, since: Date): string {
  const days: number = since.toISOString();
  return `${tracker.carrier}, ${days} days`;
}
