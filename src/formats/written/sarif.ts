/**
 * SARIF 2.1.0, as stet writes it: one run for each tool that found something, columns in UTF-16 code units, a fix for each way to
 * settle a finding. A status stands in `properties` and, in words, behind the message. Pure.
 */
import type { Edit } from "../../domain/edit.ts";
import type { Told, Status, Texts } from "./told.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

export function sarifLog(told: readonly Told[], texts: Texts): Record<string, unknown> {
  const runs = [...Map.groupBy(told, ({ finding }) => finding.by)].map(([name, own]) => ({
    tool: { driver: { name, rules: [...new Set(own.map(({ finding }) => finding.rule))].map((id) => ({ id })) } },
    columnKind: "utf16CodeUnits",
    results: own.map((one) => resultOf(one, texts)),
  }));
  return { $schema: SCHEMA, version: "2.1.0", runs };
}

function resultOf({ finding, fixes, status }: Told, texts: Texts): Record<string, unknown> {
  const { rule, message, at, key, confidence } = finding;
  const properties = { ...(confidence !== undefined && { confidence }), ...(status && { stet: status }) };
  const written = fixes.flatMap((one) => fixOf(one, texts));
  return {
    ruleId: rule,
    level: "warning",
    message: { text: status ? `${message}\n${statusText(status)}` : message },
    locations: at ? [{ physicalLocation: { artifactLocation: artifact(at.file), region: { startLine: at.line, startColumn: at.column } } }] : [],
    partialFingerprints: { "stet/v1": key },
    ...(written.length > 0 && { fixes: written }),
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}

/** None where a text that it changes is not at hand. */
function fixOf({ title, edits }: Told["fixes"][number], texts: Texts): Record<string, unknown>[] {
  const changes = [...Map.groupBy(edits, ({ file }) => file)].map(([file, own]) => {
    const replacements = own.flatMap((edit) => replacementOf(edit, texts));
    return { artifactLocation: artifact(file), replacements };
  });
  const count = changes.reduce((sum, { replacements }) => sum + replacements.length, 0);
  return count === edits.length && count > 0 ? [{ description: { text: title }, artifactChanges: changes }] : [];
}

function replacementOf({ file, start, before, after }: Edit, texts: Texts): Record<string, unknown>[] {
  const lines = texts.get(file);
  if (!lines || before === null || after === null) return [];
  const [from, to] = [lines.at(start), lines.at(start + before.length)];
  const deletedRegion = { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
  return [{ deletedRegion, insertedContent: { text: after } }];
}

/** `stet: landed as 1a2b3c4.` */
export function statusText({ kind, why, commit }: Status): string {
  const said = kind === "landed" && commit !== undefined ? `landed as ${commit}` : kind.replace("-", " ");
  return `stet: ${said}${why === "" ? "" : `: ${why}`}`;
}

/** A relative reference: what is no plain path character is encoded. */
function artifact(file: string): Record<string, unknown> {
  return { uri: file.split("/").map(encodeURIComponent).join("/") };
}
