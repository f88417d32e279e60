/**
 * A reporter for Node's test runner that says one thing: how many tests passed, failed and were skipped, as one JSON
 * document at the end. The runner's own reporters are for people, and their wording changes between versions.
 */

/** What the runner tells reporters (https://nodejs.org/api/test.html#event-testsummary); only the totals are read. */
interface RunnerEvent {
  readonly type: string;
  readonly data?: {
    /** Present on the summary of one file; absent on the last one, which is of all files. */
    readonly file?: string;
    readonly counts?: Readonly<Record<"passed" | "failed" | "cancelled" | "skipped" | "todo", number>>;
  };
}

export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** Tests that did not say whether the code is right: skipped ones and those still to be written. */
  readonly skipped: number;
}

export default async function* count(events: AsyncIterable<RunnerEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type !== "test:summary" || data?.file !== undefined || !data?.counts) continue;
    const { passed, failed, cancelled, skipped, todo } = data.counts;
    yield JSON.stringify({ passed, failed: failed + cancelled, skipped: skipped + todo } satisfies Count);
  }
}
