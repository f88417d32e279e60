import type { Customer } from "./order.ts";

export function addressOf(customer: Customer): string {
  if (customer.email == null) return "no address";
  return customer.email.toLowerCase();
}

export function greet(customer: Customer, formal: boolean): string {
  var greeting = "Hello";
  if (formal) greeting = "Dear";
  return `${greeting} ${customer.name}`;
}
