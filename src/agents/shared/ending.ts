/** How an engine's turn becomes a report: what it said made harmless, and its end told in stet's words. */
import { MAX_SAID_LENGTH, type EngineEnd, type EngineReport } from "../../domain/engine.ts";
import type { Cost } from "../../domain/proposal.ts";
import type { Reason } from "../../domain/reason.ts";
import { redact } from "../../system/secrets.ts";

/** Control, format (bidi, zero-width), unpaired and private characters, as `report/plain.ts` shows them: here they go. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** Lines that take a terminal or a forge somewhere; beyond so many nobody reads on. */
const MAX_LINES = 40;
const MAX_DETAIL_LENGTH = 500;

/** An engine's words as they may be kept: bounded, without secrets, without characters that nobody sees. */
export function saidOf(text: string): string {
  const lines = visible(redact(text.slice(0, 4 * MAX_SAID_LENGTH))).split("\n");
  const kept = lines.map((line) => line.trimEnd()).slice(0, MAX_LINES).join("\n").trim();
  return Array.from(kept).slice(0, MAX_SAID_LENGTH).join("");
}

function visible(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(UNSEEN, (character) => (character === "\n" ? "\n" : character === "\t" ? "  " : ""));
}

export function done(said: string, usage: Cost): EngineReport {
  return { ended: "done", said: saidOf(said), usage };
}

export function notDone(ended: Exclude<EngineEnd, "done">, why: Reason, { said = "", usage = {} }: { said?: string; usage?: Cost } = {}): EngineReport {
  return { ended, said: saidOf(said), usage, reason: why };
}

/** A program's words as a reason's data. */
export function detailOf(text: string): { readonly detail: string } {
  return { detail: saidOf(text.slice(-2 * MAX_DETAIL_LENGTH)).slice(-MAX_DETAIL_LENGTH) };
}
