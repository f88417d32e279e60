/**
 * What is wrong in a workspace whose findings are to be repaired: one fault in a file, each one that a tool's own fix can
 * mend. TypeScript's come from strict flags that were switched on and from slips; ESLint's from rules with a fix.
 */
import type { Change } from "./change.ts";
import type { ModuleSpec } from "./graph.ts";

export interface Fault extends Change {
  /** What the check reports it as. */
  readonly rule: string;
}

type FaultMaker = (type: string) => Omit<Fault, "file">;

const TYPE_FAULTS: readonly FaultMaker[] = [
  () => ({ rule: "TS4114", before: "override describe(", after: "describe(" }),
  () => ({ rule: "TS2552", before: "return own + foreign;", after: "return own + foreing;" }),
  () => ({ rule: "TS2304", before: "import { formatAmount, type Amount }", after: "import type { Amount }" }),
  () => ({ rule: "TS2551", before: "cents * entry.quantity", after: "cents * entry.quantitty" }),
  () => ({ rule: "TS2339", before: "const entry = await", after: "const entry =" }),
  () => ({ rule: "TS6133", before: "{ groupBy, sumOf }", after: "{ groupBy, indexBy, sumOf }" }),
  () => ({ rule: "TS1484", before: "formatAmount, type Amount", after: "formatAmount, Amount" }),
  () => ({ rule: "TS4111", before: 'LABELS["standard"]', after: "LABELS.standard" }),
];

/** In a workspace of their own: the compiler does not look at declarations while it has anything else to say. */
const DECLARATION_FAULTS: readonly FaultMaker[] = [
  (type) => ({ rule: "TS9007", before: `weigh${type}(quantity: number): number {`, after: `weigh${type}(quantity: number) {` }),
  (type) => ({ rule: "TS9008", before: `byTag(): Map<string, ${type}[]>`, after: "byTag()" }),
];

const LINT_FAULTS: readonly FaultMaker[] = [
  () => ({ rule: "prefer-const", before: "const own =", after: "let own =" }),
  () => ({ rule: "object-shorthand", before: "{ currency, cents: cents", after: "{ currency: currency, cents: cents" }),
  () => ({ rule: "no-useless-rename", before: "const { currency, cents }", after: "const { currency: currency, cents }" }),
  () => ({ rule: "prefer-template", before: "`nothing called ${id}`", after: '"nothing called " + id' }),
  () => ({ rule: "arrow-body-style", before: 'entry.tags[0] ?? "none")', after: '{ return entry.tags[0] ?? "none"; })' }),
];

export type FaultKind = "types" | "declarations" | "lint";

const MAKERS: Readonly<Record<FaultKind, readonly FaultMaker[]>> = {
  types: TYPE_FAULTS,
  declarations: DECLARATION_FAULTS,
  lint: LINT_FAULTS,
};

/** `count` faults in as many modules, all kinds in turn. */
export function faultsIn(modules: readonly ModuleSpec[], count: number, kind: FaultKind): Fault[] {
  const makers = MAKERS[kind];
  if (count > modules.length) throw new RangeError(`${count} faults do not fit ${modules.length} modules`);
  return modules.slice(0, count).flatMap(({ name: { type, file } }, index) => {
    const fault = makers[index % makers.length]?.(type);
    return fault ? [{ file, ...fault }] : [];
  });
}
