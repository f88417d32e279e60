/**
 * A reporter for Node's test runner that says how many tests passed, failed and were skipped, and which files took longest,
 * as one JSON document at the end. The runner's own reporters are for people, and their wording changes between versions.
 */

/** What the runner tells reporters (https://nodejs.org/api/test.html#event-testsummary); only the totals are read. */
interface RunnerEvent {
  readonly type: string;
  readonly data?: {
    /** Present on the summary of one file; absent on the last one, which is of all files. */
    readonly file?: string;
    readonly duration_ms?: number;
    readonly counts?: Counts;
  };
}

type Counts = Readonly<Record<"passed" | "failed" | "cancelled" | "skipped" | "todo", number>>;

export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** Tests that did not say whether the code is right: skipped ones and those still to be written. */
  readonly skipped: number;
  /** Files with the seconds that they took, longest first. */
  readonly slowest: readonly (readonly [file: string, seconds: number])[];
}

/** Whoever looks for time to save looks at these. */
const MAX_SLOWEST = 12;

export default async function* count(events: AsyncIterable<RunnerEvent>): AsyncGenerator<string> {
  const files: [string, number][] = [];
  for await (const { type, data } of events) {
    if (type !== "test:summary" || !data?.counts) continue;
    if (data.file !== undefined) files.push([data.file, Math.round((data.duration_ms ?? 0) / 1_000)]);
    else yield JSON.stringify(totals(data.counts, files));
  }
}

function totals({ passed, failed, cancelled, skipped, todo }: Counts, files: readonly [string, number][]): Count {
  const slowest = files.toSorted(([, one], [, other]) => other - one).slice(0, MAX_SLOWEST);
  return { passed, failed: failed + cancelled, skipped: skipped + todo, slowest };
}
