/**
 * Proposes code fixes for findings of the compiler: TypeScript's, and stet's own (`workers/codefix/learned/`). The
 * language service runs in a child process inside the workspace's sandbox; this half asks, checks the answer against the
 * real files, and merges what TypeScript leaves apart. Never loads TypeScript itself, and never changes the workspace.
 */
import { fileURLToPath } from "node:url";
import type { Edit } from "../domain/edit.ts";
import type { Finding } from "../domain/finding.ts";
import type { Outcome, Proposer, Workspace } from "../domain/plugin.ts";
import { merge, proposalMaker, titleOf, unite, type Candidate } from "./shared/candidate.ts";
import { ProposerFault } from "./shared/fault.ts";
import { realEdits } from "./shared/real-edits.ts";
import { rootsFirst } from "./shared/roots.ts";
import { line, type Offer, type Request } from "./workers/codefix/protocol.ts";

/** A cold program of a large repository takes a minute or two; beyond ten something hangs. */
const TIMEOUT_MS = 600_000;
const MAX_CANDIDATES = 8;
/** Findings in one request: keeps the answer well below the output's cap. */
const MAX_FINDINGS = 5_000;
const MAX_DETAIL = 2_000;
const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
const WORKER = fileURLToPath(new URL(`./workers/ts-codefix.worker.${extension}`, import.meta.url));

export const proposer: Proposer = {
  name: "ts-codefix",
  summary:
    "Proposes the code fixes of TypeScript's language service for the compiler's errors, and stet's own for what it does not offer " +
    "(wrong paths, renamed or moved exports and members as git remembers them, dropped arguments, properties and `await`), " +
    "first all of a kind in a file, then one by one.",
  rung: 0,
  async *propose(findings, workspace, { signal } = {}) {
    const make = proposalMaker(proposer.name, workspace.tree);
    const faults: ProposerFault[] = [];
    for (const part of parts(findings)) {
      const answer = await ask(part, workspace, signal);
      faults.push(...answer.faults);
      for (const candidate of await candidates(part, answer.offers, workspace)) {
        const made = make(candidate);
        if (made) yield made;
      }
    }
    const [fault] = faults;
    if (fault) throw fault;
  },
};

/** What it can ask about, by file in order of path, in parts that one request can hold. */
function parts(findings: readonly Finding[]): Finding[][] {
  const byFile = Map.groupBy(findings.filter(isKnown), ({ at }) => at?.file ?? "");
  const files = [...byFile].sort(([one], [other]) => (one < other ? -1 : 1));
  const made: Finding[][] = [];
  for (const [, group] of files) {
    const last = made.at(-1);
    if (last && last.length + group.length <= MAX_FINDINGS) last.push(...group);
    else made.push([...group]);
  }
  return made;
}

function isKnown({ rule, at }: Finding): boolean {
  return /^TS\d+$/.test(rule) && at !== undefined && /^[^/].*\.[cm]?[jt]sx?$/.test(at.file) && !at.file.split("/").includes("..");
}

async function ask(findings: readonly Finding[], workspace: Workspace, signal?: AbortSignal): Promise<Answer> {
  const outcome = await workspace.run({
    argv: [process.execPath, WORKER],
    stdin: JSON.stringify(requestFor(findings, workspace.root)),
    timeoutMs: TIMEOUT_MS,
    ...(signal && { signal }),
  });
  return read(outcome);
}

function requestFor(findings: readonly Finding[], root: string): Request {
  const targets = findings.map(({ at, rule }, index) => {
    return { file: at?.file ?? "", index, line: at?.line ?? 1, column: at?.column ?? 1, code: Number(rule.slice(2)) };
  });
  const files = [...Map.groupBy(targets, ({ file }) => file)].map(([file, group]) => ({ file, targets: group }));
  return { root, files, maxCandidates: MAX_CANDIDATES };
}

interface Answer {
  readonly offers: readonly Offer[];
  readonly faults: readonly ProposerFault[];
}

/** Lines that came before a crash or timeout are used; the fault is thrown once they are proposed. */
function read(outcome: Outcome): Answer {
  const lines = outcome.stdout.split("\n").filter((text) => text !== "").map(parse);
  const offers = lines.flatMap((one) => (one && "scope" in one ? [one] : []));
  const lost = lines.flatMap((one) => (one && "fault" in one ? [one.fault] : []));
  const faults: ProposerFault[] = [];
  const fault = (code: ProposerFault["code"], detail: string): void => {
    faults.push(new ProposerFault(proposer.name, code, detail.slice(-MAX_DETAIL)));
  };
  const { ended } = outcome;
  if (ended.kind === "timeout" || ended.kind === "missing") fault(ended.kind, outcome.stderr);
  else if (ended.kind === "signalled" || ended.code !== 0) fault("crashed", outcome.stderr);
  else if (outcome.truncated || lines.includes(undefined)) fault("unreadable", outcome.stdout);
  if (lost.length > 0) fault("incomplete", lost.join("\n"));
  return { offers, faults };
}

function parse(text: string): ReturnType<typeof line.parse> | undefined {
  try {
    return line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** For each file and kind first all in one, TypeScript's own fix-all or the fixes that fit together, then singles. */
async function candidates(findings: readonly Finding[], offers: readonly Offer[], workspace: Workspace): Promise<Candidate[]> {
  const toReal = realEdits(workspace);
  const known = await Promise.all(offers.map(async (offer) => toKnown(findings, offer, await toReal(offer.edits))));
  const made = known.flatMap((one) => (one ? [one] : []));
  const usable = rootsFirst(made, ({ rule, file, safety, offer }) => ({ rule, file, kind: offer.kind, isTried: safety !== "display" }));
  const singles = usable.filter(({ offer }) => offer.scope === "one");
  const firsts = [...Map.groupBy(singles, ({ offer }) => offer.targets[0]).values()].flatMap((group) => group.slice(0, 1));
  const groups = Map.groupBy(firsts, groupKey);
  const together = [...groups].flatMap(([key, group]) => {
    const whole = usable.find((one) => one.offer.scope === "all" && groupKey(one) === key);
    const merged = whole ?? merge(group, titleOf(group[0]?.rule ?? "", group[0]?.file ?? ""));
    return merged ? [merged] : [];
  });
  const byFinding = unite(singles);
  return [...together, ...byFinding].map(({ findings, title, safety, caution, edits }) => {
    return { findings, title, safety, edits, ...(caution !== undefined && { caution }) };
  });
}

interface Known extends Candidate {
  readonly offer: Offer;
  readonly file: string;
  readonly rule: string;
}

function groupKey({ offer, file }: Known): string {
  return JSON.stringify([file, offer.kind]);
}

/** Undefined where the offer's edits are not real, or its findings not those that were asked about. */
function toKnown(findings: readonly Finding[], offer: Offer, edits: readonly Edit[] | undefined): Known | undefined {
  const meant = offer.targets.flatMap((index) => findings[index] ?? []);
  const { rule, at } = meant[0] ?? {};
  if (!edits || rule === undefined || at === undefined || meant.length < offer.targets.length) return undefined;
  const { safety, caution } = offer;
  const title = titleOf(rule, at.file, offer.title);
  return { findings: meant, title, safety, edits, offer, file: at.file, rule, ...(caution !== undefined && { caution }) };
}
