/**
 * Tells whether a deletion takes code away that runs: TypeScript's "remove unused" deletes `const x = launch()` whole,
 * and the launch with it. Reads the syntax tree only, so a call without any effect counts as live too.
 */
import type ts from "typescript";
import type { Compiler } from "./compiler.ts";
import type { RawEdit } from "./protocol.ts";

/** `edits` are those of one fix; what is deleted here and inserted elsewhere was moved, and lives on. */
export function deletesLiveCode(compiler: Compiler, program: ts.Program, root: string, edits: readonly RawEdit[]): boolean {
  const inserted = compact(edits.map(({ after }) => after).join("\n"));
  return edits.some((edit) => {
    const file = program.getSourceFile(`${root}/${edit.file}`);
    if (!file || !edit.before) return false;
    const end = edit.start + edit.before.length;
    return holdsLive(compiler, file, edit.start, end, inserted);
  });
}

function holdsLive(compiler: Compiler, file: ts.SourceFile, start: number, end: number, inserted: string): boolean {
  const isWhole = (node: ts.Node): boolean => node.getStart(file) >= start && node.end <= end;
  const visit = (node: ts.Node): boolean => {
    if (node.end <= start || node.pos >= end) return false;
    if (isWhole(node) && runs(compiler, node)) return !inserted.includes(compact(node.getText(file)));
    if (isWhole(node) && sleeps(compiler, node, isWhole)) return false;
    return compiler.forEachChild(node, visit) ?? false;
  };
  return visit(file);
}

/** A node that does something when it is reached. */
function runs(compiler: Compiler, node: ts.Node): boolean {
  if (compiler.isPrefixUnaryExpression(node) || compiler.isPostfixUnaryExpression(node)) {
    return [compiler.SyntaxKind.PlusPlusToken, compiler.SyntaxKind.MinusMinusToken].includes(node.operator);
  }
  if (compiler.isBinaryExpression(node)) return assigns(compiler, node.operatorToken.kind);
  if (compiler.isImportDeclaration(node)) return node.importClause === undefined;
  return [
    compiler.isCallExpression,
    compiler.isNewExpression,
    compiler.isAwaitExpression,
    compiler.isYieldExpression,
    compiler.isDeleteExpression,
    compiler.isTaggedTemplateExpression,
    compiler.isThrowStatement,
    compiler.isDecorator,
  ].some((is) => is(node));
}

function assigns(compiler: Compiler, operator: ts.SyntaxKind): boolean {
  return operator >= compiler.SyntaxKind.FirstAssignment && operator <= compiler.SyntaxKind.LastAssignment;
}

/**
 * A node whose inside runs only when something calls or constructs it, which goes with it: functions, methods, and
 * the instance fields of a class that goes as a whole (a field deleted by itself would have run in each instance).
 */
function sleeps(compiler: Compiler, node: ts.Node, isWhole: (node: ts.Node) => boolean): boolean {
  if (compiler.canHaveDecorators(node) && compiler.getDecorators(node)) return false;
  if (compiler.isPropertyDeclaration(node)) return !isStatic(compiler, node) && isWhole(node.parent);
  if (compiler.isExpressionWithTypeArguments(node)) return false;
  return compiler.isFunctionLike(node) || compiler.isTypeNode(node) || compiler.isInterfaceDeclaration(node);
}

function isStatic(compiler: Compiler, node: ts.PropertyDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.StaticKeyword) ?? false;
}

function compact(text: string): string {
  return text.replaceAll(/\s+/g, "");
}
