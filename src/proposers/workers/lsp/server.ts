/**
 * A linter's language server, started for one request and ended with it. Files are handed to it as they stand on disk,
 * less a BOM; it is asked for actions and formats, and never to write.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from "vscode-jsonrpc/node";
import { z } from "zod";
import { endAllWith, runBeside } from "./daemons.ts";
import { action, published, textEdits, type Action, type Diagnostic, type Range, type TextEdit } from "./messages.ts";

/**
 * A server may first tell what it knows without the project's settings, and again when it has read them and the project:
 * so long it has until the first file is as the check saw it. Beyond that it never will be.
 */
const FIRST_MS = 20_000;
/** A server that has read the project tells what it has to say of one more file well within this. */
const LATER_MS = 1_000;
/** One answer about one file; a project that is read first may be large. */
const ANSWER_MS = 60_000;
const CLOSE_MS = 2_000;
const MAX_ERROR_LENGTH = 2_000;
const MAX_STARTS = 3;

export interface ServerOptions {
  readonly argv: readonly [program: string, ...words: string[]];
  readonly root: string;
  readonly settings: unknown;
  /**
   * Commands that start and stop the daemon behind the server. One that the server starts by itself ends with whoever was
   * connected last, and the server looks whether it is there by connecting: on a busy machine it is gone when it is needed.
   */
  readonly daemon?: { readonly start: readonly string[]; readonly stop: readonly string[] };
}

interface Known {
  diagnostics: readonly Diagnostic[] | undefined;
  tell: () => void;
}

export class Server {
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #root: string;
  readonly #known = new Map<string, Known>();
  readonly #gone: Promise<never>;
  #isReady = false;
  #errors = "";

  readonly #home: string;
  readonly #stop: () => Promise<void>;

  private constructor({ argv: [program, ...words], root, daemon }: ServerOptions, home: string) {
    this.#root = root;
    this.#home = home;
    const env = environmentAt(home);
    this.#stop = async () => (daemon ? runBeside(daemon.stop, { cwd: root, env }) : undefined);
    const child = spawn(program, words, { cwd: root, env, stdio: ["pipe", "pipe", "pipe"] });
    child.stderr.on("data", (chunk: Buffer) => (this.#errors = (this.#errors + chunk.toString("utf8")).slice(-MAX_ERROR_LENGTH)));
    this.#child = child;
    this.#gone = new Promise<never>((_, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => {
        reject(new Error(`${program} ended with ${code ?? signal ?? "nothing"}: ${this.#errors}`));
      });
    });
    this.#gone.catch(() => undefined);
    child.stdin.on("error", () => undefined); // it is gone: `exit` says so
    this.#connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    this.#connection.onError(() => undefined);
  }

  /** A start is tried again: a busy machine may have been too slow for the server. */
  static async start(options: ServerOptions): Promise<Server> {
    for (let left = MAX_STARTS; ; left -= 1) {
      // A daemon is met at a socket below its home: one of its own, never somebody else's.
      const home = mkdtempSync(join(tmpdir(), "stet-lsp-"));
      if (options.daemon) await runBeside(options.daemon.start, { cwd: options.root, env: environmentAt(home) });
      const server = new Server(options, home);
      try {
        await server.#begin(options);
        return server;
      } catch (error) {
        await server.close();
        if (left === 1) throw error;
      }
    }
  }

  async #begin(options: ServerOptions): Promise<void> {
    const connection = this.#connection;
    connection.onNotification("textDocument/publishDiagnostics", (message: unknown) => {
      this.#hear(message);
    });
    connection.onRequest("workspace/configuration", (message: unknown) => {
      const { items } = z.object({ items: z.array(z.unknown()) }).parse(message);
      return items.map(() => null);
    });
    connection.onRequest(() => null);
    connection.onUnhandledNotification(() => undefined);
    connection.listen();
    const uri = pathToFileURL(options.root).href;
    await this.#ask("initialize", {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: "tree" }],
      initializationOptions: options.settings,
      capabilities: CAPABILITIES,
    });
    await this.#tell("initialized", {});
  }

  async open(file: string, text: string): Promise<void> {
    const uri = this.uri(file);
    this.#known.set(uri, { diagnostics: undefined, tell: () => undefined });
    await this.#tell("textDocument/didOpen", { textDocument: { uri, languageId: languageOf(file), version: 1, text } });
  }

  /** Another text for a file that is open; what was said of the one before is forgotten. */
  async change(file: string, text: string, version: number): Promise<void> {
    const uri = this.uri(file);
    this.#known.set(uri, { diagnostics: undefined, tell: () => undefined });
    await this.#tell("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ text }] });
  }

  async shut(file: string): Promise<void> {
    const uri = this.uri(file);
    this.#known.delete(uri);
    await this.#tell("textDocument/didClose", { textDocument: { uri } });
  }

  /** What the server says of an open file: at once where it is as wanted, else the last that comes in time. */
  async diagnostics(file: string, isWanted: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
    const known = this.#known.get(this.uri(file));
    if (!known) return [];
    for (let left = MAX_PUBLICATIONS; left > 0; left -= 1) {
      if (known.diagnostics && isWanted(known.diagnostics)) break;
      const wait = this.#isReady && known.diagnostics ? LATER_MS : FIRST_MS;
      if (!(await this.#toldWithin(known, wait))) break;
    }
    this.#isReady = true;
    return known.diagnostics ?? [];
  }

  async #toldWithin(known: Known, ms: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, ms, false)));
    const told = new Promise<boolean>((resolve) => {
      known.tell = () => {
        resolve(true);
      };
    });
    try {
      return await Promise.race([told, late, this.#gone]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** What it would do in the file. An action that is not of the shape that is known here is left out. */
  async actions(file: string, range: Range, diagnostics: readonly Diagnostic[], only?: string): Promise<Action[]> {
    const context = { diagnostics, ...(only !== undefined && { only: [only] }) };
    const answer = await this.#ask("textDocument/codeAction", { textDocument: { uri: this.uri(file) }, range, context });
    const list = z.array(z.unknown()).nullable().parse(answer) ?? [];
    return list.flatMap((one) => action.safeParse(one).data ?? []);
  }

  /** The edits that would format the file; none where it is formatted. Undefined where the server does not. */
  async format(file: string): Promise<readonly TextEdit[] | undefined> {
    const options = { tabSize: 2, insertSpaces: true };
    try {
      return textEdits.parse(await this.#ask("textDocument/formatting", { textDocument: { uri: this.uri(file) }, options })) ?? [];
    } catch {
      return undefined;
    }
  }

  uri(file: string): string {
    return pathToFileURL(`${this.#root}/${file}`).href;
  }

  async close(): Promise<void> {
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), CLOSE_MS);
    try {
      await this.#ask("shutdown", undefined);
      await this.#tell("exit", undefined);
      await this.#gone;
    } catch {
      // It is gone, as it should be.
    } finally {
      clearTimeout(timer);
      this.#child.kill("SIGKILL");
      this.#child.stderr?.destroy(); // a daemon may hold its other end
      this.#connection.dispose();
      await this.#stop();
      endAllWith(this.#home);
      rmSync(this.#home, { recursive: true, force: true });
    }
  }

  async #ask(method: string, message: unknown): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`no answer to ${method} within ${ANSWER_MS} ms`));
      }, ANSWER_MS);
    });
    try {
      return await Promise.race([this.#connection.sendRequest<unknown>(method, message), this.#gone, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** A server that is gone is told of by the next question; a connection that is closed throws at once, not later. */
  async #tell(method: string, message: unknown): Promise<void> {
    try {
      await this.#connection.sendNotification(method, message);
    } catch {
      // The next question says so.
    }
  }

  #hear(message: unknown): void {
    const { uri, diagnostics } = published.parse(message);
    const known = this.#known.get(uri);
    if (!known) return;
    known.diagnostics = diagnostics;
    known.tell();
  }
}

/** How often a server may say something else of one text before the last is taken as it is. */
const MAX_PUBLICATIONS = 10;

const CAPABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  workspace: { configuration: true, workspaceFolders: true, workspaceEdit: { documentChanges: true } },
  textDocument: {
    publishDiagnostics: {},
    formatting: {},
    codeAction: { isPreferredSupport: true, codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source"] } } },
  },
};

const LANGUAGES: Readonly<Record<string, string>> = {
  ...{ ts: "typescript", mts: "typescript", cts: "typescript", tsx: "typescriptreact", jsx: "javascriptreact" },
  ...{ js: "javascript", mjs: "javascript", cjs: "javascript", vue: "vue", svelte: "svelte", astro: "astro" },
  ...{ json: "json", jsonc: "jsonc", css: "css", graphql: "graphql", gql: "graphql", html: "html" },
};

function languageOf(file: string): string {
  return LANGUAGES[file.slice(file.lastIndexOf(".") + 1)] ?? "plaintext";
}

function environmentAt(home: string): NodeJS.ProcessEnv {
  return { ...process.env, HOME: home, XDG_CACHE_HOME: home };
}
