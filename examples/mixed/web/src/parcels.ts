export type Zone = "mainland" | "islands";
export type Carrier = "post" | "courier";

export interface Parcel {
  readonly id: string;
  readonly grams: number;
  readonly zone: Zone;
  readonly carrier: Carrier;
}

export function kilos(grams: number): string {
  return (grams / 1000).toFixed(1) + " kg";
}

export function parcelOf(id: string, grams: number, zone: Zone): Parcel {
  const carrier: Carrier = grams > 20_000 ? "courier" : "post";
  return { id, grams, zone };
}

export function heaviest(parcels: readonly Parcel[]): Parcel | undefined {
  let sorted = [...parcels].sort((one, other) => other.grams - one.grams);
  return sorted[0];
}
