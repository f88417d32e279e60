/**
 * A name that the module does not export (any more): it lost its `export`, got another name, or went to another module.
 * Git's memory counts before likeness.
 */
import type ts from "typescript";
import { CERTAIN, EVIDENT, here, LIKELY, type Change, type Fixer, type Scene, type Suggestion } from "./fixer.ts";
import { exportNames, exportsLive, fileBehind, filesBehind, isOwn, nameOf, otherFiles, specifierFor } from "./modules.ts";
import { closest, likeness } from "./names.ts";
import { renameUses } from "./rename-uses.ts";
import { upTo } from "./scene.ts";

const MAX_MOVED = 2;
/** A name that is so alike counts more than the very name in another module. */
const VERY_LIKE = 0.75;

export const fixer: Fixer = {
  name: "missing-export",
  codes: [2305, 2724, 2614, 2459, 2306],
  suggest(scene) {
    const statement = upTo(scene.token, (node): node is Statement => isStatement(scene, node));
    const written = statement?.moduleSpecifier;
    if (!written || !scene.compiler.isStringLiteral(written)) return [];
    const file = fileBehind(scene, written.text, scene.source.fileName);
    const from = { statement, written: written.text, file, exported: exportNames(scene, scene.checker.getSymbolAtLocation(written)) };
    const asked = specifiersOf(scene, statement).filter((one) => scene.code === 2306 || inside(scene.token, one));
    return asked.flatMap((one) => [...lostKeyword(scene, from, one), ...otherNames(scene, from, one), ...otherModules(scene, from, one)]);
  },
};

type Statement = ts.ImportDeclaration | ts.ExportDeclaration;
type Specifier = ts.ImportSpecifier | ts.ExportSpecifier;

interface From {
  readonly statement: Statement;
  readonly written: string;
  /** Undefined where the module is a dependency's. */
  readonly file: ts.SourceFile | undefined;
  readonly exported: ReadonlySet<string>;
}

function isStatement({ compiler }: Scene, node: ts.Node): node is Statement {
  return compiler.isImportDeclaration(node) || compiler.isExportDeclaration(node);
}

function specifiersOf({ compiler }: Scene, statement: Statement): Specifier[] {
  const bindings = compiler.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause;
  return bindings && "elements" in bindings ? [...bindings.elements] : [];
}

function inside(token: ts.Node, specifier: Specifier): boolean {
  return token.pos >= specifier.pos && token.end <= specifier.end;
}

/** The module declares it and keeps it to itself. */
function lostKeyword(scene: Scene, { file }: From, specifier: Specifier): Suggestion[] {
  const name = (specifier.propertyName ?? specifier.name).text;
  const homes = file ? filesBehind(scene, file).filter(({ fileName }) => isOwn(scene.root, fileName)) : [];
  const found = homes.flatMap((home) => {
    const declared = home.statements.filter((statement) => declares(scene, statement, name));
    return declared.map((statement) => exporting(home, statement));
  });
  // Overloads are exported together or not at all.
  const [first] = found;
  const same = found.filter(({ path }) => path === first?.path);
  return first ? [{ title: `Export '${name}'`, rank: EVIDENT, safety: "unsafe", changes: same }] : [];
}

function declares({ compiler }: Scene, statement: ts.Statement, name: string): boolean {
  if (compiler.canHaveModifiers(statement) && compiler.getModifiers(statement)?.some(({ kind }) => kind === compiler.SyntaxKind.ExportKeyword)) return false;
  if (compiler.isVariableStatement(statement)) {
    const [only, ...more] = statement.declarationList.declarations;
    return more.length === 0 && only !== undefined && compiler.isIdentifier(only.name) && only.name.text === name;
  }
  const isNamed = [compiler.isFunctionDeclaration, compiler.isClassDeclaration, compiler.isInterfaceDeclaration, compiler.isTypeAliasDeclaration, compiler.isEnumDeclaration].some((is) => is(statement));
  return isNamed && "name" in statement && textOf(statement.name) === name;
}

function textOf(name: unknown): unknown {
  return typeof name === "object" && name !== null && "text" in name ? name.text : undefined;
}

function exporting(file: ts.SourceFile, statement: ts.Statement): Change {
  const start = statement.getStart(file);
  return { path: file.fileName, start, end: start, text: "export " };
}

/** It has another name there now. */
function otherNames(scene: Scene, { file, exported }: From, specifier: Specifier): Suggestion[] {
  const name = (specifier.propertyName ?? specifier.name).text;
  const homes = file ? filesBehind(scene, file) : [];
  const remembered = homes.flatMap((home) => scene.history.replacements(nameOf(scene, home.fileName), name)).find((one) => exported.has(one));
  const alike = closest(name, [...exported].filter((one) => one !== "default"));
  const found = [...new Set([remembered, alike])].filter((one) => one !== undefined);
  return found.flatMap((one) => {
    const rank = one === remembered ? CERTAIN : likeness(one, name) >= VERY_LIKE ? LIKELY - 4 : LIKELY - 2;
    return renameUses(scene, specifier, one).map((changes, index): Suggestion => {
      return { title: `Import '${one}', once '${name}'`, rank: rank + index / 2, safety: rank === CERTAIN ? "safe" : "unsafe", changes };
    });
  });
}

/** Another module of the project exports it. */
function otherModules(scene: Scene, from: From, specifier: Specifier): Suggestion[] {
  const name = (specifier.propertyName ?? specifier.name).text;
  const homes = otherFiles(scene).filter((file) => file !== from.file && exportsLive(scene, file, name));
  const ways = homes.flatMap((file) => specifierFor(scene, file.fileName, from.written) ?? []);
  const sorted = ways.sort((one, other) => likeness(other, from.written) - likeness(one, from.written));
  return sorted.slice(0, MAX_MOVED).flatMap((way) => {
    const changes = movedChanges(scene, from.statement, specifier, way);
    return changes ? [{ title: `Take '${name}' from '${way}'`, rank: LIKELY - 3, safety: "unsafe" as const, changes }] : [];
  });
}

/** The whole statement leads there where it takes nothing else, or the one name gets a statement of its own before it. */
function movedChanges(scene: Scene, statement: Statement, specifier: Specifier, way: string): Change[] | undefined {
  const { source, compiler } = scene;
  const written = statement.moduleSpecifier;
  if (!written) return undefined;
  const all = specifiersOf(scene, statement);
  const isOnly = all.length === 1 && !(compiler.isImportDeclaration(statement) && statement.importClause?.name);
  if (isOnly) return [here(scene, written.getStart(source) + 1, written.end - 1, way)];
  const at = all.indexOf(specifier);
  const next = all[at + 1];
  const previous = all[at - 1];
  if (!next && !previous) return undefined;
  const [start, end] = next ? [specifier.getStart(source), next.getStart(source)] : [previous?.end ?? 0, specifier.end];
  const keyword = source.text.slice(statement.getStart(source), all[0]?.parent.getStart(source)).replace(/^(import|export)(\s+type)?[^]*$/, "$1$2");
  const quote = source.text.charAt(written.getStart(source));
  const tail = source.text.slice(written.end, statement.end);
  const line = `${keyword} { ${specifier.getText(source)} } from ${quote}${way}${quote}${tail}\n`;
  return [here(scene, statement.getStart(source), statement.getStart(source), line), here(scene, start, end, "")];
}
