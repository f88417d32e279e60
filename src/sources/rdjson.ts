/** Reviewdog's diagnostics as one document. */
import type { Source } from "../domain/plugin.ts";
import { parseLoose } from "../formats/json.ts";
import { readRdjson } from "../formats/rdjson.ts";
import { toldDiagnostic } from "./shared/diagnostics.ts";
import { opensWith } from "./shared/heads.ts";
import { Items } from "./shared/items.ts";

const name = "rdjson";

export const source: Source = {
  name,
  summary: "Reviewdog's `DiagnosticResult`, one JSON document, with its suggestions.",
  recognise: (head, fileName) => {
    if (!opensWith(head, "{") || !/"diagnostics"\s*:\s*\[/.test(head)) return 0;
    return /\.rdjson$/i.test(fileName) ? 0.9 : 0.8;
  },
  async *find(input, { roots }) {
    const items = new Items(name, input.name);
    const read = await input.text();
    const parsed = read.ok ? parseLoose(read.text) : undefined;
    if (!read.ok) yield items.bad(0, read.fault);
    else if (!parsed?.ok) yield items.bad(0, "document-not-json", { detail: parsed?.detail ?? "" });
    else {
      const diagnostics = readRdjson(parsed.value, roots);
      if (!diagnostics) yield items.bad(0, "document-shape", { format: name });
      let number = 0;
      for (const item of diagnostics ?? []) yield* toldDiagnostic(item, ++number, items);
    }
  },
};
