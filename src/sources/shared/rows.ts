/** Lines of which each is one JSON value. A line that is none is named, and the next one is read. */
import type { SourceInput } from "../../domain/plugin.ts";
import type { SourceItem } from "../../domain/suggestion.ts";
import { parseStrict } from "../../formats/json.ts";
import type { Items } from "./items.ts";

/** What every line that holds a value comes to. Empty lines are nothing. */
export async function* readRows(
  input: SourceInput,
  items: Items,
  read: (value: unknown, number: number) => Iterable<SourceItem>,
): AsyncIterable<SourceItem> {
  for await (const line of input.lines()) {
    if ("fault" in line) {
      yield items.bad(line.number, line.fault);
      continue;
    }
    if (line.text.trim() === "") continue;
    const parsed = parseStrict(line.text);
    if (parsed.ok) yield* read(parsed.value, line.number);
    else if (parsed.code === "not-json" && !line.isEnded) yield items.bad(line.number, "line-torn");
    else yield items.bad(line.number, parsed.code, { detail: parsed.detail });
  }
}
