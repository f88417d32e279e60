/** The hand-written lowest layer of a generated workspace: what all of its modules import. */
export const BASE_FILES: Readonly<Record<string, string>> = {
  "src/base/amount.ts": `/** Money in whole cents. */
export interface Amount {
  readonly currency: "EUR" | "USD" | "GBP";
  readonly cents: number;
}

export function formatAmount({ currency, cents }: Amount): string {
  return \`\${(cents / 100).toFixed(2)} \${currency}\`;
}
`,
  "src/base/collections.ts": `/** What the standard library leaves out. */
export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

export function groupBy<T, K>(members: Iterable<T>, keyOf: (member: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const member of members) {
    const key = keyOf(member);
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return groups;
}

export function indexBy<T, K>(members: Iterable<T>, keyOf: (member: T) => K): Map<K, T> {
  return new Map([...members].map((member) => [keyOf(member), member] as const));
}
`,
  "src/base/outcome.ts": `/** A result, or why there is none. */
export type Outcome<T, Code extends string = "unknown" | "refused"> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: Code; readonly detail: string };

export function success<T>(value: T): Outcome<T, never> {
  return { ok: true, value };
}

export function failure<Code extends string>(code: Code, detail: string): Outcome<never, Code> {
  return { ok: false, code, detail };
}
`,
  "src/base/register.ts": `/** Entries by id; what an entry is worth, and what it is called, is for each kind to say. */
import type { Amount } from "./amount.ts";

export interface Entry {
  readonly id: string;
}

export abstract class Register<T extends Entry> {
  readonly #entries = new Map<string, T>();

  abstract worthOf(entry: T): Amount;

  describe(entry: T): string {
    return entry.id;
  }

  get size(): number {
    return this.#entries.size;
  }

  add(entry: T): void {
    this.#entries.set(entry.id, entry);
  }

  find(id: string): T | undefined {
    return this.#entries.get(id);
  }

  remove(id: string): boolean {
    return this.#entries.delete(id);
  }

  all(): T[] {
    return [...this.#entries.values()];
  }
}
`,
  "src/base/types.ts": `/** Types over types. */
type Scalar = string | number | boolean | bigint | symbol | null | undefined;

/** Any part of it, at any depth. */
export type DeepPatch<T> = T extends Scalar
  ? T
  : T extends readonly (infer Member)[]
    ? readonly DeepPatch<Member>[]
    : { readonly [Key in keyof T]?: DeepPatch<T[Key]> };

type Below = [never, 0, 1, 2, 3];

/** Dotted paths to what it holds, down to a depth. */
export type PathIn<T, Depth extends number = 2> = Depth extends 0
  ? never
  : {
      [Key in keyof T & string]: NonNullable<T[Key]> extends Scalar | readonly unknown[]
        ? Key
        : Key | \`\${Key}.\${PathIn<NonNullable<T[Key]>, Below[Depth] & number>}\`;
    }[keyof T & string];

/** One handler for each kind of event. */
export type Handlers<Event extends { readonly kind: string }, Result> = {
  readonly [Kind in Event["kind"]]: (event: Extract<Event, { readonly kind: Kind }>) => Result;
};
`,
};
