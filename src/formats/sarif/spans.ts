/** SARIF's regions (§3.30) and fixes (§3.55 to §3.57) as spans and changes of texts that are not at hand yet. */
import type { Change, ColumnUnit, Offer, Span } from "../../domain/suggestion.ts";
import { messageText } from "./messages.ts";
import { fix as fixSchema, type Fix, type Region, type Run } from "./schema.ts";
import { pathOf, type Whereabouts } from "./uris.ts";

/** §3.14.17: where a run does not say what its columns count, they count code points. */
export function columnUnit(run: Run): ColumnUnit {
  return run.columnKind === "utf16CodeUnits" ? "utf-16" : "code-points";
}

/** Undefined where the region says nothing. A line without columns is its text without its line ending. */
export function spanOf(region: Region, unit: ColumnUnit): Span | undefined {
  const { startLine, startColumn, endColumn } = region;
  if (typeof startLine === "number") {
    const to = { line: region.endLine ?? startLine, ...(endColumn && { column: endColumn }) };
    return { kind: "columns", from: { line: startLine, column: startColumn ?? 1 }, to, unit };
  }
  const { charOffset, charLength, byteOffset, byteLength } = region;
  // -1 is the schema's way to say that there is none.
  if (typeof charOffset === "number" && charOffset >= 0) return { kind: "characters", offset: charOffset, length: charLength ?? 0, unit };
  if (typeof byteOffset === "number" && byteOffset >= 0) return { kind: "bytes", offset: byteOffset, length: byteLength ?? 0 };
  return undefined;
}

/** A fix as an offer; undefined where a part of it cannot be read, since all of it lands or nothing. */
export function offerOf(value: unknown, run: Run, where: Whereabouts, fallbackTitle: string): Offer | undefined {
  const parsed = fixSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const changes: Change[] = [];
  for (const part of parsed.data.artifactChanges) {
    const file = pathOf(part.artifactLocation, run, where);
    for (const replacement of part.replacements) {
      const span = spanOf(replacement.deletedRegion, columnUnit(run));
      const after = insertedText(replacement.insertedContent);
      if (file === undefined || span === undefined || after === undefined) return undefined;
      changes.push({ file, span, after });
    }
  }
  const title = (parsed.data.description && messageText(parsed.data.description, run, undefined)) ?? fallbackTitle;
  // SARIF has no word for how far a tool vouches for its fix.
  return { title, safety: "unsafe", changes };
}

type Inserted = Fix["artifactChanges"][number]["replacements"][number]["insertedContent"];

/** Undefined for bytes that are no text. */
function insertedText(content: Inserted): string | undefined {
  if (typeof content?.text === "string" || !content?.binary) return content?.text ?? "";
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(content.binary, "base64"));
  } catch {
    return undefined;
  }
}
