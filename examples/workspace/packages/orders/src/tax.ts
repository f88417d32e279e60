import { rateOf } from "./legacy-rates.js";
import type { Order } from "./order.ts";

export function taxCents(order: Order, country: string): number {
  const cents = order.lines.reduce((sum, line) => sum + line.copies * line.unitCents, 0);
  return Math.round(cents * rateOf(country));
}
