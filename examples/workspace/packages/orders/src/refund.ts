import { formatMoney } from "@bookshop/catalogue";
import type { Order } from "./order.ts";

export interface Till {
  readonly entries: string[];
}

export function payBack(order: Order, till: Till): string {
  const cents = order.lines.reduce((sum, line) => sum + line.copies * line.unitCents, 0);
  till.entries.push(`${order.id} ${formatMoney(-cents)}`);
  return `refund-${till.entries.length}`;
}

export function cancelOrder(order: Order, till: Till): string {
  const reference = payBack(order, till);
  return `order ${order.id} is cancelled`;
}
