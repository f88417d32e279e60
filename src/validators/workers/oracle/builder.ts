/**
 * The project in the compiler's own builder programs, in JavaScript: for projects of TypeScript 5, and wherever the
 * native compiler cannot stand in. A builder keeps what it read of files that a change cannot reach, once their
 * signatures are warm: one declaration emit that writes nothing (9 to 12 % of a cold check) does that.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type ts from "typescript";
import { viewOf, type Project } from "./builder-view.ts";
import type { Texts } from "./protocol.ts";
import { UnsupportedFault, type View } from "./view.ts";

type Compiler = typeof ts;
type Builder = ts.SemanticDiagnosticsBuilderProgram;

export function openBuilder(compiler: Compiler, root: string, projects: readonly string[]): View {
  const configs = withReferences(compiler, projects.map((path) => join(root, path)));
  const open = (texts: Texts, old: readonly Project[]): Project[] => {
    const overlay = new Map(Object.entries(texts).map(([file, text]): [string, string | null] => [join(root, file), text]));
    return configs.map((config, index): Project => {
      const { declaration, composite } = config.parsed.options;
      const builder = build(compiler, root, config, overlay, old[index]?.builder);
      return { builder, declares: declaration === true || composite === true };
    });
  };
  return viewOf(compiler, root, open, {});
}

interface Config {
  readonly path: string;
  readonly parsed: ts.ParsedCommandLine;
}

/** The configurations that `tsc -b` would build, less those that only refer to others. */
function withReferences(compiler: Compiler, start: readonly string[]): Config[] {
  const found = new Map<string, Config>();
  const queue = [...start];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (found.has(path)) continue;
    const host = { ...compiler.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
    const parsed = compiler.getParsedCommandLineOfConfigFile(path, undefined, host);
    const fault = parsed ? parsed.errors.find(({ code }) => code !== NO_INPUTS) : undefined;
    if (!parsed || fault) throw new UnsupportedFault(fault ? String(fault.code) : path);
    found.set(path, { path, parsed });
    queue.push(...(parsed.projectReferences ?? []).map((reference) => compiler.resolveProjectReferencePath(reference)));
  }
  return [...found.values()].filter(({ parsed }) => parsed.fileNames.length > 0);
}

/** "No inputs were found": a solution file that only refers to projects. */
const NO_INPUTS = 18003;

/** Declarations are written for every project, and kept in memory; none of this changes what types are found wrong. */
const DECLARING: ts.CompilerOptions = {
  ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, declarationMap: false, noEmitOnError: false },
};

function build(
  compiler: Compiler,
  root: string,
  { parsed, path }: Config,
  overlay: ReadonlyMap<string, string | null>,
  old: Builder | undefined,
): Builder {
  const options = { ...parsed.options, ...DECLARING, configFilePath: path };
  const host = hostFor(compiler, root, options, overlay, old);
  const files = parsed.fileNames.filter((file) => overlay.get(file) !== null);
  const added = [...overlay].flatMap(([file, text]) => (text !== null && !compiler.sys.fileExists(file) && belongs(compiler, path, file, overlay) ? [file] : []));
  const references = parsed.projectReferences;
  return compiler.createSemanticDiagnosticsBuilderProgram([...files, ...added], options, host, old, parsed.errors, references);
}

/** Whether the configuration's patterns take in a file that is not on disk. */
function belongs(compiler: Compiler, config: string, file: string, overlay: ReadonlyMap<string, string | null>): boolean {
  const host = {
    ...compiler.sys,
    onUnRecoverableConfigFileDiagnostic: () => undefined,
    fileExists: (path: string) => typeof overlay.get(path) === "string" || compiler.sys.fileExists(path),
    readDirectory: (...rest: Parameters<ts.System["readDirectory"]>) => [...compiler.sys.readDirectory(...rest), file],
  };
  return compiler.getParsedCommandLineOfConfigFile(config, undefined, host)?.fileNames.includes(file) ?? false;
}

function hostFor(
  compiler: Compiler,
  root: string,
  options: ts.CompilerOptions,
  overlay: ReadonlyMap<string, string | null>,
  old: Builder | undefined,
): ts.CompilerHost {
  const plain = compiler.createCompilerHost(options, true);
  const read = (path: string): string | undefined => {
    const text = overlay.get(path);
    return text === undefined ? plain.readFile(path) : (text ?? undefined);
  };
  return {
    ...plain,
    getCurrentDirectory: () => root,
    readFile: read,
    fileExists: (path) => (overlay.has(path) ? overlay.get(path) !== null : plain.fileExists(path)),
    ...fromSources,
    createHash: hash,
    getSourceFile: (path, target) => {
      const text = read(path);
      if (text === undefined) return undefined;
      const known = old?.getSourceFile(path);
      const version = hash(text);
      if (known && "version" in known && known.version === version) return known;
      return Object.assign(compiler.createSourceFile(path, text, target, true), { version });
    },
    writeFile: () => undefined,
  };
}

/** A referenced project is read from its sources: nothing has to be built first. Known to the compiler, not to its types. */
const fromSources = { useSourceOfProjectReferenceRedirect: () => true };

function hash(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
