/** What compilers and people write: `file:line: message`, with a column or without. Words only, never a change. */
import { finding } from "../domain/finding.ts";
import { pathBelow } from "../domain/paths.ts";
import type { Source } from "../domain/plugin.ts";
import { Items } from "./shared/items.ts";

const name = "plain";
/** A drive's colon is part of the file's name. A rule may stand in brackets at the end. */
const LINE = /^((?:[A-Za-z]:[\\/])?[^:\s][^:]*):(\d{1,7})(?::(\d{1,7}))?: *(\S.*?)(?: \[([\w@/.-]+)\])?$/;

export const source: Source = {
  name,
  summary: "Lines of the kind `file:line: message` or `file:line:column: message`.",
  recognise(head) {
    const lines = head.split(/\r?\n/).filter((line) => line.trim() !== "");
    const fitting = lines.filter((line) => LINE.test(line)).length;
    return fitting === 0 ? 0 : 0.1 + (0.2 * fitting) / lines.length;
  },
  async *find(input, { roots }) {
    const items = new Items(name, input.name);
    for await (const line of input.lines()) {
      if ("fault" in line) {
        yield items.bad(line.number, line.fault);
        continue;
      }
      if (line.text.trim() === "") continue;
      const [, path = "", row = "0", column = "1", message = "", rule = "unnamed"] = LINE.exec(line.text) ?? [];
      const file = pathBelow(path, roots);
      if (path === "" || row === "0") yield items.bad(line.number, "line-shape");
      else if (file === undefined) yield items.bad(line.number, "path-outside", { path });
      else {
        const at = { file, line: Number(row), column: Math.max(1, Number(column)) };
        yield items.suggestion(line.number, { finding: finding({ by: name, rule, category: "other", message, at }), unit: "utf-16", offers: [] });
      }
    }
  },
};
