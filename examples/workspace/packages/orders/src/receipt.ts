import { Customer, Order } from "./order.ts";

export function receiptOf(order: Order, customer: Customer): string {
  const lines = order.lines.map((line) => `${normaliseIsbn(line.isbn)} x ${line.copies}`);
  const total = formatMoney(order.lines.reduce((sum, line) => sum + line.unitCents * line.copies, 0));
  return [customer.names, ...lines, total].join("\n");
}

export function memberYears(customer: Customer, year: number): string {
  const years: number = `${year - customer.since}`;
  return `${years} years`;
}
