/**
 * All that a bench runs, in the order of its worth: where time runs out, the last ones are left out and that is said.
 * Names are kind, checks, files, changes or findings, and the share that is bad: `try-types-500-100-5`.
 */
import type { Bench } from "./support/bench.ts";
import { changes, type ChangesOptions } from "./scenarios/changes.ts";
import { findings, type FindingsOptions } from "./scenarios/findings.ts";
import { idle } from "./scenarios/idle.ts";
import { packageFindings } from "./scenarios/packages.ts";
import { reviews } from "./scenarios/reviews.ts";
import { startup } from "./scenarios/startup.ts";

export interface Scenario {
  readonly name: string;
  /** Part of the smaller set. */
  readonly quick: boolean;
  readonly run: (bench: Bench) => Promise<void>;
}

const ALL = Infinity;

export const SCENARIOS: readonly Scenario[] = [
  quick("startup", (bench) => startup(bench, "startup")),
  quickTry({ files: 50, checks: "types", count: 10, badPercent: 20, sample: ALL }),
  quickRepair({ files: 50, checks: "types", kind: "types", count: 30, sample: 3 }),
  quickApply({ files: 50, checks: "types", count: 20, badPercent: 20, sample: ALL }),
  // A project whose cold check takes more than 3 s, with 100 changes.
  fullTry({ files: 500, checks: "types", count: 100, badPercent: 5, sample: 12, atLeast: 3 }),
  fullRepair({ files: 500, checks: "types", kind: "types", count: 100, sample: 5 }),
  full("idle-types-500", (bench) => idle(bench, "idle-types-500", { files: 500, checks: "types" })),
  fullTry({ files: 500, checks: "types", count: 100, badPercent: 20, sample: 3 }),
  fullTry({ files: 500, checks: "types", count: 100, badPercent: 50, sample: 3 }),
  // Local changes only: what one more of them costs.
  fullTry({ files: 500, checks: "types", count: 10, badPercent: 0, onlyLocal: true, sample: 0 }),
  fullTry({ files: 500, checks: "types", count: 100, badPercent: 0, onlyLocal: true, sample: 0 }),
  fullTry({ files: 500, checks: "types", count: 100, badPercent: 0, sample: 0 }),
  // A large project: from 100 changes to 1,000.
  fullTry({ files: 5_000, size: "small", checks: "types", count: 100, badPercent: 5, sample: 0 }),
  fullTry({ files: 5_000, size: "small", checks: "types", count: 1_000, badPercent: 5, sample: 5 }),
  // Real code.
  full("rxjs", (bench) => packageFindings(bench, "rxjs", { name: "rxjs", version: "7.8.2", flags: { noImplicitOverride: true, verbatimModuleSyntax: true } })),
  // Tests say nothing of the place.
  quickTry({ files: 50, checks: "tests", count: 20, badPercent: 5, sample: 5 }),
  fullTry({ files: 150, checks: "tests", count: 100, badPercent: 5, sample: 6 }),
  fullTry({ files: 80, checks: "tests", count: 50, badPercent: 50, sample: 6 }),
  // Two checks that say where.
  quickRepair({ files: 50, checks: "lint", kind: "lint", count: 20, sample: 3 }),
  fullRepair({ files: 500, checks: "lint", kind: "lint", count: 100, sample: 2 }),
  fullTry({ files: 150, checks: "lint", count: 100, badPercent: 5, sample: 4 }),
  fullTry({ files: 150, checks: "lint", count: 100, badPercent: 20, sample: 3 }),
  // More real code, and what else there is time for.
  full("zod", (bench) => packageFindings(bench, "zod", { name: "zod", version: "4.1.12", flags: { noPropertyAccessFromIndexSignature: true } })),
  fullRepair({ files: 150, checks: "types", kind: "declarations", count: 100, sample: 0 }),
  fullTry({ files: 50, checks: "types", count: 10, badPercent: 0, sample: ALL }),
  fullTry({ files: 50, checks: "types", count: 10, badPercent: 50, sample: ALL }),
];

function quick(name: string, run: Scenario["run"]): Scenario {
  return { name, quick: true, run };
}

function full(name: string, run: Scenario["run"]): Scenario {
  return { name, quick: false, run };
}

function fullTry(options: ChangesOptions): Scenario {
  const { checks, files, count, badPercent, onlyLocal } = options;
  const name = ["try", checks, files, count, badPercent, ...(onlyLocal ? ["local"] : [])].join("-");
  return full(name, (bench) => changes(bench, name, options));
}

function quickTry(options: ChangesOptions): Scenario {
  return { ...fullTry(options), quick: true };
}

function quickApply(options: ChangesOptions): Scenario {
  const name = `apply-${options.checks}-${options.files}-${options.count}-${options.badPercent}`;
  return quick(name, (bench) => reviews(bench, name, options));
}

function fullRepair(options: FindingsOptions): Scenario {
  const name = `repair-${options.kind}-${options.files}-${options.count}`;
  return full(name, (bench) => findings(bench, name, options));
}

function quickRepair(options: FindingsOptions): Scenario {
  return { ...fullRepair(options), quick: true };
}
