/**
 * Asks the proposer about one breakage and tries what it offers as a run would: for each finding the first offer that
 * makes something better and nothing worse stands, then the rest is asked about again. Never counts an offer that is
 * for display only.
 */
import { applyEdits, conflict } from "../src/domain/edit.ts";
import type { Finding } from "../src/domain/finding.ts";
import type { Outcome, Workspace } from "../src/domain/plugin.ts";
import type { Proposal } from "../src/domain/proposal.ts";
import { ProposerFault } from "../src/proposers/shared/fault.ts";
import { proposer } from "../src/proposers/ts-codefix.ts";
import { historyOf } from "../src/proposers/workers/codefix/learned/history.ts";
import { linesFor } from "../src/proposers/workers/codefix/offers.ts";
import { request } from "../src/proposers/workers/codefix/protocol.ts";
import { run } from "../src/system/process.ts";
import ts from "typescript";
import type { BenchProject, Changes } from "./breakages-project.ts";

const MAX_ROUNDS = 3;
/** Measurements per breakage: beyond this the search is given up. */
const MAX_MEASURED = 24;

export interface Result {
  readonly offered: boolean;
  /** Every new finding is gone, and none came. */
  readonly settled: boolean;
  /** Byte for byte what stood there before the breakage. */
  readonly original: boolean;
  readonly titles: readonly string[];
  readonly left: readonly Finding[];
}

/** The texts that a breakage leaves, and what the compiler says of them. */
export interface Breakage {
  readonly findings: readonly Finding[];
  readonly broken: Changes;
}

export async function tryOffers(project: BenchProject, { broken, ...made }: Breakage, inProcess: boolean): Promise<Result> {
  let standing = broken;
  let { findings } = made;
  let measured = 0;
  let offered = false;
  const titles: string[] = [];
  project.set(standing, true);
  for (let round = 0; round < MAX_ROUNDS && findings.length > 0; round++) {
    const proposals = (await offersFor(project, findings, inProcess)).filter(({ safety }) => safety !== "display");
    if (proposals.length > 0) offered = true;
    const landed: Proposal[] = [];
    for (const proposal of proposals) {
      if (measured === MAX_MEASURED) break;
      if (landed.some((other) => conflict(other.edits, proposal.edits) || shares(other, proposal))) continue;
      const next = apply(project, standing, [...landed, proposal]);
      measured += 1;
      project.set(next);
      const after = project.newFindings();
      if (isBetter(findings, after)) {
        landed.push(proposal);
        titles.push(proposal.title);
        findings = after;
      }
      project.set(standing);
      if (findings.length === 0) break;
    }
    if (landed.length === 0) break;
    standing = apply(project, standing, landed);
    project.set(standing, true);
    findings = project.newFindings();
  }
  const settled = findings.length === 0;
  return { offered, settled, original: settled && project.isOriginal(), titles, left: findings };
}

function shares(one: Proposal, other: Proposal): boolean {
  return other.findings.some((finding) => one.findings.includes(finding));
}

/** Fewer, and none that was not there. */
function isBetter(before: readonly Finding[], after: readonly Finding[]): boolean {
  const left = new Map<string, number>();
  for (const { key } of before) left.set(key, (left.get(key) ?? 0) + 1);
  for (const { key } of after) left.set(key, (left.get(key) ?? 0) - 1);
  return after.length < before.length && [...left.values()].every((rest) => rest >= 0);
}

function apply(project: BenchProject, standing: Changes, proposals: readonly Proposal[]): Changes {
  const edits = proposals.flatMap((one) => one.edits);
  const next = new Map(standing);
  for (const file of new Set(edits.map((edit) => edit.file))) {
    project.set(standing);
    const result = applyEdits(project.text(file) ?? null, edits.filter((edit) => edit.file === file));
    if (result.ok) next.set(file, result.text);
  }
  return next;
}

async function offersFor(project: BenchProject, findings: readonly Finding[], inProcess: boolean): Promise<Proposal[]> {
  const workspace: Workspace = {
    root: project.root,
    tree: "0".repeat(40),
    scratch: project.root,
    isContained: false,
    run: (command) => {
      if (inProcess) return Promise.resolve(answer(project, command.stdin ?? ""));
      return run({ ...command, cwd: project.root, env: { PATH: process.env["PATH"] ?? "" } });
    },
    start: () => Promise.reject(new Error("no proposer converses")),
    connect: () => Promise.reject(new Error("no proposer converses")),
    readText: (path) => Promise.resolve(project.text(path)),
  };
  const proposals: Proposal[] = [];
  try {
    for await (const offer of proposer.propose(findings, workspace)) if (!("declined" in offer)) proposals.push(offer);
  } catch (error) {
    // What was proposed before the compiler crashed on one finding counts all the same, as in a run.
    if (!(error instanceof ProposerFault)) throw error;
  }
  return proposals;
}

/** What the worker would print, from the service that is loaded already. */
function answer(project: BenchProject, stdin: string): Outcome {
  const { root, files, maxCandidates } = request.parse(JSON.parse(stdin));
  const projects = { serviceFor: () => project.service };
  const history = historyOf(root);
  const lines = files.flatMap(({ file, targets }) => linesFor({ compiler: ts, projects, history, root, file, targets, maxCandidates }));
  const stdout = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  return { ended: { kind: "exited", code: 0 }, stdout, stderr: "", truncated: false, durationMs: 0 };
}
