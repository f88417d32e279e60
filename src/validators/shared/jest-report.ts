/**
 * Reads the JSON report that Jest writes and Vitest writes in Jest's shape
 * (https://jestjs.io/docs/configuration#testresultsprocessor-string). Never trusts it: what does not have the shape is
 * no report.
 */
import { z } from "zod";
import type { TestStatus } from "../../domain/reading.ts";
import { repositoryPath } from "./paths.ts";
import type { SeenTests } from "./tests.ts";

const report = z.object({
  wasInterrupted: z.boolean().optional(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({ ancestorTitles: z.array(z.string()), title: z.string(), status: z.string() }),
      ),
    }),
  ),
});

type FileResult = z.infer<typeof report>["testResults"][number];

/** The tests of a report; undefined where it is not one, or the run was interrupted. */
export function parseJestReport(text: string, root: string): SeenTests | undefined {
  const parsed = report.safeParse(json(text));
  if (!parsed.success || parsed.data.wasInterrupted === true) return undefined;
  const files = parsed.data.testResults.map((result) => testsOf(result, repositoryPath(root, "", result.name)));
  return { tests: files.flatMap(({ tests }) => tests), broken: files.flatMap(({ broken }) => broken) };
}

/** A file that failed without a failed test could not be loaded, or one of its hooks threw. */
function testsOf(result: FileResult, file: string): SeenTests {
  const at = { file, line: 1, column: 1 };
  const tests = result.assertionResults.map(({ ancestorTitles, title, status }) => ({
    names: [file, ...ancestorTitles, title],
    status: statusOf(status),
    at,
  }));
  const loaded = result.status !== "failed" || tests.some(({ status }) => status === "failed");
  return { tests, broken: loaded ? [] : [{ names: [file], at }] };
}

/** Both runners have many words for a test that did not run: `pending`, `skipped`, `todo`, `disabled`, `focused`. */
function statusOf(status: string): TestStatus {
  return status === "passed" || status === "failed" ? status : "skipped";
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
