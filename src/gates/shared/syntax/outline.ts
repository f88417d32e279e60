/**
 * The declarations of a file, each with its signature: parameters, types, modifiers, decorators, and nothing that runs.
 * What is declared inside of a function is the function's own business and is not listed.
 */
import { lineAt, type SyntaxNode, type SyntaxTree } from "../../../domain/syntax.ts";
import type { Declares, Grammar } from "./grammar.ts";
import { GRAMMARS } from "./grammars/index.ts";
import { follow, isLeaf, isOneOf, isSeparator, tokensOf, valueAt } from "./nodes.ts";

export interface Declaration {
  /** What people call it: function, class, field … */
  readonly kind: string;
  /** With the names of all that it stands in. */
  readonly name: string;
  readonly owner: string;
  /** Its tokens, white space and comments left out, by what they are part of. Without its name. */
  readonly signature: Readonly<Record<Part, string>>;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export type Part = "parameters" | "type" | "rest";

export function outline(tree: SyntaxTree): Declaration[] {
  return new Outliner(tree).list();
}

/** Names whose value is read by others as a declaration. */
const PUBLISHED = /^__all__$/;
/** By field, or by kind. */
const PARTS = new Map<string, Part>([
  ...["parameters", "Parameter", "receiver", "type_parameters"].map((name): [string, Part] => [name, "parameters"]),
  ...["type", "return_type", "returns", "result"].map((name): [string, Part] => [name, "type"]),
]);

function partOf({ field = "", kind }: SyntaxNode): Part {
  return PARTS.get(field) ?? PARTS.get(kind) ?? "rest";
}

class Outliner {
  readonly #tree: SyntaxTree;
  readonly #grammar: Grammar;
  readonly #found: Declaration[] = [];

  constructor(tree: SyntaxTree) {
    this.#tree = tree;
    this.#grammar = GRAMMARS[tree.language];
  }

  list(): Declaration[] {
    this.#walk(this.#tree.root, "", []);
    return this.#found;
  }

  /** `prefix`: tokens around the node that belong to each declaration in it. */
  #walk({ children }: SyntaxNode, owner: string, prefix: readonly string[]): void {
    const { around, before, functions, opaque } = this.#grammar;
    let attributes: string[] = [];
    for (const child of children) {
      if (before.has(child.kind)) {
        if (!this.#isSuppression(child)) attributes.push(...this.#tokens(child));
        continue;
      }
      const declares = this.#declares(child);
      const own = [...prefix, ...attributes];
      attributes = [];
      if (declares) this.#declare(child, declares, owner, own);
      else if (around.has(child.kind)) this.#walk(child, owner, [...own, ...this.#tokens(child, (one) => one !== child && (this.#declares(one) !== undefined || around.has(one.kind)))]);
      else if (!functions.has(child.kind) && !opaque.has(child.kind)) this.#walk(child, owner, prefix);
    }
  }

  #declares(node: SyntaxNode): Declares | undefined {
    // A keyword may be called as what it begins.
    const declares = isLeaf(node) ? undefined : valueAt(this.#grammar.declarations, node.kind);
    return declares?.when && !declares.when.test(this.#text(node)) ? undefined : declares;
  }

  #declare(node: SyntaxNode, { as, name: way, inside }: Declares, owner: string, prefix: readonly string[]): void {
    const names = way === undefined ? [] : follow(node, way).map(innermost);
    const own = new Set(names);
    const name = names.length > 0 ? names.map((one) => this.#text(one)).join(", ") : this.#bare(node);
    const full = owner === "" ? name : `${owner}.${name}`;
    const signature = { parameters: [] as string[], type: [] as string[], rest: [...prefix] };
    this.#sign(node, "rest", signature, own, PUBLISHED.test(name));
    const { start, end } = node;
    const kind = as === "variable" && owner !== "" ? "field" : as;
    const parts = { parameters: joined(signature.parameters), type: joined(signature.type), rest: joined(signature.rest) };
    this.#found.push({ kind, name: full, owner, signature: parts, line: lineAt(this.#tree.text, start), start, end });
    if (inside) this.#walkInside(node, full);
  }

  /** Its own tokens: bodies, values and declarations inside are left out; a function that is a value has a signature too. */
  #sign(node: SyntaxNode, part: Part, into: Record<Part, string[]>, names: ReadonlySet<SyntaxNode>, whole: boolean): void {
    const at = whole ? -1 : this.#valueAt(node);
    for (const [index, child] of node.children.entries()) {
      // The mark of a value is no signature either: a field may get its first value.
      if (names.has(child) || (index === at && child.kind === "=") || this.#isNothing(child)) continue;
      if (!whole && this.#isLeftOut(child, node, at >= 0 && index > at)) continue;
      const its = part === "rest" ? partOf(child) : part;
      if (isLeaf(child)) into[its].push(this.#text(child));
      else this.#sign(child, its, into, names, whole);
    }
  }

  #isNothing(node: SyntaxNode): boolean {
    return isSeparator(node) || this.#isSuppression(node);
  }

  /** Where among its children the value is marked; -1 where it has none. In C++ `= 0` belongs to a function. */
  #valueAt({ kind, children }: SyntaxNode): number {
    const mark = valueAt(this.#grammar.values, kind);
    const isFunction = children.some((child) => child.kind === "function_declarator");
    return mark === undefined || isFunction ? -1 : children.findIndex((child) => child.kind === mark);
  }

  #isLeftOut(child: SyntaxNode, { kind }: SyntaxNode, isValue: boolean): boolean {
    const isExportedName = kind === "ExportAssignment" && child.kind === "Identifier";
    if (isValue && !this.#grammar.functions.has(child.kind) && !isExportedName) return true;
    return isOneOf(child, this.#grammar.bodies) || this.#declares(child) !== undefined;
  }

  #walkInside(node: SyntaxNode, name: string): void {
    const { literals } = this.#grammar;
    const at = this.#valueAt(node);
    const inner = at < 0 ? node.children : node.children.slice(0, at);
    this.#walk({ ...node, children: inner }, name, []);
    for (const value of at < 0 ? [] : node.children.slice(at + 1)) this.#walkValue(value, name, literals);
  }

  #walkValue(value: SyntaxNode, name: string, literals: ReadonlySet<string>): void {
    if (value.kind === "ObjectLiteralExpression") this.#walk(value, name, []);
    else if (literals.has(value.kind)) for (const child of value.children) this.#walkValue(child, name, literals);
    else if (this.#declares(value)) this.#walk({ ...value, children: [value] }, name, []);
  }

  #isSuppression(node: SyntaxNode): boolean {
    return valueAt(this.#grammar.suppressions, node.kind)?.test(this.#text(node)) === true;
  }

  /** What names a declaration that has no name: its text up to its body, on one line. */
  #bare(node: SyntaxNode): string {
    const isInner = (one: SyntaxNode): boolean => isOneOf(one, this.#grammar.bodies) || one.field === "value" || partOf(one) !== "rest" || this.#declares(one) !== undefined;
    const tokens = this.#tokens(node, (one) => one !== node && isInner(one));
    return joined(tokens).slice(0, 80);
  }

  #tokens(node: SyntaxNode, skipped?: (node: SyntaxNode) => boolean): string[] {
    return tokensOf(node, this.#tree.text, skipped).filter((token) => token !== "," && token !== ";");
  }

  #text({ start, end }: SyntaxNode): string {
    return this.#tree.text.slice(start, end);
  }
}

/** In C++ a name lies below what its declarator says of it: pointer, array, parameters, value. */
function innermost(node: SyntaxNode): SyntaxNode {
  const inner = node.children.find(({ field }) => field === "declarator");
  return inner ? innermost(inner) : node;
}

function joined(tokens: readonly string[]): string {
  return tokens.join(" ");
}
