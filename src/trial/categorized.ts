/**
 * A check whose findings are sorted by rows of the user's own before stet's table. Here, around every check whatever its
 * kind, so that no validator needs to know of them. Changes nothing else of a finding, least of all its key.
 */
import { ownCategory, type CategoryRule } from "../domain/categories.ts";
import type { Finding } from "../domain/finding.ts";
import type { Oracle } from "../domain/oracle.ts";
import type { Check } from "../domain/plugin.ts";
import { isRead, type Reading } from "../domain/reading.ts";

/** The rows that a check was made with; they stand in its definition, so that readings are kept apart by them. */
export interface Rows {
  readonly categories?: readonly CategoryRule[];
}

export function categorized(check: Check, { categories = [] }: Rows): Check {
  if (categories.length === 0) return check;
  const { use, name } = check.definition;
  const sorted = (one: Finding): Finding => {
    const category = ownCategory(one.rule, [one.tool ?? use, use, name], categories);
    return category === undefined ? one : { ...one, category };
  };
  const all = <T extends Reading>(reading: T): T => (isRead(reading) ? { ...reading, findings: reading.findings.map(sorted) } : reading);
  const open = check.openOracle;
  return {
    ...check,
    read: async (workspace, signal) => all(await check.read(workspace, signal)),
    ...(open && { openOracle: (anchor) => sortedOracle(open(anchor), all) }),
  };
}

function sortedOracle(oracle: Oracle, all: <T extends Reading>(reading: T) => T): Oracle {
  return {
    look: async (look) => {
      const seen = await oracle.look(look);
      return seen && { ...seen, before: all(seen.before), after: all(seen.after) };
    },
    close: () => oracle.close(),
  };
}
