/**
 * As much of a file as a model gets to see: all of it up to 8,000 tokens (97 of 100 TypeScript files), beyond that the
 * top-level declarations around the findings, each with its real line numbers. Never a slice that stops somewhere: a
 * finding whose surroundings are too large is refused. With it go the declarations of what the file imports from the
 * project, without bodies.
 */
import { dirname, join, normalize } from "node:path/posix";
import type { Finding } from "../../domain/finding.ts";
import type { Workspace } from "../../domain/plugin.ts";
import { tokensIn } from "../../llm/budget.ts";

export interface Excerpt {
  readonly text: string;
  /** Whether it is the whole file. */
  readonly whole: boolean;
  /** Declarations of imported names; empty where there are none. */
  readonly declarations: string;
}

export const MAX_FILE_TOKENS = 8_000;
const MAX_DECLARATION_TOKENS = 2_000;
/** Modules that are read for declarations. */
const MAX_MODULES = 20;

type TypeScript = typeof import("typescript");
type SourceFile = import("typescript").SourceFile;
type Statement = import("typescript").Statement;

const SCRIPT = /\.[cm]?[jt]sx?$/;

/** Undefined where the file is too large and has no parts that are not. */
export async function excerpt(file: string, text: string, findings: readonly Finding[], workspace: Workspace): Promise<Excerpt | undefined> {
  const whole = tokensIn(text) <= MAX_FILE_TOKENS;
  if (!SCRIPT.test(file)) return whole ? { text, whole, declarations: "" } : undefined;
  const { default: ts } = await import("typescript");
  const source = parse(ts, file, text);
  const part = whole ? text : around(source, findings);
  if (part === undefined || tokensIn(part) > MAX_FILE_TOKENS) return undefined;
  return { text: part, whole, declarations: await declarations(ts, source, file, workspace) };
}

function parse(ts: TypeScript, file: string, text: string): SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** The imports and every top-level statement with a finding in it, under their line numbers. */
function around(source: SourceFile, findings: readonly Finding[]): string | undefined {
  const lines = source.text.split(/\r?\n/);
  const ranges = source.statements.map((statement) => rangeOf(source, statement));
  const wanted = new Set<number>();
  for (const { at } of findings) {
    const index = ranges.findIndex(([from, to]) => at !== undefined && at.line >= from && at.line <= to);
    if (index < 0) return undefined;
    wanted.add(index);
  }
  return [...wanted]
    .sort((one, other) => one - other)
    .map((index) => {
      const [from, to] = ranges[index] ?? [1, 1];
      return `lines ${from} to ${to}:\n${lines.slice(from - 1, to).join("\n")}`;
    })
    .join("\n\n");
}

function rangeOf(source: SourceFile, statement: Statement): [from: number, to: number] {
  const line = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
  return [line(statement.getStart(source, true)), line(statement.getEnd())];
}

/** Of each module that is imported by a path: what is declared there under the names that are imported. */
async function declarations(ts: TypeScript, source: SourceFile, file: string, workspace: Workspace): Promise<string> {
  let told = "";
  for (const { module, names } of importsOf(ts, source).slice(0, MAX_MODULES)) {
    const found = await readModule(normalize(join(dirname(file), module)), workspace);
    if (!found) continue;
    const declared = declaredIn(ts, parse(ts, found.path, found.text), names);
    const next = declared.length > 0 ? `${told}// ${found.path}\n${declared.join("\n")}\n` : told;
    if (tokensIn(next) > MAX_DECLARATION_TOKENS) break;
    told = next;
  }
  return told.trimEnd();
}

interface Imported {
  readonly module: string;
  readonly names: ReadonlySet<string>;
}

function importsOf(ts: TypeScript, source: SourceFile): Imported[] {
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const module = statement.moduleSpecifier.text;
    const bindings = statement.importClause?.namedBindings;
    if (!module.startsWith(".") || !bindings || !ts.isNamedImports(bindings)) return [];
    return [{ module, names: new Set(bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)) }];
  });
}

async function readModule(path: string, workspace: Workspace): Promise<{ path: string; text: string } | undefined> {
  const stem = path.replace(/\.[cm]?js(x?)$/, "");
  for (const candidate of [path, `${stem}.ts`, `${stem}.tsx`, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`, `${path}.js`]) {
    if (candidate.startsWith("..") || !SCRIPT.test(candidate)) continue;
    const text = await workspace.readText(candidate);
    if (text !== undefined) return { path: candidate, text };
  }
  return undefined;
}

function declaredIn(ts: TypeScript, source: SourceFile, names: ReadonlySet<string>): string[] {
  return source.statements.flatMap((statement) => {
    const declared = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map(({ name }) => name.getText(source))
      : "name" in statement && statement.name !== undefined
        ? [(statement.name as import("typescript").Node).getText(source)]
        : [];
    return declared.some((name) => names.has(name)) ? [signature(ts, source, statement)] : [];
  });
}

/** A declaration as its users see it: functions and methods end where their bodies begin. */
function signature(ts: TypeScript, source: SourceFile, statement: Statement): string {
  const bodies: [from: number, to: number][] = [];
  const visit = (node: import("typescript").Node): void => {
    if (ts.isBlock(node) && ts.isFunctionLike(node.parent)) bodies.push([node.getStart(source), node.getEnd()]);
    else ts.forEachChild(node, visit);
  };
  visit(statement);
  let text = "";
  let from = statement.getStart(source);
  for (const [start, end] of bodies) {
    text += `${source.text.slice(from, start)}{ … }`;
    from = end;
  }
  return text + source.text.slice(from, statement.getEnd());
}
