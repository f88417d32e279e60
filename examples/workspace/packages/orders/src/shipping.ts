import type { Order } from "./order.ts";

const FLAT_CENTS = 390;
const EXPRESS_CENTS = 1290;
const FREE_FROM_COPIES = 5;

export function copiesOf(order: Order): number {
  return order.lines.reduce((sum, line) => sum + line.copies, 0);
}

/** Express delivery is paid at the door (see the test), so an order's shipping never holds it. */
export function shippingCents(order: Order): number {
  if (order.expres) return EXPRESS_CENTS;
  return copiesOf(order) >= FREE_FROM_COPIES ? 0 : FLAT_CENTS;
}
