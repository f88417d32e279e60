/**
 * A throw-away copy of a project with a compiler that keeps its state beside it, so that a breakage costs a fraction of
 * a cold check: where the declarations of the changed files stay as they were, only these are checked again. Never
 * touches the project itself; its `node_modules` is linked, and only read.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { finding, type Finding } from "../src/domain/finding.ts";
import { declaresGlobals, Reach } from "./breakages-reach.ts";

/** Files by path relative to the root; null where the file is gone. */
export type Changes = ReadonlyMap<string, string | null>;

export class BenchProject {
  readonly root = mkdtempSync(join(tmpdir(), "stet-breakages-"));
  readonly #options: ts.CompilerOptions;
  readonly #names: readonly string[];
  /** By absolute path, as the original has them. */
  readonly #declared: ReadonlyMap<string, string>;
  readonly #reach: Reach;
  readonly #standing: Map<string, readonly Finding[]>;
  readonly service: ts.LanguageService;
  #changes: Changes = new Map();
  readonly #originals: ReadonlySet<string>;
  /** What stood in the files that were written, as far as they were there. */
  readonly #written = new Map<string, string | null>();
  /** Whether files came or went, so that what imports led to is looked up anew. */
  #isMoved = false;
  #version = 0;
  readonly #versions = new Map<string, number>();

  constructor(from: string, tsconfig: string) {
    const tracked = execFileSync("git", ["-C", from, "ls-files", "-z"], { encoding: "utf8", maxBuffer: 1 << 28 });
    this.#originals = new Set(tracked.split("\0").filter((name) => name !== ""));
    for (const file of this.#originals) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      cpSync(join(from, file), join(this.root, file), { verbatimSymlinks: true });
    }
    symlinkSync(join(from, "node_modules"), join(this.root, "node_modules"));
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
    const parsed = ts.getParsedCommandLineOfConfigFile(join(this.root, tsconfig), undefined, host);
    if (!parsed) throw new Error(`${tsconfig} cannot be read`);
    const { tsBuildInfoFile: _, ...options } = parsed.options;
    this.#options = { ...options, composite: false, incremental: false, declaration: true };
    this.#names = parsed.fileNames;
    this.service = ts.createLanguageService(this.#host(), ts.createDocumentRegistry());
    this.#standing = this.#checkAll();
    const sources = this.sources();
    this.#declared = new Map(sources.map(({ fileName }) => [fileName, this.#declarations(fileName)]));
    this.#reach = new Reach(this.#options, sources, this.#declared);
  }

  /** The project's own source files, as the compiler has them now. */
  sources(): ts.SourceFile[] {
    const files = this.service.getProgram()?.getSourceFiles() ?? [];
    return files.filter(({ fileName }) => fileName.startsWith(`${this.root}/`) && !fileName.includes("/node_modules/"));
  }

  /** The project's text at a path, as it stands now. */
  text(file: string): string | undefined {
    return this.#changes.has(file) ? (this.#changes.get(file) ?? undefined) : ts.sys.readFile(join(this.root, file));
  }

  /** Sets the project to its original with these changes, for the compiler and, where asked, on the disk too. */
  set(changes: Changes, onDisk = false): void {
    this.#isMoved = [...this.#changes, ...changes].some(([file, text]) => text === null || !this.#originals.has(file));
    for (const file of new Set([...this.#changes.keys(), ...changes.keys()])) this.#versions.set(file, ++this.#version);
    this.#changes = changes;
    if (!onDisk) return;
    for (const [file, text] of changes) {
      const path = join(this.root, file);
      if (!this.#written.has(file)) this.#written.set(file, ts.sys.readFile(path) ?? null);
      write(path, text);
    }
  }

  /** Everything as it was, on the disk too. */
  reset(): void {
    for (const [file, text] of this.#written) write(join(this.root, file), text);
    this.set(new Map());
    this.#written.clear();
  }

  /** Whether every file that was ever written since the last reset is as it was then. */
  isOriginal(): boolean {
    return [...this.#written].every(([file, text]) => this.text(file) === (text ?? undefined));
  }

  /** What the compiler says now and did not say of the original. */
  newFindings(): Finding[] {
    const now = this.#check();
    const left = new Map<string, number>();
    for (const { key } of [...this.#standing.values()].flat()) left.set(key, (left.get(key) ?? 0) + 1);
    return [...now.values()].flat().filter(({ key }) => {
      const rest = left.get(key) ?? 0;
      left.set(key, rest - 1);
      return rest <= 0;
    });
  }

  [Symbol.dispose](): void {
    this.service.dispose();
    rmSync(this.root, { recursive: true, force: true });
  }

  #check(): Map<string, readonly Finding[]> {
    const changed = [...this.#changes.keys()];
    if (changed.some((file) => this.#isGlobal(file))) return this.#checkAll();
    const paths = changed.map((file) => join(this.root, file));
    const isNew = (path: string): boolean => this.#declared.get(path) !== this.#declarations(path);
    const reached = this.#reach.from(paths, isNew);
    const fresh = [...reached].map((path): [string, readonly Finding[]] => [relative(this.root, path), this.#findingsOf(path)]);
    return new Map([...this.#standing, ...fresh]);
  }

  #isGlobal(file: string): boolean {
    const texts = [this.#written.get(file) ?? ts.sys.readFile(join(this.root, file)), this.text(file)];
    return texts.some((text) => text !== undefined && declaresGlobals(text));
  }

  #checkAll(): Map<string, readonly Finding[]> {
    const files = this.sources().map(({ fileName }) => fileName);
    return new Map(files.map((file) => [relative(this.root, file), this.#findingsOf(file)]));
  }

  #declarations(path: string): string {
    if (this.service.getProgram()?.getSourceFile(path) === undefined) return "";
    return this.service.getEmitOutput(path, true, true).outputFiles.map(({ text }) => text).join("\n");
  }

  #findingsOf(path: string): Finding[] {
    if (this.service.getProgram()?.getSourceFile(path) === undefined) return [];
    const syntax = this.service.getSyntacticDiagnostics(path);
    const all: readonly ts.Diagnostic[] = syntax.length > 0 ? syntax : this.service.getSemanticDiagnostics(path);
    return all.filter(({ category }) => category === ts.DiagnosticCategory.Error).map((one) => this.#finding(one));
  }

  #finding({ code, file, start = 0, messageText }: ts.Diagnostic): Finding {
    const { line, character } = file ? file.getLineAndCharacterOfPosition(start) : { line: 0, character: 0 };
    const at = { file: relative(this.root, file?.fileName ?? ""), line: line + 1, column: character + 1 };
    return finding({ by: "tsc", rule: `TS${code}`, category: "other", message: ts.flattenDiagnosticMessageText(messageText, " "), at });
  }

  #host(): ts.LanguageServiceHost & Pick<ts.CompilerHost, "hasInvalidatedResolutions"> {
    const read = (path: string): string | undefined => this.text(relative(this.root, path));
    const created = (): string[] => [...this.#changes].flatMap(([file, text]) => (text === null ? [] : [join(this.root, file)]));
    const isSource = (path: string): boolean => /\.[cm]?tsx?$/.test(path);
    return {
      getCompilationSettings: () => this.#options,
      getCurrentDirectory: () => this.root,
      getScriptFileNames: () => [...new Set([...this.#names, ...created().filter(isSource)])].filter((path) => read(path) !== undefined),
      getScriptVersion: (path) => String(this.#versions.get(relative(this.root, path)) ?? 0),
      getScriptSnapshot: (path) => {
        const text = read(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      hasInvalidatedResolutions: () => this.#isMoved,
      getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
      fileExists: (path) => this.#changes.has(relative(this.root, path)) ? read(path) !== undefined : ts.sys.fileExists(path),
      readFile: read,
      directoryExists: (path) => ts.sys.directoryExists(path),
      getDirectories: (path) => ts.sys.getDirectories(path),
      readDirectory: (path, ...rest) => ts.sys.readDirectory(path, ...rest),
      realpath: (path) => ts.sys.realpath?.(path) ?? path,
    };
  }
}

function write(path: string, text: string | null): void {
  mkdirSync(dirname(path), { recursive: true });
  if (text === null) rmSync(path, { force: true });
  else writeFileSync(path, text);
}
