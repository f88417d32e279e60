/** Proposals with what they would change, to be unfolded and read. */
import type { Decision } from "../decisions.ts";
import { subject } from "../commit-message.ts";
import { count } from "../layout.ts";
import { oneLine } from "../plain.ts";
import { sentence } from "../sentences.ts";
import { hunksOf, type Hunk, type Line } from "./hunks.ts";
import { element, text } from "./markup.ts";

/** Lines of one file's change that are shown. */
const MAX_LINES = 400;
/** Proposals that are shown with their changes, of each list. */
export const MAX_SHOWN = 500;

/** Files as they stood before, by `textKey`. */
export type BaseTexts = ReadonlyMap<string, string>;

export function textKey(tree: string, file: string): string {
  return `${tree}:${file}`;
}

/** `mark`: what stands before the title, such as a commit's short id. */
export function changes(decisions: readonly (Decision & { readonly mark?: string })[], texts: BaseTexts): string {
  const shown = decisions.slice(0, MAX_SHOWN).map((decision) => one(decision, texts));
  const more = decisions.length > MAX_SHOWN ? element("p", {}, text(`and ${decisions.length - MAX_SHOWN} more`)) : "";
  return `${shown.join("")}${more}`;
}

function one({ kind, proposal, reasons, mark }: Decision & { readonly mark?: string }, texts: BaseTexts): string {
  const head = [element("span", { class: `tag ${kind}` }, text(mark ?? kind)), text(subject(proposal)), element("span", { class: "dim" }, text(oneLine(proposal.title)))].join(" ");
  const why = reasons.map((reason) => element("li", {}, text(sentence(reason))));
  const found = proposal.findings.map(({ at, rule, message }) => element("li", {}, text(`${at ? `${at.file}:${at.line} ` : ""}${rule}: ${message}`)));
  const facts = [`by ${proposal.by}, rung ${proposal.rung}`, costOf(proposal.cost), historyOf(proposal.earned), proposal.reindented === undefined ? "" : `${count(proposal.reindented, "edit")} re-indented`].filter((part) => part !== "");
  const files = [...Map.groupBy(proposal.edits, ({ file }) => file)];
  const inner = [
    element("p", { class: "dim" }, text(facts.join(" · "))),
    why.length > 0 ? `<h3>Why not</h3><ul>${why.join("")}</ul>` : "",
    found.length > 0 ? `<h3>${text(count(found.length, "finding"))}</h3><ul>${found.join("")}</ul>` : "",
    ...files.map(([file, edits]) => `<h3>${text(file)}</h3>${diff(hunksOf(edits, texts.get(textKey(proposal.base, file))))}`),
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

function diff(hunks: readonly Hunk[]): string {
  const lines = hunks.flatMap((hunk, index) => (index === 0 ? hunk : [GAP, ...hunk]));
  const width = Math.max(...lines.map(({ number }) => String(number ?? "").length));
  const shown = lines.slice(0, MAX_LINES).map((line) => lineOf(line, width));
  const more = lines.length > MAX_LINES ? [element("span", { class: "gap" }, text(`… ${lines.length - MAX_LINES} more lines`))] : [];
  // A region that scrolls has to be reachable by keyboard.
  return element("pre", { tabindex: 0 }, [...shown, ...more].join(""));
}

const GAP: Line = { kind: "gap", text: "" };
const TAB = "    ";
const MARKS = { del: "-", ins: "+", same: " ", gap: "⋯" } as const;

function lineOf({ kind, number, text: line }: Line, width: number): string {
  const gutter = element("b", {}, text(String(number ?? "").padStart(width)));
  return element("span", { class: kind }, `${gutter}${text(`${MARKS[kind]} ${line.replaceAll("\t", TAB)}`)}`);
}
