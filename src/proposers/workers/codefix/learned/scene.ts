/** Sets the scene for fixers: finds the nodes that an error is about. Never decides anything about them. */
import type ts from "typescript";
import type { Scene } from "./fixer.ts";

export function sceneOf(parts: Omit<Scene, "token" | "node" | "checker">): Scene {
  const { source, spot, program } = parts;
  const token = innermost(parts, spot.start);
  let node = token;
  while (!isFile(parts, node.parent) && node.parent.getStart(source) === spot.start && node.parent.end <= spot.end) {
    node = node.parent;
  }
  return { ...parts, token, node, checker: program.getTypeChecker() };
}

function innermost({ compiler, source }: Pick<Scene, "compiler" | "source">, at: number): ts.Node {
  let found: ts.Node = source;
  const visit = (node: ts.Node): void => {
    if (node.getStart(source) > at || node.end <= at) return;
    found = node;
    compiler.forEachChild(node, visit);
  };
  compiler.forEachChild(source, visit);
  return found;
}

function isFile({ compiler }: Pick<Scene, "compiler">, node: ts.Node): boolean {
  return compiler.isSourceFile(node);
}

/** The nearest node from this one upwards that is of a kind; undefined where none is. */
export function upTo<Kind extends ts.Node>(node: ts.Node, is: (node: ts.Node) => node is Kind): Kind | undefined {
  for (let at: ts.Node | undefined = node; at !== undefined; at = parentOf(at)) if (is(at)) return at;
  return undefined;
}

/** A source file has no parent, whatever the type says. */
function parentOf(node: ts.Node): ts.Node | undefined {
  return node.parent;
}
