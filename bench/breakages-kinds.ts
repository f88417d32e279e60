/**
 * The kinds of single breakage that `breakages.ts` makes: each finds the nodes it can break and states one replacement.
 * Reads syntax only; whether a breakage breaks anything is for the compiler to say. Never looks at what repairs it.
 */
import ts from "typescript";
import type { Chance } from "./support/random.ts";

/** `text` in place of what stands from `start` to `end`; `moveTo` where the file itself gets another name. */
export interface Break {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly moveTo?: string;
}

export interface Kind {
  readonly name: string;
  /** Undefined where the node is not one that this kind breaks. */
  readonly at: (node: ts.Node, file: ts.SourceFile, random: Chance) => Break | undefined;
}

function kind(name: string, at: Kind["at"]): Kind {
  return { name, at };
}

export const KINDS: readonly Kind[] = [
  kind("wrong path", (node, file, random) => {
    const specifier = relativeSpecifier(node);
    const start = specifier ? specifier.getStart(file) + 1 : 0;
    return specifier && { start, end: specifier.end - 1, text: wrongPath(specifier.text, random) };
  }),
  kind("renamed file", (node, file, random) => {
    if (!ts.isSourceFile(node) || file.fileName.endsWith(".d.ts")) return undefined;
    const [, folder = "", base = "", end = ""] = /^(.*\/)([^/]+?)(\.[^/]+)$/.exec(file.fileName) ?? [];
    return base === "index" ? undefined : { start: 0, end: 0, text: "", moveTo: `${folder}${rename(base, random)}${end}` };
  }),
  kind("renamed export", (node, file, random) => {
    const name = exportedName(node);
    return name && replace(file, name, rename(name.text, random));
  }),
  kind("renamed member", (node, file, random) => {
    const isSignature = ts.isPropertySignature(node) || ts.isMethodSignature(node);
    const isMember = isSignature || ts.isPropertyDeclaration(node) || ts.isMethodDeclaration(node);
    if (!isMember || ts.isObjectLiteralExpression(node.parent)) return undefined;
    return ts.isIdentifier(node.name) ? replace(file, node.name, rename(node.name.text, random)) : undefined;
  }),
  kind("misspelt identifier", (node, file, random) => {
    return ts.isIdentifier(node) && isUse(node) ? replace(file, node, misspell(node.text, random)) : undefined;
  }),
  kind("misspelt property", (node, file, random) => {
    const name = ts.isPropertyAccessExpression(node) ? node.name : undefined;
    return name && ts.isIdentifier(name) ? replace(file, name, misspell(name.text, random)) : undefined;
  }),
  kind("misspelt import", (node, file, random) => {
    if (!ts.isImportSpecifier(node) || node.propertyName || !ts.isIdentifier(node.name)) return undefined;
    return isProjectImport(node.parent.parent.parent) ? replace(file, node.name, misspell(node.name.text, random)) : undefined;
  }),
  kind("dropped import", (node, file) => {
    if (ts.isImportSpecifier(node) && node.parent.elements.length > 1) return dropItem(file, node, node.parent.elements);
    return ts.isImportDeclaration(node) && node.importClause ? { start: node.getStart(file), end: lineAfter(file, node.end), text: "" } : undefined;
  }),
  kind("default against named", (node, file) => {
    const clause = ts.isImportDeclaration(node) && isProjectImport(node) ? node.importClause : undefined;
    return clause && (defaultForNamed(file, clause) ?? namedForDefault(file, clause));
  }),
  kind("dropped export", (node, file) => {
    if (!ts.canHaveModifiers(node)) return undefined;
    const [first, second] = ts.getModifiers(node) ?? [];
    const isPlain = first?.kind === ts.SyntaxKind.ExportKeyword && second?.kind !== ts.SyntaxKind.DefaultKeyword;
    return isPlain ? { start: first.getStart(file), end: first.end + 1, text: "" } : undefined;
  }),
  kind("missing property", (node, file) => {
    if (!ts.isObjectLiteralElement(node) || !ts.isObjectLiteralExpression(node.parent)) return undefined;
    return ts.isSpreadAssignment(node) ? undefined : dropItem(file, node, node.parent.properties);
  }),
  kind("dropped argument", (node, file, random) => {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
    const list = node.arguments ?? [];
    const item = list[random.below(list.length)];
    return item && dropItem(file, item, list);
  }),
  kind("extra argument", (node, _file, random) => {
    const last = ts.isCallExpression(node) || ts.isNewExpression(node) ? node.arguments?.at(-1) : undefined;
    return last && { start: last.end, end: last.end, text: `, ${random.one(["true", "undefined", "{}", "'extra'", "0"])}` };
  }),
  kind("dropped await", (node, file) => {
    return ts.isAwaitExpression(node) ? { start: node.getStart(file), end: node.expression.getStart(file), text: "" } : undefined;
  }),
  kind("dropped async", (node, file) => {
    if (!ts.canHaveModifiers(node)) return undefined;
    const found = ts.getModifiers(node)?.find((one) => one.kind === ts.SyntaxKind.AsyncKeyword);
    return found && { start: found.getStart(file), end: found.end + 1, text: "" };
  }),
  kind("dropped this", (node, file) => {
    if (!ts.isPropertyAccessExpression(node) || node.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
    return { start: node.getStart(file), end: node.name.getStart(file), text: "" };
  }),
];

function defaultForNamed(file: ts.SourceFile, { name, namedBindings: named }: ts.ImportClause): Break | undefined {
  const [only, ...others] = !name && named && ts.isNamedImports(named) ? named.elements : [];
  return named && only && others.length === 0 && !only.propertyName ? replace(file, named, only.name.text) : undefined;
}

function namedForDefault(file: ts.SourceFile, { name, namedBindings: named }: ts.ImportClause): Break | undefined {
  return name && !named ? replace(file, name, `{ ${name.text} }`) : undefined;
}

function replace(file: ts.SourceFile, node: ts.Node, text: string): Break | undefined {
  const start = node.getStart(file);
  return file.text.slice(start, node.end) === text ? undefined : { start, end: node.end, text };
}

/** With the comma that stood between it and its neighbour. */
function dropItem(file: ts.SourceFile, item: ts.Node, list: readonly ts.Node[]): Break {
  const at = list.indexOf(item);
  const next = list[at + 1];
  if (next) return { start: item.getStart(file), end: next.getStart(file), text: "" };
  return { start: list[at - 1]?.end ?? item.getStart(file), end: item.end, text: "" };
}

function lineAfter(file: ts.SourceFile, end: number): number {
  return file.text[end] === "\n" ? end + 1 : end;
}

function relativeSpecifier(node: ts.Node): ts.StringLiteral | undefined {
  const from = ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined;
  return from && ts.isStringLiteral(from) && from.text.startsWith(".") ? from : undefined;
}

function isProjectImport(node: ts.Node): boolean {
  return relativeSpecifier(node) !== undefined;
}

function exportedName(node: ts.Node): ts.Identifier | undefined {
  const isExported = (it: ts.Node): boolean => {
    return ts.canHaveModifiers(it) && (ts.getModifiers(it)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword) ?? false);
  };
  if (ts.isVariableDeclaration(node)) return isExported(node.parent.parent) && ts.isIdentifier(node.name) ? node.name : undefined;
  const named = ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
  return named && isExported(node) ? node.name : undefined;
}

/** An identifier that reads a variable or a type, as far as syntax tells. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) return node === (ts.isQualifiedName(parent) ? parent.left : parent.expression);
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent) || ts.isTypeReferenceNode(parent) || ts.isBinaryExpression(parent)) return true;
  return ts.isReturnStatement(parent) || ts.isTemplateSpan(parent) || ts.isPrefixUnaryExpression(parent) || ts.isElementAccessExpression(parent);
}

/** A folder lost or added, or a name misspelt: what a hurried move leaves behind. */
function wrongPath(path: string, random: Chance): string {
  const parts = path.split("/");
  const last = parts.pop() ?? "";
  const shallower = path.startsWith("../") ? path.slice(3) : path;
  const fewer = /^\.\.?\//.test(shallower) ? shallower : `./${shallower}`;
  const middle = parts.length > 1 && /\w/.test(parts.at(-1) ?? "") ? [...parts.slice(0, -1), last].join("/") : fewer;
  const deeper = path.startsWith("./") ? `.${path}` : `../${path}`;
  const misspelt = /\w{3}/.test(last) ? [...parts, misspell(last, random)].join("/") : deeper;
  return random.one([fewer === path ? misspelt : fewer, deeper, middle, misspelt, misspelt]);
}

/** Another name for the same thing, as people rename: a word more, less or other. */
function rename(name: string, random: Chance): string {
  const upper = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
  const words = name.split(/(?=[A-Z])|[-_]/).filter((word) => word !== "");
  const fewer = words.length > 1 ? words.slice(0, -1).join("") : `${name}Item`;
  const isType = /^[A-Z]/.test(name);
  const before = isType ? `Base${name}` : `get${upper(name)}`;
  return random.one([`${name}2`, `${name}Value`, before, fewer, misspell(name, random)]);
}

/** One letter doubled, lost or changed places with its neighbour. Always a name still. */
function misspell(name: string, random: Chance): string {
  const at = 1 + random.below(Math.max(name.length - 2, 1));
  const [one = "x", other = ""] = [name[at], name[at + 1]];
  const doubled = name.slice(0, at) + one + name.slice(at);
  const lost = name.slice(0, at) + name.slice(at + 1);
  const swapped = name.slice(0, at) + other + one + name.slice(at + 2);
  const made = random.one([doubled, lost, swapped]);
  return made === name || made === "" ? `${name}x` : made;
}
