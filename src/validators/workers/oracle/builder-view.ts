/** Shows builder programs as a view: what they hold, what is wrong in them, and what they declare. */
import type ts from "typescript";
import type { Diagnostic, Texts } from "./protocol.ts";
import type { View } from "./view.ts";

type Compiler = typeof ts;

export interface Project {
  readonly builder: ts.SemanticDiagnosticsBuilderProgram;
  /** Whether the project itself asks for declarations, so that what is wrong with them counts. */
  readonly declares: boolean;
}

/** Programs with these texts in place of those on disk, made from older ones. */
export type OpenProjects = (texts: Texts, old: readonly Project[]) => readonly Project[];

export function viewOf(compiler: Compiler, root: string, open: OpenProjects, texts: Texts): View {
  return new BuilderView({ compiler, root, open }, texts, undefined);
}

interface Surroundings {
  readonly compiler: Compiler;
  readonly root: string;
  readonly open: OpenProjects;
}

class BuilderView implements View {
  readonly #around: Surroundings;
  readonly #texts: Texts;
  readonly #parent: BuilderView | undefined;
  #projects: readonly Project[];
  /** Whether all files were read, so that programs made from these need not read again what a change leaves alone. */
  #isRead = false;

  constructor(around: Surroundings, texts: Texts, parent: BuilderView | undefined) {
    this.#around = around;
    this.#texts = texts;
    this.#parent = parent;
    this.#projects = around.open(texts, parent === undefined ? [] : parent.#projects);
  }

  files(): Promise<string[]> {
    return Promise.resolve(this.#projects.flatMap(({ builder }) => builder.getSourceFiles().map(({ fileName }) => fileName)).sort());
  }

  diagnostics(files: readonly string[]): Promise<Diagnostic[]> {
    return Promise.resolve(this.#distinct(this.#projects.flatMap((project) => within(project, files).flatMap((file) => errorsIn(project, file)))));
  }

  allDiagnostics(): Promise<Diagnostic[]> {
    // Anew, where the parent has been read since: only then does it hand down what it read.
    if (this.#parent !== undefined && this.#parent.#isRead && !this.#isRead) this.#projects = this.#around.open(this.#texts, this.#parent.#projects);
    const found = this.#distinct(this.#projects.flatMap((project) => errorsIn(project)));
    if (!this.#isRead && !(this.#parent !== undefined && this.#parent.#isRead)) this.#projects.forEach(warm);
    this.#isRead = true;
    return Promise.resolve(found);
  }

  declarations(files: readonly string[]): Promise<Map<string, string>> {
    return Promise.resolve(declarations(this.#projects, files));
  }

  with(texts: Texts): Promise<View> {
    return Promise.resolve(new BuilderView(this.#around, texts, this));
  }

  release(): Promise<void> {
    return Promise.resolve();
  }

  #distinct(found: readonly Found[]): Diagnostic[] {
    const { compiler, root } = this.#around;
    const errors = found.filter(({ one }) => one.category === compiler.DiagnosticCategory.Error);
    const all = errors.map(({ one, late }) => ({ ...toDiagnostic(compiler, root, one), late }));
    return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  }
}

/** Gives a builder the signature of each file, without which its successor would take every edit for a far-reaching one. */
function warm({ builder }: Project): void {
  builder.emit(undefined, () => undefined, undefined, true);
}

function within({ builder }: Project, files: readonly string[]): ts.SourceFile[] {
  return files.flatMap((file) => builder.getSourceFile(file) ?? []);
}

interface Found {
  readonly one: ts.Diagnostic;
  readonly late: boolean;
}

function errorsIn({ builder, declares }: Project, file?: ts.SourceFile): Found[] {
  const early = [
    ...builder.getSyntacticDiagnostics(file),
    ...builder.getSemanticDiagnostics(file),
    ...(file ? [] : builder.getGlobalDiagnostics()),
  ];
  const late = declares ? builder.getDeclarationDiagnostics(file) : [];
  return [...early.map((one) => ({ one, late: false })), ...late.map((one) => ({ one, late: true }))];
}

function declarations(projects: readonly Project[], files: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const project of projects) {
    for (const file of within(project, files)) {
      const keep = (_path: string, text: string): void => void found.set(file.fileName, (found.get(file.fileName) ?? "") + text);
      project.builder.getProgram().emit(file, keep, undefined, true);
    }
  }
  return found;
}

function toDiagnostic(compiler: Compiler, root: string, one: ts.Diagnostic): Omit<Diagnostic, "late"> {
  const message = compiler.flattenDiagnosticMessageText(one.messageText, " ").replace(/\s+/g, " ");
  const code = `TS${one.code}`;
  if (!one.file) return { line: 1, column: 1, code, message };
  const { fileName } = one.file;
  const { line, character } = one.file.getLineAndCharacterOfPosition(one.start ?? 0);
  const file = fileName.startsWith(`${root}/`) ? fileName.slice(root.length + 1) : fileName;
  return { file, line: line + 1, column: character + 1, code, message };
}
