/** Finds the codes that the source gives to reasons and problems, so that none can be left without words. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { packageRoot } from "./workspace.ts";

export interface CodeUse {
  /** Relative to the package's root. */
  readonly file: string;
  readonly line: number;
  /** Undefined where the code is not written out. */
  readonly code: string | undefined;
}

/** Where the code stands among the arguments: of `reason(by, code)`, `run.notice(code)`, `new Problem(code)`. */
type Callee = "reason" | "notice" | "Problem";
const POSITION: Readonly<Record<Callee, number>> = { reason: 1, notice: 0, Problem: 0 };

export function codesGivenTo(...callees: readonly Callee[]): CodeUse[] {
  const files = globSync("src/**/*.ts", { cwd: packageRoot }).filter((path) => !path.endsWith(".test.ts")).sort();
  return files.flatMap((file) => codesIn(file, callees));
}

function codesIn(file: string, callees: readonly Callee[]): CodeUse[] {
  const source = ts.createSourceFile(file, readFileSync(join(packageRoot, file), "utf8"), ts.ScriptTarget.Latest, true);
  const uses: CodeUse[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const callee = callees.find((name) => name === nameOf(node.expression));
      const argument = callee && node.arguments?.[POSITION[callee]];
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      if (argument) for (const code of literals(argument)) uses.push({ file, line, code });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

function nameOf(expression: ts.Expression): string {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : "";
}

function literals(node: ts.Expression): (string | undefined)[] {
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
  return [ts.isStringLiteralLike(node) ? node.text : undefined];
}
