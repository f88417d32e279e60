/**
 * A reporter for Node's own test runner. Here because none of Node's reporters names a test's file and its nesting for
 * every version. It travels as a `data:` URL, so it needs no file of stet's own inside a sandbox: the function below
 * must not use anything from outside itself.
 */

/** What Node's runner tells a reporter (https://nodejs.org/api/test.html#class-testsstream); all parts may be missing. */
interface RunnerEvent {
  readonly type: string;
  readonly data: {
    readonly name?: string;
    readonly nesting?: number;
    readonly file?: string;
    readonly entryFile?: string;
    readonly line?: number;
    readonly column?: number;
    readonly skip?: string | boolean;
    readonly todo?: string | boolean;
    readonly details?: { readonly type?: string; readonly error?: { readonly failureType?: string } };
  };
}

async function* report(source: AsyncIterable<RunnerEvent>): AsyncGenerator<string> {
  for await (const { type, data } of source) {
    if (!["test:start", "test:pass", "test:fail"].includes(type)) continue;
    const { name, nesting, file, entryFile, line, column, skip, todo, details } = data;
    const skipped = skip !== undefined || todo !== undefined;
    const [kind, why] = [details?.type, details?.error?.failureType];
    yield `${JSON.stringify({ type, name, nesting, file, entryFile, line, column, skipped, kind, why })}\n`;
  }
  yield '{"type":"end"}\n';
}

/** The reporter as a module that `--test-reporter` can load. */
export const nodeReporterUrl = `data:text/javascript,${encodeURIComponent(`export default ${report.toString()}`)}`;
