/** A recorded run with something of everything in it: every rung, every outcome, long names, hostile texts. */
import type { VerdictEntry } from "../../src/domain/entry.ts";
import { finding, type Category, type Finding } from "../../src/domain/finding.ts";
import type { Cost, Edit } from "../../src/domain/proposal.ts";
import { reason, type Reason } from "../../src/domain/reason.ts";
import type { ReportedRun } from "../../src/report/run.ts";
import { edit, propose } from "./gates.ts";

export const HOSTILE = `</pre></details><script>alert(1)</script><img src=x onerror="alert(2)"><style>*{display:none}</style>\u202e\u001b[31m`;
const LONG = "packages/a-rather-long-name-of-a-package/src/components/orders/checkout/ShippingAddressFormWithValidation.tsx";
const SMALL = "model openrouter:some-organisation/a-small-model-with-a-long-name-v2.5-instruct";
const STRONG = "model anthropic:claude-opus-5-5";
const START_MS = Date.parse("2026-11-21T10:00:00.000Z");
const RUN = "202611211000-rich";

const BEFORE = Array.from({ length: 60 }, (_, index) => `\tconst value${index} = compute(${index}); // ${index % 9 === 0 ? "a comment that makes this line so long that no telephone could ever show all of it at once" : "short"}\n`).join("");

function found(file: string, rule: string, category: Category, line: number): Finding {
  return finding({ by: "tsc", rule, category, message: `Type 'string | undefined' is not assignable to type 'string' (${line}).`, at: { file, line, column: 3 } });
}

const rise = (file: string): Reason => reason("tsc", "new-finding", { rule: "TS2322", message: "Type 'string' is not assignable to type 'number'.", file, line: 12 });

interface Parts {
  readonly by: string;
  readonly rung: number;
  readonly verdict: VerdictEntry["verdict"];
  readonly second: number;
  readonly file?: string;
  readonly title?: string;
  readonly edits?: readonly Edit[];
  readonly reasons?: readonly Reason[];
  readonly cost?: Cost;
}

function decided({ by, rung, verdict, second, file = "src/orders.ts", title = `Change spelling in line ${second}`, edits, reasons = [], cost }: Parts): VerdictEntry {
  const start = BEFORE.indexOf(`value${second % 60} `);
  const made = edits ?? [edit(file, start, `value${second % 60}`, `renamed${second % 60}`)];
  const proposal = propose(made, { by, rung, title, findings: [found(file, "TS2551", "undefined_name", second)], ...(cost && { cost }), ...(rung > 1 && { earned: { p: 0.71, n: 48 } }) });
  const at = new Date(START_MS + second * 1_000).toISOString();
  return { kind: "verdict", at, run: RUN, verdict, proposal, reasons, evidence: [{ check: "tsc", before: 41, after: 7 }], dryRun: false };
}

const paid = (usd: number): Cost => ({ model: "m", requests: 2, inputTokens: 12_345, outputTokens: 678, usd });

export function richRun(): { readonly run: ReportedRun; readonly texts: ReadonlyMap<string, string> } {
  const landed = [
    ...Array.from({ length: 14 }, (_, index) => decided({ by: "ts-codefix", rung: 0, verdict: "better", second: 3 + Math.floor(index / 5), title: `Add import ${index}` })),
    decided({ by: "eslint-fix", rung: 1, verdict: "better", second: 9 }),
    decided({ by: SMALL, rung: 2, verdict: "better", second: 31, file: LONG, cost: paid(0.0021) }),
    decided({ by: STRONG, rung: 3, verdict: "better", second: 47, cost: paid(0.38), edits: [edit("src/new.ts", 0, null, "export const created = true;\n"), edit("src/old.ts", 0, "export const gone = true;\n", null)] }),
  ];
  const struck = [
    decided({ by: "ts-codefix", rung: 0, verdict: "refused", second: 4, reasons: [reason("suppressions", "new-suppression", { file: LONG, mark: "any", line: 3 })] }),
    decided({ by: SMALL, rung: 2, verdict: "worse", second: 25, reasons: [rise(LONG)], cost: paid(0.0019) }),
    decided({ by: SMALL, rung: 2, verdict: "unclear", second: 29, reasons: [reason("vitest", "timeout", { detail: "" })], cost: paid(0.002) }),
    decided({ by: STRONG, rung: 3, verdict: "refused", second: 44, title: HOSTILE, edits: [edit("src/hostile.ts", 0, HOSTILE, `${HOSTILE}\n`)], reasons: [rise(HOSTILE)], cost: paid(0.29) }),
  ];
  const remaining = [found("src/a.ts", "TS2322", "type_mismatch", 3), found(LONG, "TS2741", "type_mismatch", 8), finding({ by: "tsc", rule: HOSTILE, category: "other", message: HOSTILE })];
  const all = [...landed, ...struck].sort((one, other) => one.at.localeCompare(other.at));
  const run: ReportedRun = {
    start: { kind: "run", at: new Date(START_MS).toISOString(), run: RUN, command: "repair", work: "w", base: "b".repeat(40), branch: `refs/heads/stet/repair-${RUN}`, dryRun: false, containment: "bwrap", unenforced: [] },
    verdicts: all,
    declined: [{ kind: "declined", at: new Date(START_MS + 50_000).toISOString(), run: RUN, by: STRONG, rung: 3, findings: remaining, reason: reason("model", "gave-up", { detail: HOSTILE }), cost: paid(0.11) }],
    commits: landed.map(({ proposal }, index) => ({ proposal: proposal.id, commit: `${index}`.padStart(2, "c").repeat(20), title: proposal.title })),
    tip: "c".repeat(40),
    before: null,
    remaining,
    found: { type_mismatch: 19, undefined_name: 14, missing_import: 7, other: 1 },
    undone: false,
    ended: { kind: "ended", at: new Date(START_MS + 61_000).toISOString(), run: RUN, status: "finished", exitCode: 69, reasons: [reason("run", "no-provider")], checks: { tsc: 5, eslint: 2, vitest: 3 } },
  };
  const [first] = all;
  const texts = new Map(["src/orders.ts", LONG].map((file) => [`${first?.proposal.base ?? ""}:${file}`, BEFORE]));
  return { run, texts };
}
