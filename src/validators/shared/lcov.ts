/** Reads lcov's tracefiles (geninfo(1), https://github.com/linux-test-project/lcov), line by line. */
import type { Covered } from "../../domain/coverage.ts";
import { LineHits, type Found, type ToFile } from "./line-hits.ts";

/** One record for each file and test; records of the same file are one. `LF` and `LH` count where no lines are listed. */
export function parseLcov(text: string, toFile: ToFile): Found | undefined {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) !== "end_of_record") return undefined;
  const hits = new LineHits(toFile);
  const summed = new Map<string, Covered>();
  let [file, total] = ["", 0];
  for (const line of lines) {
    const [key, value] = parted(line);
    if (key === "SF") file = value;
    else if (key === "DA") hits.add(file, ...numbers(value));
    else if (key === "LF") total = Number(value);
    else if (key === "LH") summed.set(toFile(file), { lines: total, covered: Number(value) });
  }
  const all = [...new Map([...summed, ...hits.found()])];
  return new Map(all.filter(([path, one]) => path !== toFile("") && one.covered <= one.lines));
}

function parted(line: string): [key: string, value: string] {
  const at = line.indexOf(":");
  return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
}

/** `12,3` or `12,3,checksum`. */
function numbers(value: string): [line: number, count: number] {
  const [line = "", count = ""] = value.split(",");
  return [Number.parseInt(line, 10), Number.parseInt(count, 10)];
}
