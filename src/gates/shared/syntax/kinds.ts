/**
 * The five kinds of mechanical change (capability A5 of the mission), told from where two trees differ. Whatever is none
 * of them has the name of what it is instead.
 */
import type { SyntaxNode, SyntaxTree } from "../../../domain/syntax.ts";
import type { Difference } from "./difference.ts";
import { GRAMMARS } from "./grammars/index.ts";
import { isImport } from "./imports.ts";
import { isLogCall } from "./log-call.ts";
import { isLeaf, isSeparator, some, tokensOf, valueAt } from "./nodes.ts";

export type Mechanical = "suppression" | "import" | "field" | "flip" | "log-call";
/** What else a change can be: something came, went or became another; or a field that is there, or does something. */
export type Other = "added" | "deleted" | "replaced" | "field-twice" | "field-acts";

export interface Trees {
  readonly before: SyntaxTree;
  readonly after: SyntaxTree;
}

/** Undefined where only what parts things differs: a comma at the end of a list, a semicolon. */
export function kindOf({ before, after, around, inside }: Difference, trees: Trees): Mechanical | Other | undefined {
  const [gone, come] = [before, after].map((nodes) => nodes.filter((node) => !isSeparator(node)));
  if (!gone || !come || (gone.length === 0 && come.length === 0)) return partsOnly(before, after, inside) ? undefined : "replaced";
  if (isAllImport(gone, around, trees.before) && isAllImport(come, inside, trees.after)) return "import";
  if (gone.length === 0) return addition(come, inside, trees.after);
  if (come.length === 0) return gone.every((node) => isMark(node, trees.before)) ? "suppression" : "deleted";
  return isFlip(gone, come, inside, trees) ? "flip" : "replaced";
}

/** Where a comma or semicolon is more than a partition. */
const MEANING: ReadonlySet<string> = new Set(["token_tree", "array_rank_specifier", "array_expression", "ForStatement", "for_statement", "for_clause", "preproc_arg"]);

function partsOnly(before: readonly SyntaxNode[], after: readonly SyntaxNode[], inside: readonly SyntaxNode[]): boolean {
  return (before.length === 0 || after.length === 0) && !MEANING.has(inside.at(-1)?.kind ?? "");
}

function isAllImport(nodes: readonly SyntaxNode[], around: readonly SyntaxNode[], tree: SyntaxTree): boolean {
  return around.some((node) => isImport(node, tree)) || nodes.every((node) => isImport(node, tree));
}

function addition(come: readonly SyntaxNode[], inside: readonly SyntaxNode[], tree: SyntaxTree): Mechanical | Other {
  const [only, second] = come;
  if (!only || second) return "added";
  if (isField(only, inside, tree)) return fieldFault(only, inside.at(-1), tree) ?? "field";
  return isLogCall(only, tree) && !isValue(only) ? "log-call" : "added";
}

/** What comes as a part of an expression is no statement. */
function isValue({ field = "" }: SyntaxNode): boolean {
  return /^(?:value|right|left|argument|condition|operand|receiver|object|initializer)$/.test(field);
}

function isField(node: SyntaxNode, inside: readonly SyntaxNode[], { language }: SyntaxTree): boolean {
  const holder = valueAt(GRAMMARS[language].fields, node.kind);
  if (!holder || node.children.some(({ kind }) => kind === "function_declarator")) return false;
  // In Python a class's field is a statement of its body, and an assignment.
  if (language === "python" && node.kind === "expression_statement" && node.children[0]?.kind !== "assignment") return false;
  const near = inside.slice(-2).map(({ kind }) => kind);
  return near.some((kind) => holder.test(kind));
}

/** A second field of one name changes what the first one says. A function or an assignment in its value does something. */
function fieldFault(node: SyntaxNode, holder: SyntaxNode | undefined, tree: SyntaxTree): Other | undefined {
  const { functions, bodies } = GRAMMARS[tree.language];
  const name = nameOf(node, tree);
  const others = holder?.children.filter((one) => one !== node && !isLeaf(one) && nameOf(one, tree) === name) ?? [];
  if (others.length > 0) return "field-twice";
  const acts = node.children.some((child) => some(child, (one) => functions.has(one.kind) || bodies.has(one.kind) || ACTING.test(one.kind)));
  return acts ? "field-acts" : undefined;
}

const ACTING = /^(?:await|yield|await_expression|yield_expression|AwaitExpression|YieldExpression|decorator|Decorator|ComputedPropertyName)$/;

/** What a field is called: what is marked as its name nearest to it, and not in its type or before it. */
function nameOf(node: SyntaxNode, { text }: SyntaxTree): string {
  let level: readonly SyntaxNode[] = node.children;
  let named: SyntaxNode | undefined;
  while (!named && level.length > 0) {
    named = level.find(({ field = "" }) => NAMED.test(field));
    level = level.filter(({ kind, field }) => field !== "type" && !/modifier|attribute|annotation/.test(kind)).flatMap(({ children }) => children);
  }
  return tokensOf(named ?? node.children[0] ?? node, text).join("").replace(/^["']|["']$/g, "");
}

const NAMED = /^(?:name|key|field|left|declarator|designator)$/;

/** Attributes and annotations that silence a check. */
function isMark(node: SyntaxNode, { language, text }: SyntaxTree): boolean {
  const mark = valueAt(GRAMMARS[language].suppressions, node.kind);
  if (mark?.test(text.slice(node.start, node.end))) return true;
  // A list of nothing else goes with it.
  return HOLDERS.has(node.kind) && node.children.length > 0 && node.children.every((child) => isMark(child, { language, text } as SyntaxTree));
}

const HOLDERS: ReadonlySet<string> = new Set(["attribute_list", "modifiers"]);
const BOOLEAN = /^(?:true|false|boolean|boolean_literal)$/i;
/** What may stand between an arm and the one token that it comes to. */
const THROUGH = /(?:pattern|literal|switch_label|statement|Statement|Literal|expression_list|block|then|string|match_condition_list|argument)$/;
const TOKEN = /identifier|Identifier|literal|Literal|constant|integer|float|string_content|string_fragment|^(?:name|number|true|false|nil|null|none|boolean)$/i;

/** One boolean for the other, or one token of an arm for another of its kind. */
function isFlip(gone: readonly SyntaxNode[], come: readonly SyntaxNode[], inside: readonly SyntaxNode[], { before, after }: Trees): boolean {
  const [one, other] = [gone[0], come[0]];
  if (!one || !other || gone.length > 1 || come.length > 1 || !isLeaf(one) || !isLeaf(other)) return false;
  const [was, is] = [before.text.slice(one.start, one.end), after.text.slice(other.start, other.end)].map((text) => text.toLowerCase());
  if (BOOLEAN.test(one.kind) && BOOLEAN.test(other.kind)) return was !== is && [was, is].every((text) => text === "true" || text === "false");
  return one.kind === other.kind && TOKEN.test(one.kind) && isOfArm(inside, after);
}

function isOfArm(inside: readonly SyntaxNode[], { language }: SyntaxTree): boolean {
  const { arms } = GRAMMARS[language];
  const at = inside.findLastIndex(({ kind }) => arms.has(kind));
  return at >= 0 && inside.slice(at + 1).every(({ kind, children }) => THROUGH.test(kind) && !/assignment|declaration/.test(kind) && children.length <= MAX_PARTS);
}

/** Of a statement on the way: `return x;` has three parts, a block around it as well. */
const MAX_PARTS = 4;
