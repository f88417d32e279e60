/**
 * A promise where its value is wanted, in a function that may wait. TypeScript offers `await` only where its message
 * says so itself; this one asks the types: what waiting gives must have the member, or fit.
 */
import type ts from "typescript";
import { here, type Fixer, type Scene, type Suggestion } from "./fixer.ts";
import { awaited, fits, propertiesOf } from "./types.ts";
import { upTo } from "./scene.ts";

/** Where TypeScript's own `await` stands. */
const RANK = 19;

export const fixer: Fixer = {
  name: "missing-await",
  codes: [2339, 2551, 2345, 2322, 2740, 2741, 2739, 2488, 2769, 7053, 2365, 2362, 2363, 2367, 2538, 2559, 2352, 18046],
  suggest(scene) {
    const { checker } = scene;
    return promises(scene).flatMap((expression): Suggestion[] => {
      const value = awaited(scene, checker.getTypeAtLocation(expression));
      if (!value || !canWait(scene, expression) || !isOfUse(scene, expression, value)) return [];
      const start = initializerOf(scene, expression);
      const places = [...(start ? [start] : []), expression];
      return places.map((place, index) => ({
        title: "Wait for the promise",
        rank: RANK + index / 2,
        safety: "unsafe" as const,
        changes: waiting(scene, place),
      }));
    });
  },
};

/** The expressions that the error may be about, from the inside out. */
function promises({ compiler, node, token }: Scene): ts.Expression[] {
  const { parent } = token;
  if (compiler.isPropertyAccessExpression(parent) && parent.name === token) return [parent.expression];
  if (compiler.isElementAccessExpression(node) || compiler.isAsExpression(node)) return [node.expression];
  const pattern = compiler.isBindingElement(parent) ? upTo(parent, compiler.isVariableDeclaration) : undefined;
  const given = [node, node.parent, token.parent].flatMap((one): ts.Expression[] => {
    if (compiler.isVariableDeclaration(one) || compiler.isPropertyAssignment(one)) return one.initializer ? [one.initializer] : [];
    if (compiler.isReturnStatement(one)) return one.expression ? [one.expression] : [];
    if (compiler.isBinaryExpression(one)) return [one.left, one.right];
    return compiler.isExpression(one) ? [one] : [];
  });
  return [...new Set([...(pattern?.initializer ? [pattern.initializer] : []), ...given])];
}

/** Whether waiting would put right what is wrong here, as far as the types tell. */
function isOfUse(scene: Scene, expression: ts.Expression, value: ts.Type): boolean {
  const { compiler, checker, token } = scene;
  const { parent } = token;
  if (compiler.isPropertyAccessExpression(parent) && parent.name === token) {
    return propertiesOf(scene, value).some(({ name }) => name === parent.name.text);
  }
  const wanted = checker.getContextualType(expression);
  return wanted === undefined || fits(scene, value, wanted);
}

function canWait({ compiler, source }: Scene, node: ts.Node): boolean {
  const owner = upTo(node.parent, compiler.isFunctionLike);
  if (!owner) return compiler.isExternalModule(source);
  return compiler.canHaveModifiers(owner) && (compiler.getModifiers(owner)?.some(({ kind }) => kind === compiler.SyntaxKind.AsyncKeyword) ?? false);
}

/** What a constant was given, where the promise is used by that name, in the same function. */
function initializerOf({ compiler, checker }: Scene, expression: ts.Expression): ts.Expression | undefined {
  if (!compiler.isIdentifier(expression)) return undefined;
  const declaration = checker.getSymbolAtLocation(expression)?.valueDeclaration;
  if (!declaration || !compiler.isVariableDeclaration(declaration) || declaration.type) return undefined;
  const isNear = upTo(declaration, compiler.isFunctionLike) === upTo(expression, compiler.isFunctionLike);
  return isNear ? declaration.initializer : undefined;
}

function waiting(scene: Scene, expression: ts.Expression): ReturnType<typeof here>[] {
  const { compiler, source } = scene;
  const start = expression.getStart(source);
  const { parent } = expression;
  const isHead = (compiler.isPropertyAccessExpression(parent) || compiler.isElementAccessExpression(parent) || compiler.isCallExpression(parent)) && parent.expression === expression;
  const isLoose = compiler.isBinaryExpression(expression) || compiler.isConditionalExpression(expression) || compiler.isArrowFunction(expression);
  const open = `${isHead ? "(" : ""}await ${isLoose ? "(" : ""}`;
  const close = `${isLoose ? ")" : ""}${isHead ? ")" : ""}`;
  return [here(scene, start, start, open), ...(close === "" ? [] : [here(scene, expression.end, expression.end, close)])];
}
