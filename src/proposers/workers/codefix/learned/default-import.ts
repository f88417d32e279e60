/** `import x` where the module exports `x` by name, and `import { x }` where it exports a default. */
import type ts from "typescript";
import { EVIDENT, here, LIKELY, type Fixer, type Scene, type Suggestion } from "./fixer.ts";
import { exportNames } from "./modules.ts";
import { closest } from "./names.ts";
import { upTo } from "./scene.ts";

export const fixer: Fixer = {
  name: "default-import",
  codes: [1192, 2613, 2614, 2595, 2596, 2597, 2616, 1259],
  suggest(scene) {
    const declaration = upTo(scene.token, scene.compiler.isImportDeclaration);
    const clause = declaration?.importClause;
    if (!declaration || !clause) return [];
    const exported = exportNames(scene, scene.checker.getSymbolAtLocation(declaration.moduleSpecifier));
    return [...toNamed(scene, clause, exported), ...toDefault(scene, clause, exported)];
  },
};

function toNamed(scene: Scene, { name, namedBindings }: ts.ImportClause, exported: ReadonlySet<string>): Suggestion[] {
  const { compiler, token } = scene;
  if (!name || token !== name || exported.has("default")) return [];
  if (namedBindings && !compiler.isNamedImports(namedBindings)) return [];
  if (exported.has(name.text)) return [{ ...byName(scene, name, namedBindings, name.text), rank: EVIDENT, safety: "safe" }];
  const alike = closest(name.text, exported);
  return alike === undefined ? [] : [{ ...byName(scene, name, namedBindings, `${alike} as ${name.text}`), rank: LIKELY, safety: "unsafe" }];
}

function byName(scene: Scene, name: ts.Identifier, others: ts.NamedImports | undefined, specifier: string): Pick<Suggestion, "title" | "changes"> {
  const { source } = scene;
  const list = [specifier, ...(others?.elements ?? []).map((element) => element.getText(source))];
  return { title: `Import '${specifier}' by its name`, changes: [here(scene, name.getStart(source), others?.end ?? name.end, braced(scene, list))] };
}

function toDefault(scene: Scene, clause: ts.ImportClause, exported: ReadonlySet<string>): Suggestion[] {
  const { source, compiler, token } = scene;
  const { name, namedBindings } = clause;
  if (name || !namedBindings || !compiler.isNamedImports(namedBindings) || !exported.has("default")) return [];
  const { elements } = namedBindings;
  const meant = elements.find((element) => token.pos >= element.pos && token.end <= element.end);
  if (!meant) return [];
  const others = elements.filter((element) => element !== meant).map((element) => element.getText(source));
  const rest = others.length > 0 ? `, ${braced(scene, others)}` : "";
  return [{
    title: `Import the default as '${meant.name.text}'`,
    rank: EVIDENT,
    safety: "unsafe",
    changes: [here(scene, namedBindings.getStart(source), namedBindings.end, `${meant.name.text}${rest}`)],
  }];
}

/** As the file's other imports have it: with a blank inside the braces, or without. */
function braced({ source }: Scene, names: readonly string[]): string {
  const isTight = /^import[^'"]*\{\S/m.test(source.text) && !/^import[^'"]*\{ /m.test(source.text);
  return isTight ? `{${names.join(", ")}}` : `{ ${names.join(", ")} }`;
}
