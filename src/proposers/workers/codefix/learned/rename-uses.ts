/**
 * Gives an imported or re-exported name another one, in one file: the import and its uses where the new name is free
 * there, an alias otherwise. Re-exports keep their outer name, so that nobody beyond notices.
 */
import type ts from "typescript";
import { here, type Change, type Scene } from "./fixer.ts";

type Specifier = ts.ImportSpecifier | ts.ExportSpecifier;

/** The ways to write it, best first. */
export function renameUses(scene: Scene, specifier: Specifier, name: string): Change[][] {
  const { compiler, source } = scene;
  const old = specifier.propertyName ?? specifier.name;
  const alone = here(scene, old.getStart(source), old.end, name);
  if (specifier.propertyName) return [[specifier.name.text === name ? here(scene, old.getStart(source), specifier.name.end, name) : alone]];
  const alias = here(scene, old.getStart(source), old.end, `${name} as ${old.text}`);
  if (compiler.isExportSpecifier(specifier)) return [[alias]];
  const uses = usesOf(scene, specifier.name, name);
  return uses ? [[alone, ...uses], [alias]] : [[alias]];
}

/** Undefined where the new name means something else in this file already. */
function usesOf(scene: Scene, local: ts.ModuleExportName, name: string): Change[] | undefined {
  const { checker, source } = scene;
  const symbol = checker.getSymbolAtLocation(local);
  const nodes = identifiersOf(scene, source);
  const isTaken = nodes.some((node) => node.text === name && isName(scene, checker.getSymbolAtLocation(node)));
  if (isTaken || !symbol) return undefined;
  const uses = nodes.filter((node) => node !== local && node.text === local.text);
  return uses.flatMap((node) => changeOf(scene, node, symbol, name) ?? []);
}

function changeOf(scene: Scene, node: ts.Identifier, symbol: ts.Symbol, name: string): Change | undefined {
  const { compiler, checker, source } = scene;
  const { parent } = node;
  const put = (text: string): Change => here(scene, node.getStart(source), node.end, text);
  if (compiler.isShorthandPropertyAssignment(parent)) {
    return checker.getShorthandAssignmentValueSymbol(parent) === symbol ? put(`${node.text}: ${name}`) : undefined;
  }
  if (compiler.isExportSpecifier(parent)) {
    if (checker.getExportSpecifierLocalTargetSymbol(parent) !== symbol || parent.name === node && parent.propertyName) return undefined;
    return put(parent.propertyName ? name : `${name} as ${node.text}`);
  }
  return isVariable(scene, node) && checker.getSymbolAtLocation(node) === symbol ? put(name) : undefined;
}

/** Whether it is a name of the file's own, and neither a member's nor one of the platform's. */
function isName({ compiler, source }: Scene, symbol: ts.Symbol | undefined): boolean {
  const { Property, Method, Accessor, EnumMember } = compiler.SymbolFlags;
  const isOwn = symbol?.declarations?.some((one) => one.getSourceFile() === source) ?? false;
  return symbol !== undefined && isOwn && (symbol.flags & (Property | Method | Accessor | EnumMember)) === 0;
}

/** Not the name of a property, which lives elsewhere. */
function isVariable({ compiler }: Scene, node: ts.Identifier): boolean {
  const { parent } = node;
  if (compiler.isPropertyAccessExpression(parent)) return parent.name !== node;
  if (compiler.isQualifiedName(parent)) return parent.right !== node;
  return !compiler.isPropertyAssignment(parent) || parent.name !== node;
}

function identifiersOf({ compiler }: Pick<Scene, "compiler">, root: ts.Node): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (compiler.isIdentifier(node)) found.push(node);
    compiler.forEachChild(node, visit);
  };
  visit(root);
  return found;
}
