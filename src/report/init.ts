/** What `stet init` says once it has written the configuration. */
import type { CheckDefinition } from "../domain/plugin.ts";
import { count, list } from "./layout.ts";
import { oneLine } from "./plain.ts";

export function initText(file: string, checks: readonly CheckDefinition[]): string {
  const names = list(checks.map(({ name }) => oneLine(name, 60)), 10);
  const found = checks.length === 0 ? "no checks were found; add your own" : `${count(checks.length, "check")}: ${names}`;
  return `Wrote ${oneLine(file)} with ${found}.\nChange it as you like and commit it: a run reads it from the commit that it starts from.`;
}
