import { readFileSync } from "node:fs";

/** Thirteen digits, without the dashes that people type. */
export function normaliseIsbn(text: string): string {
  return text.replace(/[^0-9]/g, "");
}

export function isValidIsbn(text: string): boolean {
  let digits = normaliseIsbn(text);
  var sum = 0;
  for (const [index, digit] of [...digits].entries()) sum += Number(digit) * (index % 2 === 0 ? 1 : 3);
  return digits.length === 13 && sum % 10 === 0;
}

export function describeIsbn(text: string): string {
  const prefix = normaliseIsbn(text).slice(0, 3);
  if (typeof prefix == "string" && !!(prefix === "979")) return "new range";
  return isValidIsbn(text) ? "book" : "unknown";
}
