/** What an input that is not read yet looks like: its first lines as JSON, where they are some. */
import { parseLoose } from "../../formats/json.ts";

/** A broken first line must not hide what the others are. */
const MAX_LINES = 20;

/** The objects that stand in a line each at the beginning of an input. */
export function objectsIn(head: string): readonly Readonly<Record<string, unknown>>[] {
  const lines = head.split("\n").slice(0, MAX_LINES);
  return lines.flatMap((line) => {
    const parsed = line.trimStart().startsWith("{") ? parseLoose(line) : undefined;
    return parsed?.ok === true && isObject(parsed.value) ? [parsed.value] : [];
  });
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether the input is a document whose outermost value is an object, or with `[` a list. */
export function opensWith(head: string, bracket: "{" | "["): boolean {
  return head.trimStart().startsWith(bracket);
}
