/** Findings, verdicts and a whole recorded run, for tests of reports. */
import type { RecordedFinding, VerdictEntry } from "../../src/domain/entry.ts";
import { finding, type Finding } from "../../src/domain/finding.ts";
import type { Proposal } from "../../src/domain/proposal.ts";
import { reason, type Reason } from "../../src/domain/reason.ts";
import type { Evidence, Verdict, VerdictKind } from "../../src/domain/verdict.ts";
import type { ReportedRun } from "../../src/report/run.ts";
import { edit, propose } from "./gates.ts";

export const RUN = "202501311200-ab12";
export const BRANCH = `refs/heads/stet/repair-${RUN}`;
export const BASE = "ba5e".repeat(10);

export function typeError(file: string, line: number, name = "x"): Finding {
  const message = `Cannot find name '${name}'.`;
  return finding({ by: "tsc", rule: "TS2304", category: "undefined_name", message, at: { file, line, column: 1 } });
}

export function fix(found: Finding, change: string): Proposal {
  const { file } = found.at ?? { file: "" };
  return propose([edit(file, 0, "", change)], { findings: [found], by: "ts-codefix", title: `${found.rule} in ${file}: ${change}` });
}

export function verdict(kind: VerdictKind, proposal: Proposal, reasons: readonly Reason[] = [], evidence: readonly Evidence[] = []): Verdict {
  return { kind, proposal, reasons, evidence };
}

/** Landed a fix of `src/a.ts`, struck two in `src/b.ts` and one for a test. */
const [a, b, b2, c] = [typeError("src/a.ts", 3), typeError("src/b.ts", 7, "y"), typeError("src/b.ts", 9, "z"), typeError("test/c.test.ts", 1)];
export const landed = verdict("better", fix(a, "Import x"), [], [{ check: "tsc", before: 4, after: 3 }]);
const worse = (line: number): Reason =>
  reason("tsc", "new-finding", { rule: "TS2322", message: "Type 'string' is not assignable.", file: "src/b.ts", line });
export const struck = [
  verdict("worse", fix(b, "Change to 'why'"), [worse(8)], [{ check: "tsc", before: 3, after: 3 }]),
  verdict("worse", fix(b2, "Change to 'zed'"), [worse(9)], [{ check: "tsc", before: 3, after: 3 }]),
  verdict("refused", fix(c, "Import x"), [reason("protected", "protected-path", { file: "test/c.test.ts" })]),
];
export const before: readonly Finding[] = [a, b, b2, c];
export const after: readonly Finding[] = [b, b2, c];
export const commits = [{ proposal: landed.proposal.id, commit: "c0ffee".repeat(7).slice(0, 40), title: "Fix TS2304 in src/a.ts: Import x" }];

export function recorded(parts: Partial<ReportedRun> & { dryRun?: boolean } = {}): ReportedRun {
  const { dryRun = false, ...rest } = parts;
  const at = "2025-01-31T12:00:05.000Z";
  const start = { kind: "run", at, run: RUN, command: "repair", work: "w", base: BASE, branch: BRANCH, dryRun, containment: "bwrap", unenforced: [] } as const;
  const entry = ({ kind, proposal, reasons, evidence }: Verdict): VerdictEntry => ({
    kind: "verdict", at, run: RUN, verdict: kind, proposal, reasons, evidence, dryRun,
  });
  return {
    start,
    verdicts: [landed, ...struck].map(entry),
    declined: [],
    commits: dryRun ? [] : commits,
    ...(dryRun ? {} : { tip: commits[0]?.commit ?? "", before: null }),
    remaining: after satisfies readonly RecordedFinding[],
    undone: false,
    ended: { kind: "ended", at: "2025-01-31T12:01:17.000Z", run: RUN, status: "finished", exitCode: 1, reasons: [] },
    ...rest,
  };
}
