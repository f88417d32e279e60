import { Parcel } from "./parcels.ts";
import { prices } from "./prices.ts";

/** What all of them cost together, in cents. */
export function total(parcels: readonly Parcel[], root: string): Promise<number> {
  const each = await prices(parcels, root);
  return each.reduce((sum, price) => sum + price, 0);
}
