/** Finds whose member a name in the code is: read from a value, taken out of it, or given to it. Judges nothing. */
import type ts from "typescript";
import type { Scene } from "./fixer.ts";

export interface MemberPlace {
  readonly type: ts.Type;
  /** Members that have been stated beside it. */
  readonly given: ReadonlySet<string>;
  /** Whether the member is given here, and not read. */
  readonly isWritten: boolean;
  /** What stands for the name of the member, whatever it is. */
  readonly write: (name: string) => string;
}

const plain = (name: string): string => name;

/** Undefined where the name is not a member's. */
export function placeOf(scene: Scene, token: ts.Identifier): MemberPlace | undefined {
  const { compiler, checker } = scene;
  const { parent } = token;
  const read = { given: new Set<string>(), isWritten: false, write: plain };
  if (compiler.isPropertyAccessExpression(parent) && parent.name === token) {
    return { ...read, type: checker.getTypeAtLocation(parent.expression) };
  }
  if (compiler.isBindingElement(parent) && (parent.propertyName ?? parent.name) === token) {
    const write = (name: string): string => (parent.propertyName ? name : `${name}: ${token.text}`);
    return { ...read, type: checker.getTypeAtLocation(parent.parent), write, given: siblings(parent.parent.elements) };
  }
  return writtenPlace(scene, token);
}

function writtenPlace({ compiler, checker }: Scene, token: ts.Identifier): MemberPlace | undefined {
  const { parent } = token;
  if (compiler.isJsxAttribute(parent)) {
    const type = checker.getContextualType(parent.parent);
    return type && { type, given: siblings(parent.parent.properties), isWritten: true, write: plain };
  }
  if (!compiler.isObjectLiteralElement(parent) || !compiler.isObjectLiteralExpression(parent.parent) || parent.name !== token) return undefined;
  const type = checker.getContextualType(parent.parent);
  const isShort = compiler.isShorthandPropertyAssignment(parent);
  const write = (name: string): string => (isShort ? `${name}: ${token.text}` : name);
  return type && { type, given: siblings(parent.parent.properties), isWritten: true, write };
}

function siblings(elements: readonly ts.Node[]): Set<string> {
  return new Set(elements.flatMap((element) => {
    const name = "propertyName" in element && element.propertyName ? element.propertyName : "name" in element ? element.name : undefined;
    return typeof name === "object" && name !== null && "text" in name && typeof name.text === "string" ? [name.text] : [];
  }));
}
