/**
 * A call with too many or too few arguments. Surplus ones at the end go where leaving them out leaves nothing undone; a
 * missing one comes where a variable fits that has the parameter's very name, or that nothing uses any more.
 */
import type ts from "typescript";
import { EVIDENT, here, LIKELY, type Fixer, type Scene, type Suggestion } from "./fixer.ts";
import { closest, likeness } from "./names.ts";
import { fits, localNames, variables } from "./types.ts";
import { upTo } from "./scene.ts";

/** "is declared but its value is never read": an error or a suggestion, as the project has it. */
const UNUSED = 6133;
const MAX_UNUSED = 20;
/** `cookie` for `cookies`: hardly less than the very name. */
const VERY_LIKE = 0.75;

export const fixer: Fixer = {
  name: "arguments",
  codes: [2554, 2555, 2575, 2345, 2769],
  suggest(scene) {
    const call = callAt(scene);
    if (!call) return [];
    const list = call.arguments ?? [];
    const signatures = signaturesOf(scene, call);
    const most = Math.max(...signatures.map((one) => (hasRest(scene, one) ? Infinity : one.parameters.length)));
    if (scene.code === 2554 && list.length > most) return dropped(scene, list, most);
    return signatures.flatMap((signature) => inserted(scene, call, list, signature));
  },
};

type Call = ts.CallExpression | ts.NewExpression;

/** The innermost call that has the error among its arguments, or as its callee. */
function callAt({ compiler, token, node }: Scene): Call | undefined {
  const isCall = (one: ts.Node): one is Call => compiler.isCallExpression(one) || compiler.isNewExpression(one);
  if (isCall(node)) return node.arguments?.includes(node) ? undefined : upTo(node, isCall);
  return upTo(token.parent, isCall);
}

function signaturesOf({ checker, compiler }: Scene, call: Call): readonly ts.Signature[] {
  const kind = compiler.isNewExpression(call) ? compiler.SignatureKind.Construct : compiler.SignatureKind.Call;
  return checker.getSignaturesOfType(checker.getTypeAtLocation(call.expression), kind);
}

function hasRest({ compiler }: Scene, signature: ts.Signature): boolean {
  const last = signature.parameters.at(-1)?.valueDeclaration;
  return last !== undefined && compiler.isParameter(last) && last.dotDotDotToken !== undefined;
}

function dropped(scene: Scene, list: readonly ts.Expression[], most: number): Suggestion[] {
  const surplus = list.slice(most);
  const last = surplus.at(-1);
  const [first] = surplus;
  if (!first || !last || !surplus.every((one) => isInert(scene, one))) return [];
  const start = list[most - 1]?.end ?? first.getStart(scene.source);
  const title = surplus.length > 1 ? `Leave out ${surplus.length} surplus arguments` : "Leave out the surplus argument";
  return [{ title, rank: EVIDENT, safety: "unsafe", changes: [here(scene, start, last.end, "")] }];
}

/** Evaluating it does nothing, as far as syntax tells: a getter with an effect is not expected. */
function isInert(scene: Scene, node: ts.Node): boolean {
  const { compiler } = scene;
  if (compiler.isFunctionLike(node) || compiler.isTypeNode(node)) return true;
  const acts = [
    ...[compiler.isCallExpression, compiler.isNewExpression, compiler.isAwaitExpression, compiler.isYieldExpression],
    ...[compiler.isDeleteExpression, compiler.isTaggedTemplateExpression, compiler.isPostfixUnaryExpression],
    ...[compiler.isClassLike, compiler.isJsxOpeningLikeElement, compiler.isSpreadElement],
  ].some((is) => is(node));
  const { PlusPlusToken, MinusMinusToken, FirstAssignment, LastAssignment } = compiler.SyntaxKind;
  const counts = compiler.isPrefixUnaryExpression(node) && [PlusPlusToken, MinusMinusToken].includes(node.operator);
  const operator = compiler.isBinaryExpression(node) ? node.operatorToken.kind : compiler.SyntaxKind.Unknown;
  if (acts || counts || (operator >= FirstAssignment && operator <= LastAssignment)) return false;
  return !compiler.forEachChild(node, (child) => (isInert(scene, child) ? undefined : true));
}

/** One variable more, at each place where it and what comes after it fit. */
function inserted(scene: Scene, call: Call, list: readonly ts.Expression[], signature: ts.Signature): Suggestion[] {
  const { checker } = scene;
  const { parameters } = signature;
  if (list.length >= parameters.length || list.some((one) => scene.compiler.isSpreadElement(one))) return [];
  const typeOf = (at: number): ts.Type | undefined => {
    const parameter = parameters[at];
    return parameter && checker.getTypeOfSymbolAtLocation(parameter, call);
  };
  const fitsAt = (argument: ts.Expression, at: number): boolean => {
    const wanted = typeOf(at);
    return wanted !== undefined && fits(scene, checker.getTypeAtLocation(argument), wanted);
  };
  const unused = unusedNames(scene);
  const locals = localNames(scene, call);
  const variable = variables(scene, call);
  return Array.from({ length: list.length + 1 }, (_, at) => at).flatMap((at) => {
    const wanted = typeOf(at);
    if (!wanted || !list.slice(at).every((argument, index) => fitsAt(argument, at + index + 1))) return [];
    const own = parameters[at]?.name ?? "";
    const alike = closest(own, locals);
    const isVeryAlike = alike !== undefined && likeness(own, alike) >= VERY_LIKE;
    const names = new Set([own, ...(isOpen(scene, wanted) ? [] : [...unused, ...(isVeryAlike ? [alike] : [])])]);
    const fitting = [...names].filter((name) => isAtHand(scene, call, variable(name), name, wanted));
    return fitting.map((name) => insertion(scene, call, list, { at, name, rank: name === own ? LIKELY : LIKELY + 0.5 }));
  });
}

/** Whether a variable of the name is there, fits, and is not passed already. */
function isAtHand(scene: Scene, call: Call, found: ts.Type | undefined, name: string, wanted: ts.Type): boolean {
  const isPassed = (call.arguments ?? []).some((one) => one.getText(scene.source) === name);
  return found !== undefined && !isPassed && fits(scene, found, wanted);
}

/** A type that everything fits says nothing about what belongs there. */
function isOpen({ compiler }: Scene, type: ts.Type): boolean {
  return (type.flags & (compiler.TypeFlags.Any | compiler.TypeFlags.Unknown | compiler.TypeFlags.TypeParameter)) !== 0;
}

/** What nothing uses any more is what was left out. */
function unusedNames({ diagnostics, source }: Scene): string[] {
  const unused = diagnostics.filter(({ code }) => code === UNUSED);
  return [...new Set(unused.map(({ start = 0, length = 0 }) => source.text.slice(start, start + length)))].slice(0, MAX_UNUSED);
}

interface Insertion {
  readonly at: number;
  readonly name: string;
  readonly rank: number;
}

function insertion(scene: Scene, call: Call, list: readonly ts.Expression[], { at, name, rank }: Insertion): Suggestion {
  const { source } = scene;
  const [next, previous] = [list[at], list[at - 1]];
  const end = call.end - 1;
  const change = next
    ? here(scene, next.getStart(source), next.getStart(source), `${name}, `)
    : previous
      ? here(scene, previous.end, previous.end, `, ${name}`)
      : here(scene, end, end, name);
  return { title: `Pass '${name}'`, rank, safety: "unsafe", changes: [change] };
}
