/** Finds the object literals that an error is about: the compiler often points at the name that they are given to. */
import type ts from "typescript";
import type { Scene } from "./fixer.ts";

const MAX_LITERALS = 4;

export function literalsAt({ compiler, node, token }: Scene): ts.ObjectLiteralExpression[] {
  const roots = [node, token.parent, node.parent].flatMap((one) => expressionOf(compiler, one) ?? []);
  const found = new Set<ts.ObjectLiteralExpression>();
  for (const root of roots) collect(compiler, root, found);
  return [...found].slice(0, MAX_LITERALS);
}

/** What is given to a variable, property or caller. */
function expressionOf(compiler: Scene["compiler"], node: ts.Node): ts.Expression | undefined {
  if (compiler.isVariableDeclaration(node) || compiler.isPropertyAssignment(node) || compiler.isPropertyDeclaration(node)) return node.initializer;
  if (compiler.isReturnStatement(node) || compiler.isSatisfiesExpression(node)) return node.expression;
  if (compiler.isArrowFunction(node)) return compiler.isBlock(node.body) ? undefined : node.body;
  if (compiler.isBinaryExpression(node)) return node.right;
  return compiler.isExpression(node) ? node : undefined;
}

/** Through parentheses, branches and lists, not into calls. */
function collect(compiler: Scene["compiler"], node: ts.Expression, found: Set<ts.ObjectLiteralExpression>): void {
  if (found.size >= MAX_LITERALS) return;
  if (compiler.isObjectLiteralExpression(node)) found.add(node);
  if (compiler.isParenthesizedExpression(node) || compiler.isSatisfiesExpression(node)) collect(compiler, node.expression, found);
  if (compiler.isConditionalExpression(node)) for (const one of [node.whenTrue, node.whenFalse]) collect(compiler, one, found);
  if (compiler.isArrayLiteralExpression(node)) for (const one of node.elements) collect(compiler, one, found);
}
