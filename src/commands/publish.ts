/**
 * Takes a run's branch to a remote and opens its pull request, with a body that is made from the ledger. What came of it is
 * a line there, so that the next run knows where the remote's branch was left, and for which findings somebody was asked.
 */
import { join } from "node:path";
import { EXIT, Problem } from "../domain/problem.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Publication } from "../engine/run.ts";
import { openForge } from "../land/forge/open.ts";
import { parseRemote, placeOf, remoteAddress } from "../land/forge/place.ts";
import { BRANCH_PREFIX } from "../land/land.ts";
import { DEFAULT_LIMITS, faultReason, publish } from "../land/pull-request.ts";
import { push } from "../land/push.ts";
import { foldRun, foldRuns } from "../ledger/fold.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { runMarkdown } from "../report/markdown.ts";
import { count } from "../report/layout.ts";
import { systemClock } from "../system/clock.ts";
import { writeWhole } from "../system/files.ts";
import type { Session } from "./session.ts";

const HEADS = "refs/heads/";

/** What of the run's branch is to be published. */
export interface Wish {
  readonly ref: string;
  readonly commit: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly draft: boolean;
  /** The branch that it is to be merged into; the default one where absent. */
  readonly base?: string;
}

/** Undefined where nothing has landed. Throws `Problem` (66) for a remote that is not there. */
export async function publishRun(session: Session, remote: string): Promise<Publication | undefined> {
  const { run, ledger } = session;
  const { tip } = run;
  if (tip === null || run.options.dryRun) return undefined;
  const state = await foldRun(ledger, run.options.id);
  const title = titleOf(run.options.command, run.commits.length);
  return publishBranch(session, remote, { ref: run.options.branch, commit: tip, title, body: state ? runMarkdown(state) : "", draft: false });
}

/** Pushes, opens the one pull request of the branch or brings it up to date, and writes down what came of it. */
export async function publishBranch(session: Session, remote: string, wish: Wish): Promise<Publication> {
  const { repository, ledger } = session;
  const address = await remoteAddress(repository.git, remote);
  if (address === undefined) throw new Problem("no-remote", { remote }, EXIT.noInput);
  const { ref, commit } = wish;
  const expected = await leftAt(ledger, ref, remote);
  const pushed = expected === commit ? { ok: true as const } : await push({ git: repository.git, remote, ref, commit, expected });
  if (!pushed.ok) return told(session, { ref, remote, commit: null, reason: pushed.reason });
  return told(session, { ref, remote, commit, ...(await open(session, address, remote, wish)) });
}

function told({ run }: Session, publication: Publication): Publication {
  run.published(publication);
  return publication;
}

/** Where stet left the remote's branch; null where it never pushed it. */
async function leftAt(ledger: Ledger, ref: string, remote: string): Promise<string | null> {
  const all = [...(await foldRuns(ledger.read(() => false))).values()].flatMap(({ published }) => published);
  return all.findLast((one) => one.ref === ref && one.remote === remote && one.commit !== null)?.commit ?? null;
}

async function open({ run, repository, kit }: Session, address: string, remote: string, { ref, commit: _pushed, ...wish }: Wish): Promise<Pick<Publication, "url" | "number" | "reason">> {
  const found = parseRemote(address);
  const place = found && placeOf(found, process.env);
  if (!place) {
    const file = join(repository.stateDir, "runs", run.options.id, ref === run.options.branch ? "pull-request.md" : `pull-request-${slugOf(ref)}.md`);
    await writeWhole(file, `${wish.body}\n`);
    return { reason: reason("forge", "no-forge", { remote, file }) };
  }
  const forge = await openForge(place, { clock: systemClock, signal: kit.signal });
  const base = wish.base === undefined ? await forge.defaultBranch() : { ok: true as const, value: wish.base };
  if (!base.ok) return { reason: faultReason(base.fault) };
  const wanted = { ...wish, head: ref.slice(HEADS.length), base: base.value };
  const published = await publish({ forge, wanted, limits: DEFAULT_LIMITS, prefix: BRANCH_PREFIX.slice(HEADS.length), nowMs: systemClock.now() });
  return published.ok ? { url: published.pullRequest.url, number: published.pullRequest.number } : refused(published.reason);
}

/** One that is closed or merged has an address all the same. */
function refused(why: Reason): Pick<Publication, "url" | "reason"> {
  const { url } = why.args;
  return { reason: why, ...(typeof url === "string" && { url }) };
}

/** A branch as a file's name. */
function slugOf(ref: string): string {
  return ref.slice(BRANCH_PREFIX.length).replace(/[^\w.-]/g, "-");
}

function titleOf(command: string, commits: number): string {
  return `stet ${command}: ${count(commits, "commit")}`;
}

/** By finding, the pull request of another branch that asks for what landed for it, whatever has become of it. */
export async function findingsWithPullRequests({ ledger, run }: Pick<Session, "ledger" | "run">): Promise<ReadonlyMap<string, string>> {
  const asked = new Map<string, string>();
  for (const { start, published, commits, verdicts } of (await foldRuns(ledger.read())).values()) {
    if (start.branch === run.options.branch) continue;
    const url = published.findLast((one) => one.url !== undefined)?.url;
    if (url === undefined) continue;
    const landed = new Set(commits.map(({ proposal }) => proposal));
    const findings = verdicts.filter(({ proposal }) => landed.has(proposal.id)).flatMap(({ proposal }) => proposal.findings);
    for (const { key } of findings) asked.set(key, url);
  }
  return asked;
}
