/** The tree that changes are put on, as a view of which nothing is asked twice. */
import { resolve } from "node:path";
import type { Diagnostic } from "./protocol.ts";
import type { View } from "./view.ts";

export class Ground {
  readonly key: string;
  readonly view: View;
  readonly #root: string;
  #files: readonly string[] | undefined;
  #all: readonly Diagnostic[] | undefined;
  readonly #diagnostics = new Map<string, readonly Diagnostic[]>();
  readonly #declarations = new Map<string, string | undefined>();

  /** `key` tells grounds apart. */
  constructor(key: string, root: string, view: View) {
    this.key = key;
    this.view = view;
    this.#root = root;
  }

  async files(): Promise<readonly string[]> {
    this.#files ??= await this.view.files();
    return this.#files;
  }

  async allDiagnostics(): Promise<readonly Diagnostic[]> {
    this.#all ??= await this.view.allDiagnostics();
    return this.#all;
  }

  /** Errors in these files, by their absolute paths. */
  async diagnostics(files: readonly string[]): Promise<Diagnostic[]> {
    if (this.#all) {
      const wanted = new Set(files);
      return this.#all.filter(({ file = "" }) => wanted.has(resolve(this.#root, file)));
    }
    const missing = files.filter((file) => !this.#diagnostics.has(file));
    const found = missing.length > 0 ? await this.view.diagnostics(missing) : [];
    const byFile = Map.groupBy(found, ({ file = "" }) => resolve(this.#root, file));
    for (const file of missing) this.#diagnostics.set(file, byFile.get(file) ?? []);
    return files.flatMap((file) => this.#diagnostics.get(file) ?? []);
  }

  /** As a view's. */
  async declarations(files: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const missing = files.filter((file) => !this.#declarations.has(file));
    const found = missing.length > 0 ? await this.view.declarations(missing) : new Map<string, string>();
    for (const file of missing) this.#declarations.set(file, found.get(file));
    return new Map(files.flatMap((file): [string, string][] => {
      const text = this.#declarations.get(file);
      return text === undefined ? [] : [[file, text]];
    }));
  }
}
