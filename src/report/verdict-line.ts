/** One verdict in one line, for a log. */
import type { Verdict } from "../domain/verdict.ts";
import { oneLine } from "./plain.ts";
import { sentence } from "./sentences.ts";

export function verdictLine({ kind, proposal, reasons }: Verdict): string {
  const why = reasons[0] ? `: ${oneLine(sentence(reasons[0]))}` : "";
  return `${kind}: ${oneLine(proposal.title)}${why}`;
}
