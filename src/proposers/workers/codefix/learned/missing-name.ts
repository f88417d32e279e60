/**
 * A name that nothing here declares: it has another name now, as git remembers or as the one name in scope that is most
 * like it. TypeScript's own guess knows letters only; this one knows words and the project's own names first.
 */
import type ts from "typescript";
import { CERTAIN, here, LIKELY, type Fixer, type Scene, type Suggestion } from "./fixer.ts";
import { isOwn, nameOf } from "./modules.ts";
import { closest } from "./names.ts";
import { upTo } from "./scene.ts";

export const fixer: Fixer = {
  name: "missing-name",
  codes: [2304, 2552, 2503, 18004],
  suggest(scene) {
    const { compiler, source, token, history } = scene;
    if (!compiler.isIdentifier(token)) return [];
    const inScope = namesInScope(scene, token);
    const remembered = history.replacements(nameOf(scene, source.fileName), token.text).find((name) => inScope.has(name));
    const own = [...inScope].filter(([, isProjects]) => isProjects).map(([name]) => name);
    const alike = closest(token.text, own) ?? closest(token.text, inScope.keys());
    const found = [...new Set([remembered, alike])].filter((name) => name !== undefined);
    return found.flatMap((name) => spellings(scene, token, name, name === remembered));
  },
};

/** Whether each name is one of the project's own. */
function namesInScope({ checker, compiler, root }: Scene, token: ts.Identifier): Map<string, boolean> {
  const { Value, Type, Namespace, Alias } = compiler.SymbolFlags;
  // A type or constant that is made of itself would be a circle.
  const isAround = (one: ts.Declaration): boolean => {
    return (compiler.isTypeAliasDeclaration(one) || compiler.isVariableDeclaration(one)) && upTo(token, (node): node is ts.Declaration => node === one) !== undefined;
  };
  const symbols = checker.getSymbolsInScope(token, Value | Type | Namespace | Alias).filter(({ declarations = [] }) => !declarations.some(isAround));
  return new Map(symbols.map(({ name, declarations = [] }) => {
    return [name, declarations.some((one) => isOwn(root, one.getSourceFile().fileName))];
  }));
}

function spellings(scene: Scene, token: ts.Identifier, name: string, isRemembered: boolean): Suggestion[] {
  const { compiler, source } = scene;
  const common = {
    rank: isRemembered ? CERTAIN : LIKELY,
    safety: isRemembered ? ("safe" as const) : ("unsafe" as const),
    title: `Change '${token.text}' to '${name}'`,
  };
  const write = (text: string): Suggestion => ({ ...common, changes: [here(scene, token.getStart(source), token.end, text)] });
  // `{ nmae }` may be meant as either.
  return compiler.isShorthandPropertyAssignment(token.parent) ? [write(name), write(`${token.text}: ${name}`)] : [write(name)];
}
