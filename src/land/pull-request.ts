/**
 * Opens the one pull request of a branch, or brings the one that is there up to date. A closed one is somebody's no and is
 * left alone, a merged one is done; limits per hour and open at once are kept. Never opens a second one for a branch: what
 * an answer that was lost did is looked up before anything is done again.
 */
import type { Forge, ForgeFault, Forged, NewPullRequest, PullRequest } from "../domain/forge.ts";
import { reason, type Reason } from "../domain/reason.ts";

export interface Limits {
  /** Pull requests of stet's own opened in the last hour, this one included. */
  readonly perHour: number;
  /** Of stet's own, open at once, this one included. */
  readonly openAtOnce: number;
}

export const DEFAULT_LIMITS: Limits = { perHour: 10, openAtOnce: 10 };

export interface PublishOptions {
  readonly forge: Forge;
  readonly wanted: NewPullRequest;
  readonly limits: Limits;
  /** Branches of stet's own begin so. */
  readonly prefix: string;
  readonly nowMs: number;
}

export type Published =
  | { readonly ok: true; readonly pullRequest: PullRequest; readonly isNew: boolean }
  | { readonly ok: false; readonly reason: Reason };

const HOUR_MS = 3_600_000;

export async function publish(options: PublishOptions): Promise<Published> {
  const { forge, wanted } = options;
  const standing = await forge.opened(wanted.head);
  if (!standing.ok) return refused(standing.fault);
  const [found] = standing.value;
  if (found) return renew(options, found);
  const limit = await limitReached(options);
  if (limit) return { ok: false, reason: limit };
  const opened = await forge.open(wanted);
  if (opened.ok) return { ok: true, pullRequest: opened.value, isNew: true };
  const [late] = valueOf(await forge.opened(wanted.head)) ?? [];
  return late ? { ok: true, pullRequest: late, isNew: true } : refused(opened.fault);
}

async function renew({ forge, wanted }: PublishOptions, found: PullRequest): Promise<Published> {
  const { number, url, state } = found;
  if (state !== "open") return { ok: false, reason: reason("forge", `pull-request-${state}`, { number, url }) };
  const { title, body, base } = wanted;
  const edited = await forge.edit(number, { title, body, base, draft: found.draft });
  if (!edited.ok) return refused(edited.fault);
  const ready = found.draft && !wanted.draft ? await forge.markReady(found) : edited;
  return ready.ok ? { ok: true, pullRequest: ready.value, isNew: false } : refused(ready.fault);
}

async function limitReached({ forge, limits, prefix, nowMs }: PublishOptions): Promise<Reason | undefined> {
  const recent = await forge.recent(prefix);
  if (!recent.ok) return faultReason(recent.fault);
  const open = recent.value.filter(({ state }) => state === "open").length;
  if (open >= limits.openAtOnce) return reason("forge", "too-many-open", { open, max: limits.openAtOnce });
  const lately = recent.value.filter(({ createdAtMs }) => createdAtMs > nowMs - HOUR_MS).length;
  return lately >= limits.perHour ? reason("forge", "too-many-lately", { count: lately, max: limits.perHour }) : undefined;
}

function refused(fault: ForgeFault): Published {
  return { ok: false, reason: faultReason(fault) };
}

export function faultReason({ kind, detail }: ForgeFault): Reason {
  return reason("forge", `forge-${kind}`, { detail });
}

function valueOf<T>(forged: Forged<T>): T | undefined {
  return forged.ok ? forged.value : undefined;
}
