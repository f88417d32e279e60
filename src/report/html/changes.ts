/** Proposals with what they would change, to be unfolded and read. */
import type { Edit } from "../../domain/edit.ts";
import { subject } from "../commit-message.ts";
import type { Decision } from "../decisions.ts";
import { count } from "../layout.ts";
import { sentence } from "../sentences.ts";
import { element, text } from "./markup.ts";

/** Lines of one edit's side that are shown. */
const MAX_LINES = 200;
/** Proposals that are shown with their changes, of each list. */
const MAX_SHOWN = 500;

/** `mark`: what stands before the title, such as a commit's short id. */
export function changes(decisions: readonly (Decision & { readonly mark?: string })[]): string {
  const shown = decisions.slice(0, MAX_SHOWN).map(one);
  const more = decisions.length > MAX_SHOWN ? element("p", {}, text(`and ${decisions.length - MAX_SHOWN} more`)) : "";
  return `${shown.join("")}${more}`;
}

function one({ kind, proposal, reasons, mark }: Decision & { readonly mark?: string }): string {
  const head = `${element("span", { class: `tag ${kind}` }, text(mark ?? kind))} ${text(subject(proposal))}`;
  const why = reasons.map((reason) => element("li", {}, text(sentence(reason))));
  const found = proposal.findings.map(({ at, rule, message }) => element("li", {}, text(`${at ? `${at.file}:${at.line} ` : ""}${rule}: ${message}`)));
  const inner = [
    element("p", { class: "dim" }, text([`by ${proposal.by}, rung ${proposal.rung}`, costOf(proposal.cost), historyOf(proposal.earned)].filter((part) => part !== "").join(" · "))),
    why.length > 0 ? `<h4>Why not</h4><ul>${why.join("")}</ul>` : "",
    found.length > 0 ? `<h4>${text(count(found.length, "finding"))}</h4><ul>${found.join("")}</ul>` : "",
    ...proposal.edits.map(hunk),
  ];
  return `<details><summary>${head}</summary>${inner.join("")}</details>`;
}

function costOf(cost: Decision["proposal"]["cost"]): string {
  if (!cost) return "";
  const tokens = (cost.inputTokens ?? 0) + (cost.outputTokens ?? 0);
  return `${count(cost.requests ?? 0, "call")}, ${tokens} tokens${cost.usd === undefined ? "" : `, $${cost.usd.toFixed(4)}`}`;
}

function historyOf(earned: Decision["proposal"]["earned"]): string {
  return earned ? `${Math.round(earned.p * 100)} % of such landed before (n=${earned.n})` : "";
}

function hunk({ file, before, after }: Edit): string {
  const removed = linesOf(before).map((line) => element("span", { class: "del" }, text(`- ${line}`)));
  const added = linesOf(after).map((line) => element("span", { class: "ins" }, text(`+ ${line}`)));
  return `<h4>${text(file)}</h4><pre>${[...removed, ...added].join("")}</pre>`;
}

function linesOf(side: string | null): string[] {
  if (side === null || side === "") return [];
  const lines = side.replace(/\n$/, "").split("\n");
  return lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES), `… ${lines.length - MAX_LINES} more lines`] : lines;
}
