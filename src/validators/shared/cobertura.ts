/**
 * Reads Cobertura's XML (http://cobertura.sourceforge.net/xml/coverage-04.dtd), which coverage tools of most languages can
 * write. Never expands entities of a document's own.
 */
import { posix } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import { plain } from "./junit.ts";
import { LineHits, type Found, type ToFile } from "./line-hits.ts";

const LISTS: readonly string[] = ["source", "package", "class", "line"];

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseAttributeValue: false,
  parseTagValue: false,
  processEntities: false,
  isArray: (name) => LISTS.includes(name),
});

const element = z.looseObject({});
type Element = z.infer<typeof element>;

/** The lines of every class; undefined where the document is not whole. */
export function parseCobertura(text: string, toFile: ToFile): Found | undefined {
  const coverage = text.endsWith("</coverage>") ? childOf(documentOf(text), "coverage") : undefined;
  if (!coverage) return undefined;
  const [source] = listOf(childOf(coverage, "sources"), "source").map(String);
  const hits = new LineHits(toFile);
  for (const one of listOf(childOf(coverage, "packages"), "package")) {
    for (const inner of listOf(childOf(one, "classes"), "class")) addLines(hits, inner, source);
  }
  return hits.found();
}

/** A class names its file relative to the source folder, where the document has one. */
function addLines(hits: LineHits, one: unknown, source: string | undefined): void {
  const name = element.safeParse(one).data?.["@filename"];
  if (typeof name !== "string") return;
  const file = source === undefined || source === "" || posix.isAbsolute(name) ? plain(name) : posix.join(plain(source), plain(name));
  for (const line of listOf(childOf(one, "lines"), "line")) {
    const { "@number": number, "@hits": count } = element.safeParse(line).data ?? {};
    hits.add(file, Number(number), Number(count));
  }
}

function documentOf(text: string): Element {
  try {
    return element.parse(parser.parse(text));
  } catch {
    return {};
  }
}

/** Undefined where it is not there, or empty. */
function childOf(parent: unknown, name: string): Element | undefined {
  return element.safeParse(element.safeParse(parent).data?.[name]).data;
}

function listOf(parent: Element | undefined, name: string): readonly unknown[] {
  const found = parent?.[name];
  return Array.isArray(found) ? found : [];
}
