/**
 * Reviewdog's diagnostic format, as stet writes it: a document, or a diagnostic a line. Columns are bytes of UTF-8, as its
 * definition has them. A fix is written where it is one edit: of several suggestions the format does not say that they are one. Pure.
 */
import type { Edit } from "../../domain/edit.ts";
import type { Place } from "../../domain/finding.ts";
import type { Lines } from "../places.ts";
import { statusText } from "./sarif.ts";
import type { Texts, Told } from "./told.ts";

export function rdjson(told: readonly Told[], texts: Texts): Record<string, unknown> {
  return { source: { name: "stet" }, diagnostics: told.map((one) => diagnosticOf(one, texts)) };
}

/** One line each. */
export function rdjsonl(told: readonly Told[], texts: Texts): string {
  return told.map((one) => `${JSON.stringify(diagnosticOf(one, texts))}\n`).join("");
}

function diagnosticOf({ finding, fixes, status }: Told, texts: Texts): Record<string, unknown> {
  const { rule, message, at, by } = finding;
  const suggestions = fixes.flatMap(({ edits }) => (edits.length === 1 ? edits.flatMap((edit) => suggestionOf(edit, at, texts)) : []));
  return {
    message: status ? `${message}\n${statusText(status)}` : message,
    location: { path: at?.file ?? "", ...(at && { range: { start: placed(texts.get(at.file), at) } }) },
    severity: "WARNING",
    source: { name: by },
    code: { value: rule },
    ...(suggestions.length > 0 && { suggestions }),
  };
}

/** A suggestion is of the file that the finding is in. */
function suggestionOf({ file, start, before, after }: Edit, at: Place | undefined, texts: Texts): Record<string, unknown>[] {
  const lines = texts.get(file);
  if (!lines || before === null || after === null || file !== at?.file) return [];
  const [from, to] = [lines.at(start), lines.at(start + before.length)];
  return [{ range: { start: placed(lines, from), end: placed(lines, to) }, text: after }];
}

function placed(lines: Lines | undefined, { line, column }: Pick<Place, "line" | "column">): Pick<Place, "line" | "column"> {
  const start = lines?.start(line);
  if (!lines || start === undefined) return { line, column };
  return { line, column: Buffer.byteLength(lines.text.slice(start, start + column - 1)) + 1 };
}
