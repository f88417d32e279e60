import type { Parcel } from "./parcel.ts";

const ZONES = { mainland: "Mainland", islands: "Islands (by ship)" } as const;

export function label(parcel: Parcel): string {
  const { id, grams, zone } = parcel;
  return [id.toUpperCase(), kilos(grams), ZONES[zone]].join(" · ");
}

export function labels(parcels: readonly Parcel[]): readonly string[] {
  return parcels.map((parcel) => labell(parcel));
}

export function isFragile(note: string | undefined): boolean {
  return !!(note && note.toLowerCase().includes("fragile"));
}
