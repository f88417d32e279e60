/**
 * The bars that stet is held against, each with the figure that was measured for it. A bar whose scenario did not run has
 * no figure, and then neither holds nor fails.
 */
import { find, type Line } from "./measured.ts";
import { short } from "./support/statistics.ts";

export interface Bar {
  readonly bar: string;
  /** Whose lines it is read from; `all` for all of them. */
  readonly scenario: string;
  /** In words, with where it comes from; undefined where it was not measured. */
  readonly measured: string | undefined;
  readonly holds: boolean | undefined;
}

/** `figure` gives NaN where a line that it needs is not there. */
interface Rule {
  readonly bar: string;
  readonly scenario: string;
  readonly unit: string;
  readonly figure: (lines: readonly Line[]) => number;
  readonly isHeld: (figure: number, lines: readonly Line[]) => boolean;
}

const atMost = (limit: number) => (figure: number): boolean => figure <= limit;
const atLeast = (limit: number) => (figure: number): boolean => figure >= limit;

const [FIVE, TWENTY, FIFTY] = ["try-types-500-100-5", "try-types-500-100-20", "try-types-500-100-50"] as const;
const [LINT_FIVE, LINT_TWENTY] = ["try-lint-150-100-5", "try-lint-150-100-20"] as const;
const [TESTS_FIVE, TESTS_FIFTY] = ["try-tests-150-100-5", "try-tests-80-50-50"] as const;
const [HUNDRED, THOUSAND] = ["try-types-5000-100-5", "try-types-5000-1000-5"] as const;
const [LOCAL_TEN, LOCAL_HUNDRED] = ["try-types-500-10-0-local", "try-types-500-100-0-local"] as const;
const REPAIR = "repair-types-500-100";
const IDLE = "idle-types-500";

const RULES: readonly Rule[] = [
  perFix("5 % bad, tsc: ≤ 0.05 whole-project checks per landed fix", FIVE, 0.05),
  perFix("20 % bad, tsc: ≤ 0.10 whole-project checks per landed fix", TWENTY, 0.1),
  perFix("50 % bad, tsc: ≤ 0.2 whole-project checks per landed fix", FIFTY, 0.2),
  perFix("5 % bad, tsc + ESLint: ≤ 0.05 whole-project checks per landed fix", LINT_FIVE, 0.05),
  perFix("20 % bad, tsc + ESLint: ≤ 0.10 whole-project checks per landed fix", LINT_TWENTY, 0.1),
  perFix("5 % bad, tests: ≤ 0.4 whole-project checks per landed fix", TESTS_FIVE, 0.4),
  {
    bar: "50 % bad, tests: never more whole-project checks than the reference loop",
    scenario: TESTS_FIFTY,
    unit: "× the reference loop's checks",
    figure: (lines) => checks(lines, TESTS_FIFTY, "stet") / checks(lines, TESTS_FIFTY, "reference loop"),
    isHeld: atMost(1),
  },
  {
    bar: "100 changes, 5 % bad, cold check ≥ 3 s: ≥ 25 × faster than the reference loop",
    scenario: FIVE,
    unit: "× faster",
    figure: (lines) => seconds(lines, FIVE, "reference loop") / seconds(lines, FIVE, "stet"),
    isHeld: (figure, lines) => figure >= 25 && seconds(lines, FIVE, "cold check") >= 3,
  },
  {
    bar: "1,000 changes: ≥ 100 × faster than the reference loop",
    scenario: THOUSAND,
    unit: "× faster",
    figure: (lines) => seconds(lines, THOUSAND, "reference loop") / seconds(lines, THOUSAND, "stet"),
    isHeld: atLeast(100),
  },
  {
    bar: "A run that settles 100 findings: ≤ 4 × one bare cold check",
    scenario: REPAIR,
    unit: "× the cold check",
    figure: (lines) => seconds(lines, REPAIR, "stet") / seconds(lines, REPAIR, "cold check"),
    isHeld: (figure, lines) => figure <= 4 && (find(lines, REPAIR, "stet")?.landed ?? 0) >= 100,
  },
  {
    bar: "One more local proposal: ≤ 2 % of a cold check",
    scenario: LOCAL_HUNDRED,
    unit: "% of the cold check (from 10 to 100 proposals)",
    figure: (lines) => {
      const more = seconds(lines, LOCAL_HUNDRED, "stet") - seconds(lines, LOCAL_TEN, "stet");
      return (100 * more) / 90 / seconds(lines, LOCAL_HUNDRED, "cold check");
    },
    isHeld: atMost(2),
  },
  {
    bar: "A run with nothing to do: ≤ 1.3 × its checks",
    scenario: IDLE,
    unit: "× the cold check",
    figure: (lines) => seconds(lines, IDLE, "stet") / seconds(lines, IDLE, "cold check"),
    isHeld: atMost(1.3),
  },
  {
    bar: "A second run with nothing changed: no check at all",
    scenario: REPAIR,
    unit: "checks",
    figure: (lines) => checks(lines, REPAIR, "stet again"),
    isHeld: atMost(0),
  },
  {
    bar: "A second run with nothing changed: under a second",
    scenario: REPAIR,
    unit: "s",
    figure: (lines) => seconds(lines, REPAIR, "stet again"),
    isHeld: (figure) => figure < 1,
  },
  {
    bar: "1,000 changes cost ≤ 12 × what 100 cost",
    scenario: THOUSAND,
    unit: "×",
    figure: (lines) => seconds(lines, THOUSAND, "stet") / seconds(lines, HUNDRED, "stet"),
    isHeld: atMost(12),
  },
  memory(REPAIR),
  memory(FIVE),
  memory(THOUSAND),
  startUp("stet --version"),
  startUp("stet --help"),
  {
    bar: "Not one landed change that the cold check calls worse, over all runs",
    scenario: "all",
    unit: "changes",
    figure: (lines) => worseOf(lines),
    isHeld: atMost(0),
  },
];

/** The bars in their order, with the figures of these lines. */
export function bars(lines: readonly Line[]): Bar[] {
  return RULES.map(({ bar, scenario, unit, figure, isHeld }) => {
    const value = figure(lines);
    if (Number.isNaN(value)) return { bar, scenario, measured: undefined, holds: undefined };
    return { bar, scenario, measured: `${short(value)} ${unit}`, holds: isHeld(value, lines) };
  });
}

/** Landed changes that a cold check calls worse, over all runs; NaN where no run was looked at. */
export function worseOf(lines: readonly Line[]): number {
  const counted = lines.flatMap(({ worse }) => worse ?? []);
  return counted.length === 0 ? Number.NaN : counted.reduce((sum, one) => sum + one, 0);
}

function perFix(bar: string, scenario: string, limit: number): Rule {
  const figure = (lines: readonly Line[]): number => checks(lines, scenario, "stet") / (find(lines, scenario, "stet")?.landed ?? Number.NaN);
  return { bar, scenario, unit: "checks per landed fix, the baseline counted", figure, isHeld: atMost(limit) };
}

function memory(scenario: string): Rule {
  const peak = (lines: readonly Line[], what: string): number => find(lines, scenario, what)?.peakBytes ?? Number.NaN;
  return {
    bar: "Peak memory ≤ 1.5 × that of the project's own type check",
    scenario,
    unit: "×",
    figure: (lines) => peak(lines, "stet") / peak(lines, "cold check"),
    isHeld: atMost(1.5),
  };
}

function startUp(what: string): Rule {
  return {
    bar: `${what}: ≤ 2 × node -e 0`,
    scenario: "startup",
    unit: "×",
    figure: (lines) => seconds(lines, "startup", what) / seconds(lines, "startup", "node -e 0"),
    isHeld: atMost(2),
  };
}

function seconds(lines: readonly Line[], scenario: string, what: string): number {
  return find(lines, scenario, what)?.seconds ?? Number.NaN;
}

function checks(lines: readonly Line[], scenario: string, what: string): number {
  return find(lines, scenario, what)?.checks ?? Number.NaN;
}
