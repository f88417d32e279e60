/** What keeps failing, with its evidence, and which models never answered. */
import type { Reason } from "../domain/reason.ts";
import { count } from "./layout.ts";
import type { Paint } from "./paint.ts";
import { oneLine, plain } from "./plain.ts";
import { sentence } from "./sentences.ts";

/** As the ledger tells it, which this room does not import. */
export interface ToldFailures {
  readonly clusters: readonly {
    readonly kind: "file" | "reason";
    readonly what: string;
    readonly times: number;
    readonly runs: number;
    readonly examples: readonly { readonly run: string; readonly by: string; readonly title: string; readonly files: readonly string[]; readonly reason: Reason }[];
  }[];
  readonly dead: readonly { readonly model: string; readonly times: number; readonly runs: number; readonly last: Reason }[];
}

export interface Looked {
  /** Runs that were looked at. */
  readonly runs: number;
  readonly threshold: number;
}

export function failuresText({ clusters, dead }: ToldFailures, { runs, threshold }: Looked, paint: Paint): string {
  if (clusters.length === 0 && dead.length === 0) return `Nothing failed ${count(threshold, "time")} or more in ${count(runs, "run")}.`;
  const parts = [
    ...section("Models that never answered", dead.flatMap(({ model, times, runs: of, last }) => [`  ${oneLine(model, 80)}  ${how(times, of, "fault")}`, `      ${sentence(last)}`]), paint),
    ...section("By file", clusters.filter(({ kind }) => kind === "file").flatMap(clusterLines), paint),
    ...section("By reason", clusters.filter(({ kind }) => kind === "reason").flatMap(clusterLines), paint),
  ];
  return parts.join("\n");
}

function section(head: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : [paint("bold", head), ...lines];
}

function clusterLines({ what, times, runs, examples }: ToldFailures["clusters"][number]): string[] {
  return [`  ${oneLine(what, 100)}  ${how(times, runs, "failure")}`, ...examples.map(exampleLine)];
}

function exampleLine({ run, by, title, files: [file = by], reason }: ToldFailures["clusters"][number]["examples"][number]): string {
  return `      ${plain(run)}  ${oneLine(title === "" ? file : title, 80)}: ${oneLine(sentence(reason))}`;
}

function how(times: number, runs: number, noun: string): string {
  return `${count(times, noun)} in ${count(runs, "run")}`;
}

/** One object a cluster or model, for `--json`. */
export function failuresJson({ clusters, dead }: ToldFailures): object[] {
  return [
    ...dead.map(({ last, ...rest }) => ({ type: "dead-model", ...rest, last, sentence: sentence(last) })),
    ...clusters.map(({ examples, kind, ...rest }) => ({
      type: "cluster", by: kind, ...rest,
      examples: examples.map((one) => ({ ...one, sentence: sentence(one.reason) })),
    })),
  ];
}
