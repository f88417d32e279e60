/**
 * A relative path that leads nowhere: the file went elsewhere in git's memory, or it is the one file of the project that
 * exports all that is imported, or failing names the one whose path is most alike.
 */
import { dirname, join, relative } from "node:path";
import type ts from "typescript";
import { CERTAIN, EVIDENT, here, LIKELY, type Fixer, type Scene, type Suggestion } from "./fixer.ts";
import { exportNames, nameOf, otherFiles, specifierFor } from "./modules.ts";
import { likeness } from "./names.ts";

const MAX_OFFERED = 3;
const MAX_LOOKED_AT = 12;
const MIN_LIKENESS = 0.6;

export const fixer: Fixer = {
  name: "wrong-path",
  codes: [2307, 2306, 2882, 2792, 2732, 7016, 1149, 1261],
  suggest(scene) {
    const { token, compiler } = scene;
    if (!compiler.isStringLiteralLike(token) || !/^\.{1,2}(?:\/|$)/.test(token.text)) return [];
    const written = token.text;
    const names = importedNames(scene, token);
    const moved = movedFile(scene, written);
    const fitting = otherFiles(scene).filter((file) => holdsAll(scene, file, names));
    const ways = nearest(scene, fitting, written, moved).flatMap((file): Way[] => {
      const specifier = specifierFor(scene, file.fileName, written);
      if (specifier === undefined || specifier === written) return [];
      return [{ specifier, isMoved: file.fileName === moved, score: likeness(specifier, written) }];
    });
    const enough = names.length > 0 ? ways : ways.filter(({ score, isMoved }) => isMoved || score >= MIN_LIKENESS);
    const sorted = enough.sort((one, other) => Number(other.isMoved) - Number(one.isMoved) || other.score - one.score);
    return sorted.slice(0, MAX_OFFERED).map((way) => suggestion(scene, token, way, sorted.length === 1 && names.length > 0));
  },
};

/** To find out how a file would be named costs a look at the disk, so it is done for the likely ones only. */
function nearest({ source }: Scene, files: readonly ts.SourceFile[], written: string, moved: string | undefined): ts.SourceFile[] {
  const scored = files.map((file) => {
    const path = relative(dirname(source.fileName), file.fileName).replace(/\.[cm]?[jt]sx?$/, "");
    return { file, score: file.fileName === moved ? 2 : likeness(path, written) };
  });
  return scored.sort((one, other) => other.score - one.score).slice(0, MAX_LOOKED_AT).map(({ file }) => file);
}

interface Way {
  readonly specifier: string;
  readonly isMoved: boolean;
  readonly score: number;
}

function suggestion(scene: Scene, token: ts.Node, { specifier, isMoved }: Way, isOnly: boolean): Suggestion {
  const start = token.getStart(scene.source);
  return {
    title: `Import from '${specifier}'`,
    rank: isMoved ? CERTAIN : isOnly ? EVIDENT : LIKELY,
    safety: isMoved || isOnly ? "safe" : "unsafe",
    changes: [here(scene, start + 1, token.end - 1, specifier)],
  };
}

function holdsAll(scene: Scene, file: ts.SourceFile, names: readonly string[]): boolean {
  if (names.length === 0) return true;
  const exported = exportNames(scene, file);
  return names.every((name) => exported.has(name));
}

/** Where git saw the file go that the specifier would have led to; absolute. */
function movedFile(scene: Scene, specifier: string): string | undefined {
  const { root, source, history } = scene;
  const path = nameOf(scene, join(dirname(source.fileName), specifier));
  const bare = path.replace(/\.([cm]?)jsx?$/, ".$1ts");
  const names = [path, bare, ...["ts", "tsx", "mts", "js", "d.ts"].flatMap((end) => [`${path}.${end}`, `${path}/index.${end}`])];
  for (const name of names) {
    const to = history.movedTo(name);
    if (to !== undefined) return join(root, to);
  }
  return undefined;
}

/** What the declaration wants of the module; empty where it takes everything or nothing. */
function importedNames({ compiler }: Scene, specifier: ts.StringLiteralLike): string[] {
  const { parent } = specifier;
  const nameOfElement = (element: ts.ImportSpecifier | ts.ExportSpecifier): string => (element.propertyName ?? element.name).text;
  if (compiler.isExportDeclaration(parent)) {
    return parent.exportClause && compiler.isNamedExports(parent.exportClause) ? parent.exportClause.elements.map(nameOfElement) : [];
  }
  if (!compiler.isImportDeclaration(parent)) return [];
  const { name, namedBindings } = parent.importClause ?? {};
  const named = namedBindings && compiler.isNamedImports(namedBindings) ? namedBindings.elements.map(nameOfElement) : [];
  return [...(name ? ["default"] : []), ...named];
}
