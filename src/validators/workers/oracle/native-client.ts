/**
 * The small adapter to the native compiler's API (TypeScript 7.1), spoken over standard input and output. The API is
 * marked unstable, so its version is pinned in package.json and only what is used here is written down.
 */
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from "vscode-jsonrpc/node";

export interface NativeDiagnostic {
  readonly fileName?: string;
  readonly startPosition?: { readonly line: number; readonly character: number };
  readonly code: number;
  /** 1 is an error. */
  readonly category: number;
  readonly text: string;
  readonly messageChain?: readonly NativeDiagnostic[];
}

export interface NativeProject {
  readonly id: string;
  readonly configFileName?: string;
  readonly parsedCommandLine: {
    readonly options: Readonly<Record<string, unknown>>;
    readonly projectReferences?: readonly { readonly path: string }[];
    readonly errors: readonly NativeDiagnostic[];
  };
}

/** Files in place of those on disk, and paths that are not there. */
export interface Layer {
  readonly kind: "layer";
  readonly files: Readonly<Record<string, string>>;
  readonly removedPaths: readonly string[];
}

export interface Notifications {
  readonly changed: readonly string[];
  readonly created: readonly string[];
  readonly deleted: readonly string[];
}

interface SnapshotChanges {
  readonly openProjects?: readonly string[];
  readonly fileSystem?: Layer;
  readonly fileNotifications?: Notifications;
  /** Without it a snapshot answers from programs that have not heard of the change, and looks green. */
  readonly ensurePrograms: true;
}

interface Of {
  readonly snapshot: number;
  readonly project: string;
  readonly files?: readonly string[];
}

/** Parameters and result of each request that is used. */
interface Requests {
  initialize: [null, unknown];
  createSnapshot: [SnapshotChanges, { snapshot: number; projects: NativeProject[] }];
  updateSnapshot: [{ snapshot: number; changes: SnapshotChanges }, { snapshot: number; projects: NativeProject[] }];
  release: [{ snapshot: number }, unknown];
  parseConfigFile: [{ file: string }, NativeProject["parsedCommandLine"]];
  getSourceFileNames: [Of, string[] | null];
  getSyntacticDiagnostics: [Of, NativeDiagnostic[] | null];
  getSemanticDiagnostics: [Of, NativeDiagnostic[] | null];
  getDeclarationDiagnostics: [Of, NativeDiagnostic[] | null];
  getProgramDiagnostics: [Of, NativeDiagnostic[] | null];
  getGlobalDiagnostics: [Of, NativeDiagnostic[] | null];
  getDeclarationEmit: [Of, { outputFiles: { text: string; sourceFileName?: string }[] | null; diagnostics: NativeDiagnostic[] | null }];
}

/**
 * How much garbage the compiler (a Go program) lets come together, in percent of what it holds; Go's own is 100. Two
 * programs of 5,000 files took 921 MB with that, 650 to 700 with less than 50, in a tenth more time.
 */
const GARBAGE_PERCENT = "40";

export class NativeClient {
  readonly #connection: MessageConnection;
  readonly #gone: Promise<never>;

  constructor(program: string, cwd: string) {
    const env = { ...process.env, GOGC: GARBAGE_PERCENT };
    const child = spawn(program, ["--api", "--async", "--cwd", cwd], { env, stdio: ["pipe", "pipe", "inherit"] });
    this.#gone = new Promise<never>((_, reject) => {
      child.on("error", reject);
      child.on("exit", (code, signal) => reject(new Error(`the native compiler ended: ${signal ?? code ?? ""}`)));
    });
    this.#gone.catch(() => undefined);
    this.#connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    this.#connection.listen();
    // The compiler is no reason to stay: who asks has an input of its own, and the compiler ends when its own one does.
    for (const handle of [child, child.stdin, child.stdout]) if ("unref" in handle && typeof handle.unref === "function") handle.unref();
  }

  /** Throws when the compiler refuses the request or has ended. */
  request<Name extends keyof Requests>(name: Name, parameters: Requests[Name][0]): Promise<Requests[Name][1]> {
    const answer = this.#connection.sendRequest<Requests[Name][1]>(name, parameters);
    return Promise.race([answer, this.#gone]);
  }
}

/** The pinned compiler's program for this machine; undefined where it was not installed. */
export function findNative(): string | undefined {
  try {
    const manifest = import.meta.resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`);
    return join(dirname(fileURLToPath(manifest)), "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
  } catch {
    return undefined;
  }
}
