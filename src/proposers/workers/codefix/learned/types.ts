/** Questions about types that several fixers ask. Answers for the types as they are, errors and all. */
import type ts from "typescript";
import type { Scene } from "./fixer.ts";

/** Whether one may be put where the other is wanted; false where the project's TypeScript cannot tell (before 5.4). */
export function fits({ checker, compiler }: Scene, given: ts.Type, wanted: ts.Type): boolean {
  if ((given.flags & compiler.TypeFlags.Any) !== 0) return false;
  return "isTypeAssignableTo" in checker && checker.isTypeAssignableTo(given, wanted);
}

/** What waiting for it gives; undefined where no part of it is a promise. */
export function awaited({ checker }: Scene, type: ts.Type): ts.Type | undefined {
  const parts = type.isUnion() ? type.types : [type];
  return parts.some((part) => part.getProperty("then") !== undefined) ? checker.getAwaitedType(type) : undefined;
}

/** All properties that one of the type's members has. */
export function propertiesOf({ checker }: Scene, type: ts.Type): ts.Symbol[] {
  const plain = checker.getNonNullableType(type);
  const parts = plain.isUnion() ? plain.types : [plain];
  return parts.flatMap((part) => checker.getPropertiesOfType(checker.getApparentType(part)));
}

/** Files that declare the type or the members it has. */
export function homesOf(scene: Scene, type: ts.Type): string[] {
  const symbols = [type.symbol, type.aliasSymbol, ...propertiesOf(scene, type)];
  const declarations = symbols.flatMap((symbol: ts.Symbol | undefined) => symbol?.declarations ?? []);
  return [...new Set(declarations.map((declaration) => declaration.getSourceFile().fileName))];
}

export function isOptional({ compiler }: Scene, property: ts.Symbol): boolean {
  return (property.flags & compiler.SymbolFlags.Optional) !== 0;
}

/**
 * The variables that can be seen from a node, by name, each with its type as far as it is something: what the code has
 * ruled out before that place is not known here. Globals of the platform (`name`, `event`, `status`) are not among them.
 */
export function variables({ checker, compiler, root }: Scene, from: ts.Node): (name: string) => ts.Type | undefined {
  const symbols = checker.getSymbolsInScope(from, compiler.SymbolFlags.Variable | compiler.SymbolFlags.Alias);
  const byName = new Map(symbols.map((symbol) => [symbol.name, symbol]));
  return (name) => {
    const found = byName.get(name);
    const isOwn = found?.declarations?.some((one) => one.getSourceFile().fileName.startsWith(`${root}/`)) ?? false;
    return found && isOwn ? checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(found, from)) : undefined;
  };
}

/** The names of the variables of this file that can be seen from a node. */
export function localNames({ checker, compiler, source }: Scene, from: ts.Node): string[] {
  const symbols = checker.getSymbolsInScope(from, compiler.SymbolFlags.Variable);
  return symbols.filter(({ declarations = [] }) => declarations.some((one) => one.getSourceFile() === source)).map(({ name }) => name);
}
