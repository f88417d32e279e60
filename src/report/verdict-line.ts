/** One verdict in one line, for a log. */
import type { Earned } from "../domain/proposal.ts";
import type { Verdict } from "../domain/verdict.ts";
import { oneLine } from "./plain.ts";
import { sentence } from "./sentences.ts";

export function verdictLine({ kind, proposal, reasons }: Verdict): string {
  const why = reasons[0] ? `: ${oneLine(sentence(reasons[0]))}` : "";
  return `${kind}: ${oneLine(proposal.title)} [${earnedText(proposal.earned)}]${why}`;
}

/** `71 % (n=48)`. */
export function earnedText(earned: Earned | undefined): string {
  return earned ? `${Math.round(earned.p * 100)} % (n=${earned.n})` : "no history";
}
