/**
 * The project in the native compiler: each view is a layer of texts over the snapshot of what is on disk. Fit for
 * projects of TypeScript 6 and 7, whose options and defaults it shares.
 */
import { join } from "node:path";
import type { Diagnostic, Texts } from "./protocol.ts";
import { NativeClient, type NativeDiagnostic, type NativeProject, type Notifications } from "./native-client.ts";
import { UnsupportedFault, type View } from "./view.ts";

export async function openNative(program: string, root: string, projects: readonly string[]): Promise<View> {
  const client = new NativeClient(program, root);
  await client.request("initialize", null);
  const configs = await withReferences(client, projects.map((path) => join(root, path)));
  const opened = await client.request("createSnapshot", { openProjects: configs, ensurePrograms: true });
  const used = opened.projects.filter(({ configFileName = "" }) => configs.includes(configFileName));
  if (used.length < configs.length) throw new UnsupportedFault("a project cannot be opened");
  for (const { id, parsedCommandLine } of used) {
    const faults = await client.request("getProgramDiagnostics", { snapshot: opened.snapshot, project: id });
    // An option that this compiler no longer has, most of all.
    const fault = [...parsedCommandLine.errors, ...(faults ?? [])].find(({ category }) => category === 1);
    if (fault) throw new UnsupportedFault(textOf(fault));
  }
  return openView(client, root, opened.snapshot, used, {});
}

/** The configurations that `tsc -b` would build. Bounded: each is read once. */
async function withReferences(client: NativeClient, start: readonly string[]): Promise<string[]> {
  const found = new Map<string, boolean>();
  const queue = [...start];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (found.has(path)) continue;
    const { projectReferences = [], ...parsed } = await client.request("parseConfigFile", { file: path });
    const holdsFiles = "fileNames" in parsed && Array.isArray(parsed.fileNames) && parsed.fileNames.length > 0;
    found.set(path, holdsFiles);
    queue.push(...projectReferences.map((reference) => configOf(reference.path)));
  }
  return [...found].filter(([, holdsFiles]) => holdsFiles).map(([path]) => path);
}

function configOf(path: string): string {
  return path.endsWith(".json") ? path : join(path, "tsconfig.json");
}

async function openView(
  client: NativeClient,
  root: string,
  base: number,
  projects: readonly NativeProject[],
  texts: Texts,
): Promise<View> {
  const paths = Object.entries(texts).map(([file, text]): [string, string | null] => [join(root, file), text]);
  const snapshot = paths.length === 0 ? base : await layered(client, base, paths);
  const each = async <T>(ask: (project: NativeProject) => Promise<readonly T[] | null>): Promise<T[]> => {
    const parts: T[] = [];
    for (const project of projects) parts.push(...((await ask(project)) ?? []));
    return parts;
  };
  const names = new Map<NativeProject, ReadonlySet<string>>();
  const namesOf = async (project: NativeProject): Promise<ReadonlySet<string>> => {
    const known = names.get(project) ?? new Set(await client.request("getSourceFileNames", { snapshot, project: project.id }));
    names.set(project, known);
    return known;
  };
  const within = async (project: NativeProject, files: readonly string[]): Promise<string[]> => {
    const all = await namesOf(project);
    return files.filter((file) => all.has(file));
  };
  const read = async (project: NativeProject, files?: readonly string[]): Promise<Found[]> => {
    if (files?.length === 0) return [];
    const of = { snapshot, project: project.id, ...(files && { files }) };
    const { declaration, composite, isolatedDeclarations } = project.parsedCommandLine.options;
    const declares = declaration === true || composite === true || isolatedDeclarations === true;
    const early = [
      ...((await client.request("getSyntacticDiagnostics", of)) ?? []),
      ...((await client.request("getSemanticDiagnostics", of)) ?? []),
      ...(files ? [] : ((await client.request("getGlobalDiagnostics", of)) ?? [])),
    ];
    const late = declares ? ((await client.request("getDeclarationDiagnostics", of)) ?? []) : [];
    return [...early.map((one) => ({ one, late: false })), ...late.map((one) => ({ one, late: true }))];
  };
  return {
    files: async () => (await each(async (project) => [...(await namesOf(project))])).sort(),
    diagnostics: async (files) => distinct(root, await each(async (project) => read(project, await within(project, files)))),
    allDiagnostics: async () => distinct(root, await each((project) => read(project))),
    declarations: async (files) => {
      const found = new Map<string, string>();
      for (const project of projects) {
        const own = await within(project, files);
        if (own.length === 0) continue;
        const { outputFiles } = await client.request("getDeclarationEmit", { snapshot, project: project.id, files: own });
        for (const { sourceFileName = "", text } of outputFiles ?? []) found.set(sourceFileName, (found.get(sourceFileName) ?? "") + text);
      }
      return found;
    },
    with: (others) => openView(client, root, base, projects, others),
    release: async () => {
      if (snapshot !== base) await client.request("release", { snapshot });
    },
  };
}

async function layered(client: NativeClient, base: number, paths: readonly (readonly [string, string | null])[]): Promise<number> {
  const files: Record<string, string> = {};
  const removedPaths: string[] = [];
  for (const [path, text] of paths) {
    if (text === null) removedPaths.push(path);
    else files[path] = text;
  }
  const fileNotifications: Notifications = { changed: Object.keys(files), created: Object.keys(files), deleted: removedPaths };
  const fileSystem = { kind: "layer" as const, files, removedPaths };
  const changes = { fileSystem, fileNotifications, ensurePrograms: true as const };
  return (await client.request("updateSnapshot", { snapshot: base, changes })).snapshot;
}

interface Found {
  readonly one: NativeDiagnostic;
  readonly late: boolean;
}

/** Errors only, as data; the same error of two programs that share a file counts once, as in the compiler's output. */
function distinct(root: string, found: readonly Found[]): Diagnostic[] {
  const errors = found.filter(({ one }) => one.category === 1);
  const all = errors.map(({ one, late }) => ({ ...toDiagnostic(root, one), late }));
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

function toDiagnostic(root: string, one: NativeDiagnostic): Omit<Diagnostic, "late"> {
  const { fileName, startPosition = { line: 0, character: 0 }, code } = one;
  const file = fileName === undefined ? {} : { file: fileName.startsWith(`${root}/`) ? fileName.slice(root.length + 1) : fileName };
  return { ...file, line: startPosition.line + 1, column: startPosition.character + 1, code: `TS${code}`, message: textOf(one) };
}

function textOf({ text, messageChain = [] }: NativeDiagnostic): string {
  return [text, ...messageChain.map(textOf)].join(" ");
}
