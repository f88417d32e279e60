/**
 * Reads JUnit XML, the report that nearly every test runner can write. There is no standard; the shape read here is the
 * common part (https://github.com/testmoapp/junitxml). Never expands entities of a document's own.
 */
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import type { TestStatus } from "../../domain/reading.ts";
import { repositoryPath } from "./paths.ts";
import type { SeenTest, SeenTests } from "./tests.ts";

/** In UTF-16 code units: a report of about 200,000 tests. */
const MAX_REPORT_LENGTH = 32 * 1024 * 1024;
const MAX_DEPTH = 50;

const text = z.string().optional();
const element = z.object({ "@name": text, "@classname": text, "@file": text, "@line": text }).loose();
type Element = z.infer<typeof element>;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseAttributeValue: false,
  parseTagValue: false,
  processEntities: false,
  isArray: (name) => ["testsuite", "testcase"].includes(name),
});

/** The tests of a report; undefined where it is not whole, or too large. `firstLine`: what its first line counts as. */
export function parseJunit(report: string, root: string, cwd: string, firstLine = 1): SeenTests | undefined {
  if (report.length > MAX_REPORT_LENGTH || !WHOLE.test(report.slice(-500))) return undefined;
  const document = childrenOf(report);
  const suites = [document, ...elements(document, "testsuites")].flatMap((one) => elements(one, "testsuite"));
  if (suites.length === 0 && document["testsuites"] === undefined) return undefined;
  return { tests: suites.flatMap((suite) => testsOf(suite, [], { root, cwd, firstLine })), broken: [] };
}

/** The parser forgives a report that was cut; its last tag shows whether it was. */
const WHOLE = /(?:<\/testsuites?>|<testsuites?[^<>]*\/>)\s*$/;

interface Ground {
  readonly root: string;
  readonly cwd: string;
  readonly firstLine: number;
}

function testsOf(suite: Element, outer: readonly string[], ground: Ground): SeenTest[] {
  if (outer.length > MAX_DEPTH) return [];
  const names = [...outer, plain(suite["@name"] ?? "")];
  return [
    ...elements(suite, "testcase").map((one) => seenTest(one, names, ground)),
    ...elements(suite, "testsuite").flatMap((inner) => testsOf(inner, names, ground)),
  ];
}

function seenTest(testCase: Element, suites: readonly string[], { root, cwd, firstLine }: Ground): SeenTest {
  const { "@file": path, "@line": line, "@classname": group = "", "@name": name = "" } = testCase;
  const file = path === undefined ? undefined : repositoryPath(root, cwd, plain(path));
  const names = [file ?? "", ...suites, plain(group), plain(name)].filter((one) => one !== "");
  return {
    names: names.filter((one, index) => one !== names[index - 1]),
    status: statusOf(testCase),
    ...(file !== undefined && { at: { file, line: (Number(line) || firstLine) - firstLine + 1, column: 1 } }),
  };
}

function statusOf(testCase: Element): TestStatus {
  if ("failure" in testCase || "error" in testCase) return "failed";
  return "skipped" in testCase ? "skipped" : "passed";
}

function elements(parent: Readonly<Record<string, unknown>>, name: string): Element[] {
  const found = parent[name];
  return (Array.isArray(found) ? found : [found]).flatMap((one) => {
    const parsed = element.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
}

function childrenOf(report: string): Readonly<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(parser.parse(report));
  } catch {
    return {};
  }
}

/** The five entities that XML itself defines; no others are expanded. */
const ENTITIES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&" };

/** What an attribute says. */
export function plain(value: string): string {
  return value.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
