/** Names for branches and files from names in any script: lower-case letters, digits and hyphens, never empty. */
import { createHash } from "node:crypto";

const MAX_LENGTH = 50;

export function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, "-").slice(0, MAX_LENGTH).replace(/^-+|-+$/g, "");
  // Nothing left, or what git reserves at the end of a branch's name.
  return slug === "" || slug === "lock" ? `spec-${createHash("sha256").update(name).digest("hex").slice(0, 8)}` : slug;
}
