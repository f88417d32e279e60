/**
 * A project's own checks, run cold as a person would run them, each read as counted findings. What is compared is file,
 * rule and message, never a line: an edit above moves it. Never reads a crash as "no findings".
 */
import { relative } from "node:path";
import { z } from "zod";
import { TEST_ARGUMENTS } from "../workspace/settings.ts";
import { measured, type Measured } from "./process.ts";

export type CheckName = "tsc" | "eslint" | "node-test";

export interface CheckReading {
  /** How often each finding was seen, by `file rule message`. */
  readonly findings: ReadonlyMap<string, number>;
  /** Tests that were run. */
  readonly tests: number;
  readonly seconds: number;
  readonly peakBytes: number;
}

const TIMEOUT_MS = 180_000;

interface Definition {
  readonly argv: readonly string[];
  /** Exit codes with which it has really read the code. */
  readonly codes: readonly number[];
  readonly read: (root: string, stdout: string) => { keys: string[]; tests?: number };
}

const DEFINITIONS: Readonly<Record<CheckName, Definition>> = {
  tsc: {
    argv: ["node_modules/typescript/bin/tsc", "--noEmit", "--pretty", "false", "-p", "."],
    codes: [0, 1, 2],
    read: (_, stdout) => ({ keys: typeErrors(stdout) }),
  },
  eslint: {
    argv: ["node_modules/eslint/bin/eslint.js", "--format", "json", "."],
    codes: [0, 1],
    read: (root, stdout) => ({ keys: lintErrors(root, stdout) }),
  },
  "node-test": { argv: ["--test-reporter=tap", ...TEST_ARGUMENTS], codes: [0, 1], read: (_, stdout) => readTap(stdout) },
};

/** Throws where the check could not read the folder. */
export async function runCheck(name: CheckName, root: string): Promise<CheckReading> {
  const { argv, codes, read } = DEFINITIONS[name];
  const result = await measured({ argv: [process.execPath, ...argv], cwd: root, timeoutMs: TIMEOUT_MS });
  if (result.code === null || !codes.includes(result.code)) throw new Error(`${name} could not run: ${told(result)}`);
  const { keys, tests = 0 } = read(root, result.stdout);
  if (result.code !== 0 && keys.length === 0) throw new Error(`${name} is red and says nothing: ${told(result)}`);
  const findings = new Map<string, number>();
  for (const key of keys) findings.set(key, (findings.get(key) ?? 0) + 1);
  return { findings, tests, seconds: result.seconds, peakBytes: result.peakBytes };
}

/** One whole check of a project: all of its checks, one after the other. */
export async function wholeCheck(names: readonly CheckName[], root: string): Promise<CheckReading[]> {
  const readings = [];
  for (const name of names) readings.push(await runCheck(name, root));
  return readings;
}

/** Findings that `after` has more often than `before`; a test that vanished is one too. */
export function newFindings(before: CheckReading, after: CheckReading): string[] {
  const risen = [...after.findings].filter(([key, times]) => times > (before.findings.get(key) ?? 0)).map(([key]) => key);
  return after.tests < before.tests ? [...risen, `${before.tests - after.tests} tests vanished`] : risen;
}

export function countOf({ findings }: CheckReading): number {
  return [...findings.values()].reduce((sum, times) => sum + times, 0);
}

function told({ timedOut, stdout, stderr }: Measured): string {
  return timedOut ? "out of time" : (stderr + stdout).slice(-1_000);
}

/** `src/a.ts(3,5): error TS2322: …` without the place; lines that follow belong to it and say no more. */
function typeErrors(stdout: string): string[] {
  return stdout.split("\n").flatMap((line) => {
    const [, file, rest] = /^(?:(.+?)\(\d+,\d+\): )?error (TS\d+: .*)$/.exec(line.trimEnd()) ?? [];
    return rest === undefined ? [] : [`${file ?? ""} ${rest}`];
  });
}

const lintReport = z.array(
  z.object({ filePath: z.string(), messages: z.array(z.object({ ruleId: z.string().nullable(), message: z.string() })) }),
);

function lintErrors(root: string, stdout: string): string[] {
  return lintReport.parse(JSON.parse(stdout)).flatMap(({ filePath, messages }) => {
    return messages.map(({ ruleId, message }) => `${relative(root, filePath)} ${ruleId ?? "none"}: ${message}`);
  });
}

function readTap(stdout: string): { keys: string[]; tests: number } {
  const keys = [...stdout.matchAll(/^\s*not ok \d+ - (.*)$/gm)].map(([, name = ""]) => `test ${name}`);
  const [, tests = "0"] = /^# tests (\d+)$/m.exec(stdout) ?? [];
  return { keys, tests: Number(tests) };
}
