/** The results as Markdown: the machine, the bars, and every line that was measured. */
import { bars, worseOf, type Bar } from "./bars.ts";
import { find, type Line } from "./measured.ts";
import { short } from "./support/statistics.ts";

export interface Surroundings {
  readonly command: string;
  readonly date: string;
  readonly commit: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryBytes: number;
  readonly node: string;
  readonly typescript: string;
  readonly minutes: number;
  /** Mean number of running processes over the last quarter of an hour, at the start. */
  readonly load: number;
}

const MEBIBYTE = 1_024 * 1_024;

export function resultsText(lines: readonly Line[], notes: readonly string[], surroundings: Surroundings): string {
  const worse = worseOf(lines);
  return [
    "# Results of the bench",
    "",
    ...surroundingLines(surroundings),
    "",
    `Landed changes that the project's own cold check calls worse, over all runs: **${Number.isNaN(worse) ? "not measured" : worse}**.`,
    "",
    "## Bars",
    "",
    ...table(["bar", "scenario", "measured", "holds"], bars(lines).map(barCells)),
    "",
    "## What was measured",
    "",
    "Seconds are medians of `n` runs, wall clock of the whole process. `checks` are whole-project checks, the baseline",
    "among them; where a project has several checks, the most that one of them was run. Of a reference loop with `tried`",
    "so many files were really tried, and the others are reckoned with at their mean. `peak` is the proportional set size",
    "of the whole process tree, sampled every 100 ms. `worse` are findings of the cold check on what landed that the base",
    "has not, and bad changes that landed.",
    "",
    ...table(HEADINGS, lines.map((line) => cells(line, lines))),
    ...(notes.length > 0 ? ["", "## Notes", "", ...notes.map((note) => `- ${note}`)] : []),
    "",
  ].join("\n");
}

function surroundingLines({ command, date, commit, cores, processor, memoryBytes, node, typescript, minutes, load }: Surroundings): string[] {
  return [
    `\`${command}\` on ${date}, stet at ${commit}, ${short(minutes)} minutes.`,
    `${cores} cores (${processor}), ${short(memoryBytes / MEBIBYTE / 1_024)} GiB of memory, load ${short(load)} at the start. Node ${node}, TypeScript ${typescript}.`,
    "Ratios matter, not seconds: everything in one row was measured in one run on one machine.",
  ];
}

function barCells({ bar, scenario, measured, holds }: Bar): string[] {
  return [bar, scenario, measured ?? "not measured", holds === undefined ? "–" : holds ? "holds" : "**does not hold**"];
}

const HEADINGS = ["scenario", "what", "s", "n", "× cold", "× faster than reference", "landed", "checks", "checks/fix", "s/fix", "peak MiB", "worse", "note"];

function cells(line: Line, lines: readonly Line[]): string[] {
  const { scenario, what, seconds, repeats, landed, checks, peakBytes, worse, note } = line;
  const cold = find(lines, scenario, "cold check")?.seconds ?? Number.NaN;
  const reference = find(lines, scenario, "reference loop")?.seconds ?? Number.NaN;
  const perFix = (value = Number.NaN): string => (landed ? figure(value / landed) : "");
  return [
    scenario,
    what,
    short(seconds),
    String(repeats),
    figure(seconds / cold),
    what === "stet" ? figure(reference / seconds) : "",
    landedText(line),
    count(checks),
    perFix(checks),
    perFix(seconds),
    figure((peakBytes ?? Number.NaN) / MEBIBYTE),
    count(worse),
    note ?? "",
  ];
}

function landedText({ landed, offered = 0, sampled }: Line): string {
  if (landed === undefined) return "";
  return sampled === undefined ? `${landed} of ${offered}` : `${landed} of ${offered} (${sampled} tried)`;
}

function count(value: number | undefined): string {
  return value === undefined ? "" : String(value);
}

function figure(value: number): string {
  return Number.isFinite(value) ? short(value) : "";
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (columns: readonly string[]): string => `| ${columns.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
  return [row(headings), row(headings.map(() => "---")), ...rows.map(row)];
}
