/**
 * Finds the project of each file, with TypeScript's own project service: the nearest `tsconfig.json` that contains the
 * file, its references followed, then other `tsconfig*.json` beside and above it, never above the root. References are
 * read from source, so nothing needs to be built. Loads no language-service plug-in of the project's, watches nothing.
 */
import { join } from "node:path";
import type ts from "typescript";
import { foldersUp, type Compiler } from "./compiler.ts";

/** How many oddly named configurations are read in search of one file. */
const MAX_OTHER_CONFIGS = 30;

export interface Projects {
  /** The language service of the file's project; undefined where no configuration contains the file. */
  serviceFor(file: string): ts.LanguageService | undefined;
}

/** `root` is absolute and real (no symlink in it). */
export function openProjects(compiler: Compiler, root: string): Projects {
  const service = new compiler.server.ProjectService({
    host: quietHost(compiler, root),
    logger: silent,
    cancellationToken: { isCancellationRequested: () => false },
    useSingleInferredProject: false,
    useInferredProjectPerProjectRoot: false,
    typingsInstaller: compiler.server.nullTypingsInstaller,
    session: undefined,
    canUseWatchEvents: false,
  });
  const preferences = { includePackageJsonAutoImports: "on", includeCompletionsForModuleExports: true } as const;
  service.setHostConfiguration({ preferences });
  const configs = new Map<string, ts.ParsedCommandLine | undefined>();
  const open: Opened = { current: undefined, files: [] };
  return {
    serviceFor: (file) => {
      const path = join(root, file);
      service.openClientFile(path, undefined, undefined, root);
      const found = service.getDefaultProjectForFile(compiler.server.toNormalizedPath(path), true);
      const project = isConfigured(compiler, found) ? found : otherProject(compiler, service, root, path, configs);
      moveOn(compiler, service, open, path, project);
      return project?.getLanguageService();
    },
  };
}

interface Opened {
  current: ts.server.Project | undefined;
  files: string[];
}

/** A project whose files are all closed is let go by the service, so that one project at a time fills the memory. */
function moveOn(
  compiler: Compiler,
  service: ts.server.ProjectService,
  open: Opened,
  path: string,
  project: ts.server.Project | undefined,
): void {
  const { current } = open;
  if (project !== current) {
    for (const done of open.files.splice(0)) service.closeClientFile(done);
    if (current?.projectKind === compiler.server.ProjectKind.External) service.closeExternalProject(current.getProjectName());
  }
  open.current = project;
  open.files.push(path);
}

function isConfigured(compiler: Compiler, project: ts.server.Project | undefined): project is ts.server.Project {
  return project?.projectKind === compiler.server.ProjectKind.Configured;
}

/** The service looks for `tsconfig.json` only; a configuration of another name is handed to it as files and options. */
function otherProject(
  compiler: Compiler,
  service: ts.server.ProjectService,
  root: string,
  path: string,
  configs: Map<string, ts.ParsedCommandLine | undefined>,
): ts.server.Project | undefined {
  const paths = foldersUp(root, path).flatMap((folder) => configsIn(compiler, folder));
  for (const config of paths.slice(0, MAX_OTHER_CONFIGS)) {
    const parsed = configs.has(config) ? configs.get(config) : parse(compiler, config);
    configs.set(config, parsed);
    if (!parsed?.fileNames.includes(path)) continue;
    const rootFiles = parsed.fileNames.map((fileName) => ({ fileName }));
    service.openExternalProject({ projectFileName: config, rootFiles, options: plainOptions(parsed.options) });
    return service.externalProjects.find((project) => project.getProjectName() === config);
  }
  return undefined;
}

function configsIn(compiler: Compiler, folder: string): string[] {
  return compiler.sys.readDirectory(folder, [".json"], undefined, ["tsconfig*.json"], 1).sort();
}

function parse(compiler: Compiler, config: string): ts.ParsedCommandLine | undefined {
  const host = { ...compiler.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  return compiler.getParsedCommandLineOfConfigFile(config, undefined, host);
}

/** Options as a client of the service may state them: without the syntax tree of the file they were read from. */
function plainOptions(options: ts.CompilerOptions): ts.server.protocol.ExternalProjectCompilerOptions {
  const plain = Object.entries(options).filter((entry): entry is [string, ts.CompilerOptionsValue] => entry[0] !== "configFile");
  return Object.fromEntries(plain);
}

/** The disk as it is, once: no watching, no timers, and no `require`, without which no plug-in can be loaded. */
function quietHost(compiler: Compiler, root: string): ts.server.ServerHost {
  const unwatched = (): ts.FileWatcher => ({ close: () => undefined });
  const { require: _, ...system } = { require: undefined, ...compiler.sys };
  return {
    ...system,
    getCurrentDirectory: () => root,
    watchFile: unwatched,
    watchDirectory: unwatched,
    setTimeout: () => undefined,
    clearTimeout: () => undefined,
    setImmediate: () => undefined,
    clearImmediate: () => undefined,
  };
}

const silent: ts.server.Logger = {
  close: () => undefined,
  hasLevel: () => false,
  loggingEnabled: () => false,
  perftrc: () => undefined,
  info: () => undefined,
  startGroup: () => undefined,
  endGroup: () => undefined,
  msg: () => undefined,
  getLogFileName: () => undefined,
};
