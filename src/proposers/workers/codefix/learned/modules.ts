/**
 * What the project's modules offer and how they are reached: exports by name, the files behind a barrel, and specifiers
 * in the style of the one that they replace. Looks at the project's own sources only, never into dependencies.
 */
import { dirname, relative, sep } from "node:path";
import type ts from "typescript";
import { distance } from "./names.ts";
import type { Scene } from "./fixer.ts";

/** Files behind `export *` that are looked into. */
const MAX_BEHIND = 30;

/** The project's own files but this one. */
export function otherFiles({ program, root, source }: Scene): ts.SourceFile[] {
  return program.getSourceFiles().filter((file) => file !== source && isOwn(root, file.fileName));
}

export function isOwn(root: string, path: string): boolean {
  return path.startsWith(`${root}/`) && !path.includes("/node_modules/");
}

/** A file's path as git and findings name it. */
export function nameOf({ root }: Pick<Scene, "root">, path: string): string {
  return relative(root, path).split(sep).join("/");
}

/** The names that a module exports, `default` among them; empty where the file is no module. */
export function exportNames({ checker }: Scene, module: ts.SourceFile | ts.Symbol | undefined): Set<string> {
  const symbol = module && "fileName" in module ? checker.getSymbolAtLocation(module) : module;
  return new Set(symbol ? checker.getExportsOfModule(symbol).map(({ name }) => name) : []);
}

/** Whether a module exports a name, and what it means is there: a barrel may pass on what is gone. */
export function exportsLive({ checker, compiler }: Pick<Scene, "checker" | "compiler">, module: ts.SourceFile, name: string): boolean {
  const symbol = checker.getSymbolAtLocation(module);
  const found = symbol && checker.getExportsOfModule(symbol).find((one) => one.name === name);
  if (!found || (found.flags & compiler.SymbolFlags.Alias) === 0) return found !== undefined;
  return (checker.getAliasedSymbol(found).declarations ?? []).length > 0;
}

/** The file that a specifier leads to, whether it is a module or not; undefined for a dependency's. */
export function fileBehind({ compiler, program, root }: Pick<Scene, "compiler" | "program" | "root">, specifier: string, from: string): ts.SourceFile | undefined {
  const host = compiler.sys;
  const found = compiler.resolveModuleName(specifier, from, program.getCompilerOptions(), host).resolvedModule;
  return found && isOwn(root, found.resolvedFileName) ? program.getSourceFile(found.resolvedFileName) : undefined;
}

/** The file itself, then those whose exports it passes on with `export *`. */
export function filesBehind(scene: Scene, file: ts.SourceFile): ts.SourceFile[] {
  const { compiler } = scene;
  const found = new Set([file]);
  for (const one of found) {
    for (const statement of one.statements) {
      if (found.size === MAX_BEHIND) break;
      if (!compiler.isExportDeclaration(statement) || statement.exportClause || !statement.moduleSpecifier) continue;
      if (!compiler.isStringLiteral(statement.moduleSpecifier)) continue;
      const behind = fileBehind(scene, statement.moduleSpecifier.text, one.fileName);
      if (behind) found.add(behind);
    }
  }
  return [...found];
}

/** How the file would name another one, written as `model` is; undefined where no way leads there. */
export function specifierFor(scene: Scene, target: string, model: string): string | undefined {
  const { source } = scene;
  const path = relative(dirname(source.fileName), target).split(sep).join("/");
  const dotted = path.startsWith(".") ? path : `./${path}`;
  const leads = (specifier: string): boolean => fileBehind(scene, specifier, source.fileName)?.fileName === target;
  const ways = waysOf(dotted).sort((one, other) => oddity(one, model) - oddity(other, model));
  return ways.find(leads);
}

function waysOf(path: string): string[] {
  const bare = path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, "");
  const emitted = path.replace(/\.d(\.[cm]?)ts$/, "$1js").replace(/(\.[cm]?)tsx?$/, "$1js");
  const short = bare.endsWith("/index") ? [bare.slice(0, -"/index".length) || "."] : [];
  return [...new Set([...short, bare, emitted, path])];
}

/** The ending counts before the letters. */
function oddity(specifier: string, model: string): number {
  const ending = (text: string): string => /\.[cm]?[jt]sx?$/.exec(text)?.[0] ?? "";
  return (ending(specifier) === ending(model) ? 0 : 1_000) + distance(specifier, model);
}
