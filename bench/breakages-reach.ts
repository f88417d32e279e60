/**
 * Which files a change can reach: those that import a file whose declarations changed, and on from each of them whose
 * own declarations changed or name one that did. Knows modules only; a file that declares globals reaches everything.
 */
import ts from "typescript";

export class Reach {
  readonly #importers = new Map<string, Set<string>>();
  /** What each file's declarations import. */
  readonly #named = new Map<string, readonly string[]>();

  /** `declared` holds the declarations of each source by its path. */
  constructor(options: ts.CompilerOptions, sources: readonly ts.SourceFile[], declared: ReadonlyMap<string, string>) {
    for (const { fileName, text } of sources) {
      for (const imported of importsOf(options, fileName, text)) {
        this.#importers.set(imported, (this.#importers.get(imported) ?? new Set()).add(fileName));
      }
      this.#named.set(fileName, importsOf(options, fileName, declared.get(fileName) ?? ""));
    }
  }

  /** `isNew` tells whether a file's declarations are other than they were. */
  from(changed: readonly string[], isNew: (path: string) => boolean): Set<string> {
    const reached = new Set(changed);
    const shaped = new Set(changed.filter(isNew));
    for (const path of shaped) {
      for (const importer of this.#importers.get(path) ?? []) {
        const names = this.#named.get(importer)?.some((one) => shaped.has(one)) ?? false;
        reached.add(importer);
        if (!shaped.has(importer) && (names || isNew(importer))) shaped.add(importer);
      }
    }
    return reached;
  }
}

/** Absolute paths of what a text at this path imports, as the original files lie. */
function importsOf(options: ts.CompilerOptions, path: string, text: string): string[] {
  const { importedFiles, referencedFiles } = ts.preProcessFile(text, true, true);
  return [...importedFiles, ...referencedFiles].flatMap(({ fileName }) => {
    const found = ts.resolveModuleName(fileName, path, options, ts.sys).resolvedModule;
    return found ? [found.resolvedFileName] : [];
  });
}

/** Whether what a text declares is seen without an import. */
export function declaresGlobals(text: string): boolean {
  return /\bdeclare\s+(?:global|module)\b/.test(text) || !/^\s*(?:import|export)\b/m.test(text);
}
