/** What a server offers for one of its diagnostics, and which of its diagnostics are the findings that were asked about. */
import type { Action, Diagnostic } from "./messages.ts";
import type { Offer, StatedEdit, Target } from "./protocol.ts";
import type { Text } from "./text.ts";

/** An offer before it is known which findings it is for. */
export interface Offered {
  readonly diagnostic: Diagnostic;
  readonly title: string;
  readonly safety: Offer["safety"];
  readonly edits: readonly StatedEdit[];
}

/** The action's edits; undefined where it changes nothing, touches another file, or does not fit the text. */
export function editsOf({ edit }: Action, uri: string, file: string, text: Text): StatedEdit[] | undefined {
  const all = [...Object.entries(edit?.changes ?? {}), ...(edit?.documentChanges ?? []).map(({ textDocument, edits }) => [textDocument.uri, edits] as const)];
  const [[own, stated] = ["", []], ...others] = all;
  if (others.length > 0 || own !== uri) return undefined;
  const edits = text.edits(file, stated);
  return edits && edits.length > 0 ? edits : undefined;
}

/** Comments that switch a rule off are offered by every linter, and mend nothing. */
export function suppresses(edits: readonly StatedEdit[]): boolean {
  return edits.some(({ after }) => /\b(?:biome-ignore|oxlint-disable|eslint-disable)/.test(after));
}

/** The rule's own name, without its group or plugin: `lint/style/useConst`, `eslint-plugin-unicorn(no-null)`. */
export function ruleName(code: string): string {
  return (/\(([^()]+)\)$/.exec(code)?.[1] ?? code).replace(/^.*\//, "");
}

export function isAt({ range: { start }, code }: Diagnostic, { rule, line, column }: Target): boolean {
  return start.line === line - 1 && start.character === column - 1 && ruleName(String(code ?? "")) === ruleName(rule);
}

export function toOffers(offered: readonly Offered[], targets: readonly Target[]): Offer[] {
  return offered.flatMap(({ diagnostic, title, safety, edits }) => {
    const meant = targets.filter((target) => isAt(diagnostic, target)).map(({ index }) => index);
    return meant.length > 0 ? [{ targets: meant, title, safety, edits: [...edits] }] : [];
  });
}
