/**
 * Asks the language servers of linters, through a worker inside the workspace's sandbox, what they offer for findings.
 * Holds what comes back against the real files; never starts a server itself, and never changes the workspace.
 */
import { fileURLToPath } from "node:url";
import type { Edit } from "../../domain/edit.ts";
import type { Finding, Fix } from "../../domain/finding.ts";
import type { Outcome, Workspace } from "../../domain/plugin.ts";
import { line, tool, type Offer, type Request, type Tool } from "../workers/lsp/protocol.ts";
import { ProposerFault } from "./fault.ts";
import { realEdits } from "./real-edits.ts";

const TIMEOUT_MS = 600_000;
/** Findings in one request: keeps the answer well below the output's cap. */
const MAX_FINDINGS = 5_000;
const MAX_DETAIL = 2_000;
const WORKER = fileURLToPath(new URL(`../workers/lsp-fix.worker${import.meta.url.slice(-3)}`, import.meta.url));

export interface LinterAsking {
  /** The proposer that asks. */
  readonly by: string;
  readonly scope: Request["scope"];
  readonly signal?: AbortSignal | undefined;
}

/** A fix, and the findings that it is for. */
export interface LinterOffer {
  readonly findings: readonly Finding[];
  readonly fix: Fix;
}

/** For each tool part by part; throws a `ProposerFault` for what went wrong once everything else is given. */
export async function* linterOffers(findings: readonly Finding[], workspace: Workspace, asking: LinterAsking): AsyncGenerator<readonly LinterOffer[]> {
  const faults: ProposerFault[] = [];
  for (const name of tool.options) {
    for (const part of parts(findings.filter((one) => one.tool === name && isInside(one)))) {
      const answer = await ask(name, part, workspace, asking);
      faults.push(...answer.faults);
      yield await real(part, answer.offers, workspace);
    }
  }
  const [fault] = faults;
  if (fault) throw fault;
}

function isInside({ at }: Finding): boolean {
  return at !== undefined && at.file !== "" && !at.file.startsWith("/") && !at.file.split("/").includes("..");
}

/** By file in order of path, in parts that one request can hold. */
function parts(findings: readonly Finding[]): Finding[][] {
  const byFile = Map.groupBy(findings, ({ at }) => at?.file ?? "");
  const made: Finding[][] = [];
  for (const [, group] of [...byFile].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const last = made.at(-1);
    if (last && last.length + group.length <= MAX_FINDINGS) last.push(...group);
    else made.push([...group]);
  }
  return made;
}

async function ask(name: Tool, findings: readonly Finding[], workspace: Workspace, { by, scope, signal }: LinterAsking): Promise<Answer> {
  const targets = findings.map(({ at, rule }, index) => ({ file: at?.file ?? "", index, rule, line: at?.line ?? 1, column: at?.column ?? 1 }));
  const files = [...Map.groupBy(targets, ({ file }) => file)].map(([file, group]) => ({ file, targets: group }));
  const request: Request = { root: workspace.root, tool: name, scope, files };
  const argv = [process.execPath, WORKER];
  return read(by, await workspace.run({ argv, stdin: JSON.stringify(request), timeoutMs: TIMEOUT_MS, ...(signal && { signal }) }));
}

interface Answer {
  readonly offers: readonly Offer[];
  readonly faults: readonly ProposerFault[];
}

/** Lines that came before a crash or timeout are used. */
function read(by: string, { ended, stdout, stderr, truncated }: Outcome): Answer {
  const lines = stdout.split("\n").filter((text) => text !== "").map(parse);
  const offers = lines.flatMap((one) => (one && "targets" in one ? [one] : []));
  const lost = lines.flatMap((one) => (one && "fault" in one ? [one.fault] : []));
  const faults: ProposerFault[] = [];
  const fault = (code: ProposerFault["code"], detail: string): void => {
    faults.push(new ProposerFault(by, code, detail.slice(-MAX_DETAIL)));
  };
  if (ended.kind === "timeout" || ended.kind === "missing") fault(ended.kind, stderr);
  else if (ended.kind === "signalled" || ended.code !== 0) fault("crashed", stderr);
  else if (truncated || lines.includes(undefined)) fault("unreadable", stdout);
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

/** Offers whose edits are those of real files, for findings that were asked about. */
async function real(findings: readonly Finding[], offers: readonly Offer[], workspace: Workspace): Promise<LinterOffer[]> {
  const toReal = realEdits(workspace);
  const known = await Promise.all(offers.map(async (offer) => toKnown(findings, offer, await toReal(offer.edits))));
  return known.flatMap((one) => one ?? []);
}

function toKnown(findings: readonly Finding[], { targets, title, safety }: Offer, edits: readonly Edit[] | undefined): LinterOffer | undefined {
  const meant = targets.flatMap((index) => findings[index] ?? []);
  return edits && meant.length === targets.length ? { findings: meant, fix: { title, safety, edits } } : undefined;
}
