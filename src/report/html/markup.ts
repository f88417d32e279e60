/** HTML as text: whatever comes from tools, models and repositories goes through `text`, and can be nothing but text. */
import { plain } from "../plain.ts";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Safe in content and in quoted attributes; unseen characters come out as visible escapes. */
export function text(value: string | number): string {
  return plain(String(value), "keep").replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** `inner` is markup already. */
export function element(name: string, attributes: Readonly<Record<string, string | number>>, inner = ""): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${text(value)}"`);
  return `<${name}${written.join("")}>${inner}</${name}>`;
}

export function section(title: string, inner: string): string {
  return inner === "" ? "" : `<section>${element("h2", {}, text(title))}${inner}</section>`;
}

export function tableOf(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const isNumber = head.map((_, column) => rows.every((row) => typeof row[column] === "number"));
  const cell = (name: string, value: string | number, column: number): string => element(name, isNumber[column] ? { class: "n" } : {}, text(value));
  const line = (name: string, cells: readonly (string | number)[]): string => `<tr>${cells.map((value, column) => cell(name, value, column)).join("")}</tr>`;
  return `<table><thead>${line("th", head)}</thead><tbody>${rows.map((row) => line("td", row)).join("")}</tbody></table>`;
}
