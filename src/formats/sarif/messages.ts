/** SARIF's messages (§3.11) and rules (§3.49, §3.52): spelled out, or looked up in the run's tables. */
import type { Message, Result, Run } from "./schema.ts";

type Rule = NonNullable<Run["tool"]["driver"]["rules"]>[number];

/** A result names its rule by an id of its own, or by a place in the tool's list, or in that of one of its extensions. */
export function ruleOf({ ruleId, ruleIndex, rule }: Result, run: Run): { readonly id: string; readonly rule: Rule | undefined } {
  const { id: ownId, index, toolComponent } = rule ?? {};
  const rules = rulesOf(run, toolComponent?.index ?? -1);
  const wanted = ruleId ?? ownId ?? "";
  const known = rules[index ?? ruleIndex ?? -1] ?? rules.find(({ id }) => isNamed(id ?? "", wanted));
  return { id: wanted || (known?.id ?? "unnamed"), rule: known };
}

/** Of the tool itself, or of its extension with that number. */
function rulesOf({ tool }: Run, extension: number): readonly Rule[] {
  const component = extension >= 0 ? tool.extensions?.[extension] : tool.driver;
  return component?.rules ?? [];
}

/** `a/b` may be a result's own name for a part of rule `a` (§3.27.5). */
function isNamed(id: string, wanted: string): boolean {
  return id !== "" && (id === wanted || wanted.startsWith(`${id}/`));
}

/** Undefined where there are no words. */
export function messageText(message: Message, run: Run, rule: Rule | undefined): string | undefined {
  const id = message.id ?? "";
  const strings = [rule?.messageStrings, run.tool.driver.globalMessageStrings];
  const looked = strings.map((table) => table?.[id]?.text).find((text) => typeof text === "string");
  const text = [message.text, looked, message.markdown, rule?.shortDescription?.text].find((one) => typeof one === "string" && one.trim() !== "");
  return typeof text === "string" ? filled(text, message.arguments ?? []) : undefined;
}

/** `{0}` is the first argument; doubled braces are braces (§3.11.5). A text without arguments is left as it is. */
function filled(text: string, values: readonly string[]): string {
  if (values.length === 0) return text;
  return text.replace(/\{\{|\}\}|\{(\d+)\}/g, (whole, index: string | undefined) => {
    return index === undefined ? whole.slice(1) : (values[Number(index)] ?? whole);
  });
}
