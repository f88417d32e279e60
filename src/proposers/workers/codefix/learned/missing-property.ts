/**
 * An object literal that lacks what its type wants, where a variable of the very name and a fitting type can be seen.
 * It goes where the type's own order has it. Nothing is given a value that was made up.
 */
import type ts from "typescript";
import { here, LIKELY, type Change, type Fixer, type Scene } from "./fixer.ts";
import { literalsAt } from "./literals.ts";
import { fits, isOptional, variables } from "./types.ts";

/** A literal that lacks more has been forgotten as a whole. */
const MAX_MISSING = 4;

export const fixer: Fixer = {
  name: "missing-property",
  codes: [2741, 2739, 2345, 2322, 1360, 2769],
  suggest(scene) {
    return literalsAt(scene).flatMap((literal) => {
      const type = scene.checker.getContextualType(literal);
      const changes = type && !type.isUnion() ? completions(scene, literal, type) : undefined;
      const names = changes?.map(({ text }) => text.replaceAll(/[\s,]/g, "")).join("', '");
      return changes ? [{ title: `Give '${names ?? ""}'`, rank: LIKELY, safety: "unsafe" as const, changes }] : [];
    });
  },
};

/** Undefined where one of the missing properties has no evident value. */
function completions(scene: Scene, literal: ts.ObjectLiteralExpression, type: ts.Type): Change[] | undefined {
  const { checker } = scene;
  const wanted = checker.getPropertiesOfType(type);
  const given = new Set(checker.getPropertiesOfType(checker.getTypeAtLocation(literal)).map(({ name }) => name));
  const missing = wanted.filter((property) => !given.has(property.name) && !isOptional(scene, property));
  if (missing.length === 0 || missing.length > MAX_MISSING) return undefined;
  const variable = variables(scene, literal);
  const known = missing.every((property) => {
    const found = variable(property.name);
    return found && fits(scene, found, checker.getTypeOfSymbolAtLocation(property, literal));
  });
  if (!known) return undefined;
  const order = wanted.map(({ name }) => name);
  return merged(missing.map(({ name }) => insertion(scene, literal, name, order)));
}

/** After the nearest property that comes before it in the type, in the literal's own layout. */
function insertion(scene: Scene, literal: ts.ObjectLiteralExpression, name: string, order: readonly string[]): Change {
  const { source } = scene;
  const { properties } = literal;
  const rank = (property: ts.ObjectLiteralElementLike): number => (property.name && "text" in property.name ? order.indexOf(property.name.text) : -1);
  const previous = properties.findLast((property) => rank(property) >= 0 && rank(property) < order.indexOf(name));
  const [first] = properties;
  const gap = (from: ts.Node): string => /^\s*/.exec(source.text.slice(from.pos, from.getStart(source)))?.[0] ?? " ";
  if (previous) return here(scene, previous.end, previous.end, `,${first === previous && properties[1] ? gap(properties[1]) : gap(previous)}${name}`);
  if (first) return here(scene, first.getStart(source), first.getStart(source), `${name},${properties[1] ? gap(properties[1]) : gap(first)}`);
  return here(scene, literal.getStart(source), literal.end, `{ ${name} }`);
}

/** Several at one place become one. */
function merged(changes: readonly Change[]): Change[] {
  const byPlace = Map.groupBy(changes, ({ start }) => start);
  return [...byPlace.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first, text: group.map(({ text }) => text).join("") }] : [];
  });
}
