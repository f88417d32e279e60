/** What tells a SARIF result apart from others (§3.27.16 and 17), and what a run knows of the files that it looked at. */
import type { Result, Run } from "./schema.ts";
import { pathOf, type Whereabouts } from "./uris.ts";

/** All that the tool gives, whole ones before partial ones: together they tell results apart, whatever their order. */
export function fingerprintOf({ fingerprints, partialFingerprints }: Result): string | undefined {
  const given = [fingerprints, partialFingerprints].find((one) => Object.keys(one ?? {}).length > 0);
  return given ? JSON.stringify(Object.entries(given).sort(([one], [other]) => (one < other ? -1 : 1))) : undefined;
}

/** SHA-256 by file, in lower case. */
export function hashesOf(run: Run, where: Whereabouts): Map<string, string> {
  const pairs = (run.artifacts ?? []).flatMap(({ location, hashes }): [string, string][] => {
    const file = location && pathOf(location, run, where);
    const hash = hashes?.["sha-256"];
    return file !== undefined && file !== null && hash !== undefined ? [[file, hash.toLowerCase()]] : [];
  });
  return new Map(pairs);
}
