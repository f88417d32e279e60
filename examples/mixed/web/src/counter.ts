import { type Parcel, type Zone, heaviestOf, parcelOf } from "./parcels.ts";
import { isFragile, label } from "./labels.ts";
import { prices } from "./prices.ts";

export interface Taken {
  readonly parcel: Parcel;
  readonly label: string;
  readonly cents: number;
}

/** Takes parcels in: a label and a price for each. */
export async function take(items: readonly { id: string; grams: number; zone: Zone }[], root: string): Promise<Taken[]> {
  const parcels = items.map(({ id, grams, zone }) => parcelOf(id, grams, zone));
  const cents = await prices(parcels, root);
  return parcels.map((parcel, index) => ({ parcel, label: label(parcel), cents: cents[index] ?? 0 }));
}

export function summary(taken: readonly Taken[]): string {
  const largest = heaviestOf(taken.map(({ parcel }) => parcel));
  return `${taken.length} parcels, the heaviest is ${largest ? largest.id : "none"}`;
}
