/**
 * The text of one generated module. A full one has an interface, mapped and generic types, a class that extends a generic
 * one, plain and async functions, and calls into what it imports. `patches.ts` and `faults.ts` name pieces of it; each
 * piece stands there exactly once.
 */
import { posix } from "node:path";
import { weight, type ModuleSpec } from "./graph.ts";

export function moduleText(spec: ModuleSpec): string {
  return spec.size === "small" ? smallModuleText(spec) : fullModuleText(spec);
}

function fullModuleText(spec: ModuleSpec): string {
  const T = spec.name.type;
  return `/** ${words(T)}: what one holds, how it changes, and what it weighs. */
import { formatAmount, type Amount } from "../base/amount.ts";
import { groupBy, sumOf } from "../base/collections.ts";
import { failure, success, type Outcome } from "../base/outcome.ts";
import { Register, type Entry } from "../base/register.ts";
import type { DeepPatch, Handlers, PathIn } from "../base/types.ts";
${importLines(spec)}
export interface ${T} extends Entry {
  readonly quantity: number;
  readonly price: Amount;
  readonly tags: readonly string[];
${partLines(spec)}}

export type ${T}Patch = DeepPatch<Omit<${T}, "id">>;
export type ${T}Path = PathIn<${T}>;

export type ${T}Event =
  | { readonly kind: "added"; readonly entry: ${T} }
  | { readonly kind: "changed"; readonly id: string; readonly path: ${T}Path }
  | { readonly kind: "removed"; readonly id: string };

const LABELS: Readonly<Record<string, string>> = { standard: "Standard", express: "Express" };
const MOST = 1_000_000;

${figures(spec)}
export class ${T}Register extends Register<${T}> {
  readonly #handlers: Handlers<${T}Event, Outcome<number>> = {
    added: ({ entry }) => {
      this.add(entry);
      return success(this.size);
    },
    changed: ({ id, path }) => {
      const found = this.find(id);
      return found ? success(found.quantity + path.length) : failure("unknown", id);
    },
    removed: ({ id }) => (this.remove(id) ? success(this.size) : failure("unknown", id)),
  };

  override describe(entry: ${T}): string {
    const label = LABELS["standard"] ?? entry.id;
    return \`\${label}: \${formatAmount(this.worthOf(entry))}\`;
  }

  override worthOf(entry: ${T}): Amount {
    const { currency, cents } = entry.price;
    return { currency, cents: cents * entry.quantity };
  }

  apply(event: ${T}Event): Outcome<number> {
    switch (event.kind) {
      case "added":
        return this.#handlers.added(event);
      case "changed":
        return this.#handlers.changed(event);
      case "removed":
        return this.#handlers.removed(event);
    }
  }

  byTag(): Map<string, ${T}[]> {
    return groupBy(this.all(), (entry) => entry.tags[0] ?? "none");
  }
}

export async function load${T}(register: ${T}Register, id: string): Promise<${T}> {
  const found = await Promise.resolve(register.find(id));
  if (found === undefined) throw new Error(\`nothing called \${id}\`);
  return found;
}

export async function review${T}(register: ${T}Register, id: string): Promise<number> {
  const entry = await load${T}(register, id);
  return weigh${T}(entry.quantity);
}
`;
}

function smallModuleText(spec: ModuleSpec): string {
  const T = spec.name.type;
  return `/** ${words(T)}: what one holds, and what it weighs. */
import { sumOf } from "../base/collections.ts";
import type { Entry } from "../base/register.ts";
${importLines(spec)}
export interface ${T} extends Entry {
  readonly quantity: number;
  readonly tags: readonly string[];
${partLines(spec)}}

const MOST = 1_000_000;

${figures(spec)}
export function load${T}(entries: readonly ${T}[], id: string): ${T} {
  const found = entries.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(\`nothing called \${id}\`);
  return found;
}

export function review${T}(entries: readonly ${T}[], id: string): number {
  const entry = load${T}(entries, id);
  return weigh${T}(entry.quantity);
}
`;
}

/** The exported functions of figures that every module has. */
function figures({ name: { type }, imports, factor, offset, share }: ModuleSpec): string {
  const rates = imports.map((one) => `rateOf${one.name.type}(quantity)`).join(", ");
  return `/** What others reckon with. */
export function rateOf${type}(quantity: number): number {
  return quantity * ${factor} + ${offset};
}

/** Its own share, and that of everything it is made of. */
export function weigh${type}(quantity: number): number {
  const own = quantity * ${share};
  const foreign = sumOf([${rates}]);
  if (foreign > MOST) return MOST;
  return own + foreign;
}
`;
}

function importLines({ name, imports }: ModuleSpec): string {
  const lines = imports.map(({ name: { type, file } }) => {
    const path = posix.relative(posix.dirname(name.file), file);
    return `import { rateOf${type}, type ${type} } from "${path.startsWith(".") ? path : `./${path}`}";\n`;
  });
  return lines.join("");
}

function partLines({ imports }: ModuleSpec): string {
  return imports.map(({ name: { field, type } }) => `  readonly ${field}?: ${type};\n`).join("");
}

/** `ColdInvoice` → `Cold invoice` */
function words(type: string): string {
  return type.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

export function testFile({ name }: ModuleSpec): string {
  return name.file.replace(/^src\//, "test/").replace(/\.ts$/, ".test.ts");
}

/** A module's own test. What others reckon with (`rateOf…`) is tested by those who do. */
export function testText(spec: ModuleSpec): string {
  const { type, file } = spec.name;
  return `import assert from "node:assert/strict";
import { test } from "node:test";
import { weigh${type}, ${type}Register, type ${type} } from "../../${file}";

test("${type} weighs its share and its parts", () => {
  assert.equal(weigh${type}(3), ${weight(spec, 3)});
});

test("${type} is described with what it is worth", () => {
  const entry: ${type} = { id: "one", quantity: 4, price: { currency: "EUR", cents: 250 }, tags: [] };
  assert.equal(new ${type}Register().describe(entry), "Standard: 10.00 EUR");
});
`;
}
