/** A plan's words whatever is ticked in it: so that the same plan is asked about in the same words, and known again. */
import { createHash } from "node:crypto";

const TICKED = /^([\s>]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[[xX]\]/gm;

/** Each character stands where it stood. */
export function unticked(text: string): string {
  return text.replace(TICKED, (_, before: string) => `${before}[ ]`);
}

/** Changes with every word of the plan. */
export function planKey(text: string): string {
  return createHash("sha256").update(unticked(text)).digest("hex").slice(0, 16);
}
