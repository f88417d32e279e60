/**
 * What a source file imports, read from its text alone: TypeScript's own scanner for its languages, a small one for
 * Python. Follows neither path aliases nor `sys.path`; no code of the project is run.
 */
import { posix } from "node:path";
import ts from "typescript";

export interface Import {
  /** As it is written; of Python with its dots. */
  readonly name: string;
  readonly line: number;
  /** The file that it means, or would; undefined for a package. */
  readonly path?: string;
}

const SCRIPT = /\.[cm]?[jt]sx?$/;

export function importsOf(file: string, text: string, isFile: (path: string) => boolean): Import[] {
  if (SCRIPT.test(file)) return scriptImports(file, text, isFile);
  return file.endsWith(".py") ? pythonImports(file, text, isFile) : [];
}

function scriptImports(file: string, text: string, isFile: (path: string) => boolean): Import[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName: name, pos }) => {
    const line = lineAt(text, pos);
    if (!/^\.{0,2}\//.test(name) && name !== "." && name !== "..") return { name, line };
    const at = name.startsWith("/") ? name.slice(1) : posix.join(posix.dirname(file), name);
    return { name, line, path: scriptFile(at).find(isFile) ?? at };
  });
}

const ENDINGS = [".ts", ".tsx", ".d.ts", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs", ".json"];
/** What a compiled name stands for among sources. */
const SOURCES: Readonly<Record<string, readonly string[]>> = { ".js": [".ts", ".tsx"], ".jsx": [".tsx"], ".mjs": [".mts"], ".cjs": [".cts"] };

function scriptFile(at: string): string[] {
  const ending = posix.extname(at);
  const bare = at.slice(0, at.length - ending.length);
  return [at, ...(SOURCES[ending] ?? []).map((one) => bare + one), ...ENDINGS.map((one) => at + one), ...ENDINGS.map((one) => `${at}/index${one}`)];
}

/** Strings and comments, which may look like imports: blanked, with their line ends kept. */
const PYTHON_TEXT = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*/g;
const PYTHON_IMPORT = /^[ \t]*(?:from[ \t]+(\.*[ \t]*[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n;]*)|import[ \t]+([^\n;]+))/gm;

function pythonImports(file: string, text: string, isFile: (path: string) => boolean): Import[] {
  const code = text.replace(PYTHON_TEXT, (found) => found.replace(/[^\n]/g, " "));
  return [...code.matchAll(PYTHON_IMPORT)].flatMap((match) => {
    const [, from, names = "", plain = ""] = match;
    const line = lineAt(text, match.index);
    const modules = from === undefined ? wordsOf(plain) : [from.replace(/\s/g, ""), ...wordsOf(names).map((name) => joined(from.replace(/\s/g, ""), name))];
    return modules.flatMap((name, index) => {
      const path = pythonFile(file, name, isFile);
      // `from a import b`: only where `b` is a file is it a module.
      if (from !== undefined && index > 0 && path === undefined) return [];
      return [{ name, line, ...(path !== undefined && { path }) }];
    });
  });
}

/** `a as b, c` → `a`, `c` */
function wordsOf(list: string): string[] {
  return list.replace(/[()\\]/g, " ").split(",").flatMap((one) => /^\s*([\w.]+)/.exec(one)?.[1] ?? []);
}

function joined(module: string, name: string): string {
  return module.endsWith(".") ? `${module}${name}` : `${module}.${name}`;
}

function pythonFile(file: string, name: string, isFile: (path: string) => boolean): string | undefined {
  const dots = /^\.*/.exec(name)?.[0].length ?? 0;
  const parts = name.slice(dots).split(".").filter((part) => part !== "").join("/");
  const folder = posix.dirname(file);
  const roots = dots > 0 ? [posix.join(folder, ...Array<string>(dots - 1).fill(".."))] : ["", "src", ...above(folder)];
  const bases = roots.map((root) => posix.join(root, parts));
  return bases.flatMap((base) => [`${base}.py`, `${base}/__init__.py`]).find(isFile);
}

function above(folder: string): string[] {
  return folder === "." ? [] : [folder, ...above(posix.dirname(folder))];
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
