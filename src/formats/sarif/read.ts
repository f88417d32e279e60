/**
 * Reads a SARIF log: each result as what stet has a word for, or why it is left out. Pure; whoever has the texts makes
 * edits of the offers (`formats/edits.ts`). A result that is broken costs itself only.
 */
import { z } from "zod";
import type { Place } from "../../domain/finding.ts";
import type { ColumnUnit, Offer } from "../../domain/suggestion.ts";
import { fingerprintOf, hashesOf } from "./facts.ts";
import { messageText, ruleOf } from "./messages.ts";
import { location as locationSchema, log, result as resultSchema, run as runSchema, type Result, type Run } from "./schema.ts";
import { columnUnit, offerOf } from "./spans.ts";
import { pathOf, spelled, type Whereabouts } from "./uris.ts";

export interface SarifResult {
  /** The tool's name in lower case. */
  readonly tool: string;
  readonly rule: string;
  readonly message: string;
  /** Columns are as the tool counts them: see `unit`. */
  readonly at: Place;
  readonly unit: ColumnUnit;
  readonly offers: readonly Offer[];
  /** How many of its fixes could not be read. */
  readonly brokenFixes: number;
  readonly related: readonly (Place & { readonly message: string })[];
  /** What the tool itself tells its results apart by, on whatever line they stand. */
  readonly fingerprint?: string;
  /** The commit that was looked at. */
  readonly commit?: string;
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256?: string;
}

export type SarifItem =
  | { readonly kind: "result"; readonly number: number; readonly result: SarifResult }
  /** `broken`: not as SARIF has it, with what is wrong. `outside`: no file of the repository. */
  | { readonly kind: "broken" | "outside"; readonly number: number; readonly detail: string }
  /** The log itself says that there is nothing to do. */
  | { readonly kind: "suppressed" | "absent" | "no-defect"; readonly number: number }
  /** A run in which the tool did not come to its end, or has no results at all: what it does not name may be there. */
  | { readonly kind: "failed"; readonly number: number; readonly detail: string };

/** Undefined where it is no SARIF log. Results are numbered through all runs, from 1. */
export function readSarif(value: unknown, where: Whereabouts): Iterable<SarifItem> | undefined {
  const parsed = log.safeParse(value);
  return parsed.success && parsed.data.version?.startsWith("2.") === true ? readRuns(parsed.data.runs, where) : undefined;
}

function* readRuns(runs: readonly unknown[], where: Whereabouts): Iterable<SarifItem> {
  let number = 0;
  for (const one of runs) {
    const run = runSchema.safeParse(one);
    if (!run.success) {
      yield { kind: "broken", number: ++number, detail: told(run.error) };
      continue;
    }
    const failure = run.data.invocations?.find(({ executionSuccessful }) => executionSuccessful === false);
    if (failure || !run.data.results) yield { kind: "failed", number, detail: failure?.exitCodeDescription ?? "" };
    const scene = { run: run.data, where, hashes: hashesOf(run.data, where) };
    for (const value of run.data.results ?? []) yield readResult(value, scene, ++number);
  }
}

/** What all results of a run have in common. */
interface Scene {
  readonly run: Run;
  readonly where: Whereabouts;
  /** SHA-256 by file. */
  readonly hashes: ReadonlyMap<string, string>;
}

function readResult(value: unknown, { run, where, hashes }: Scene, number: number): SarifItem {
  const parsed = resultSchema.safeParse(value);
  if (!parsed.success) return { kind: "broken", number, detail: told(parsed.error) };
  const result = parsed.data;
  const idle = idleKind(result);
  if (idle) return { kind: idle, number };
  const [first] = result.locations ?? [];
  const location = locationSchema.safeParse(first);
  if (!location.success) return { kind: "broken", number, detail: "locations" };
  const { artifactLocation } = location.data.physicalLocation;
  const file = pathOf(artifactLocation, run, where);
  if (file === undefined) return { kind: "outside", number, detail: spelled(artifactLocation, run) };
  const { id, rule } = ruleOf(result, run);
  const message = messageText(result.message, run, rule);
  if (message === undefined) return { kind: "broken", number, detail: "message" };
  const offers = (result.fixes ?? []).map((fix) => offerOf(fix, run, where, message));
  const read = {
    tool: (run.tool.driver.name ?? "sarif").toLowerCase(),
    rule: id,
    message,
    at: placeOf(file, location.data.physicalLocation.region),
    unit: columnUnit(run),
    offers: offers.filter((offer) => offer !== undefined),
    brokenFixes: offers.filter((offer) => offer === undefined).length,
    related: relatedOf(result, run, where),
    ...optional("fingerprint", fingerprintOf(result)),
    ...optional("commit", run.versionControlProvenance?.[0]?.revisionId ?? undefined),
    ...optional("sha256", hashes.get(file)),
  };
  return { kind: "result", number, result: read };
}

/** §3.27.23: suppressed only where nobody has still to decide, or has decided otherwise. §3.27.9: what is no failure. */
function idleKind({ suppressions, baselineState, kind }: Result): "suppressed" | "absent" | "no-defect" | undefined {
  if (suppressions && suppressions.length > 0 && suppressions.every(({ status }) => (status ?? "accepted") === "accepted")) return "suppressed";
  if (baselineState === "absent") return "absent";
  return ["fail", "open", "review"].includes(kind ?? "fail") ? undefined : "no-defect";
}

function placeOf(file: string, region: z.infer<typeof locationSchema>["physicalLocation"]["region"]): Place {
  return { file, line: region?.startLine ?? 1, column: region?.startColumn ?? 1 };
}

function relatedOf(result: Result, run: Run, where: Whereabouts): SarifResult["related"] {
  return (result.relatedLocations ?? []).flatMap((value) => {
    const parsed = locationSchema.safeParse(value);
    const file = parsed.success ? pathOf(parsed.data.physicalLocation.artifactLocation, run, where) : undefined;
    if (!parsed.success || file === undefined) return [];
    const message = (parsed.data.message && messageText(parsed.data.message, run, undefined)) ?? "";
    return [{ ...placeOf(file, parsed.data.physicalLocation.region), message }];
  });
}

function optional<Name extends string>(name: Name, value: string | undefined): { readonly [name in Name]?: string } {
  return value === undefined || value === "" ? {} : ({ [name]: value } as { readonly [name in Name]?: string });
}

/** What is wrong, by its path: `runs.results.0.message`. */
function told(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`;
}
