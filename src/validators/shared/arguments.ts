/**
 * Takes options out of a command line, so that stet's own can stand in their place. Never interprets the rest.
 */

/** How an option is written: alone, with a value after it, or with a number after it perhaps. */
export type Form = "alone" | "value" | "number";

/**
 * The words without the named options and their values. A name that ends with `*` means every option that begins so.
 * Words after `--` are operands and stay.
 */
export function withoutOptions(words: readonly string[], forms: Readonly<Record<string, Form>>): string[] {
  const kept: string[] = [];
  const end = words.includes("--") ? words.indexOf("--") : words.length;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const form = index < end ? formOf(word, forms) : undefined;
    if (form === undefined) kept.push(word);
    else if (takesNext(word, words[index + 1], form)) index += 1;
  }
  return kept;
}

function formOf(word: string, forms: Readonly<Record<string, Form>>): Form | undefined {
  const [name = ""] = word.split("=", 1);
  if (Object.hasOwn(forms, name)) return forms[name];
  return Object.entries(forms).find(([key]) => key.endsWith("*") && name.startsWith(key.slice(0, -1)))?.[1];
}

function takesNext(word: string, next: string | undefined, form: Form): boolean {
  if (word.includes("=") || next === undefined) return false;
  return form === "value" || (form === "number" && /^\d+$/.test(next));
}
