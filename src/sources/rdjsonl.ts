/** Reviewdog's diagnostics, one a line. */
import type { Source } from "../domain/plugin.ts";
import { readDiagnostic } from "../formats/rdjson.ts";
import { toldDiagnostic } from "./shared/diagnostics.ts";
import { isObject, objectsIn, opensWith } from "./shared/heads.ts";
import { Items } from "./shared/items.ts";
import { readRows } from "./shared/rows.ts";

const name = "rdjsonl";

export const source: Source = {
  name,
  summary: "Reviewdog's `Diagnostic`, a JSON object a line, with its suggestions.",
  recognise: (head) => {
    const isDiagnostic = (row: Readonly<Record<string, unknown>>): boolean => "message" in row && isObject(row["location"]) && "path" in row["location"];
    if (objectsIn(head).some(isDiagnostic)) return 0.9;
    // The first one may be longer than what is seen of it.
    return opensWith(head, "{") && /"location"\s*:\s*\{/.test(head) && /"message"\s*:/.test(head) ? 0.5 : 0;
  },
  find(input, { roots }) {
    const items = new Items(name, input.name);
    return readRows(input, items, (value, number) => toldDiagnostic(readDiagnostic(value, roots, name), number, items));
  },
};
