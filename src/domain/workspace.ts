/** Where a plug-in may run programs: one tree on disk, and nothing of the user's. */

/** A program to run in a workspace. There is no shell: `argv[0]` is looked up on the workspace's own PATH. */
export interface Command {
  readonly argv: readonly string[];
  /** Relative to the workspace's root; the root where absent. */
  readonly cwd?: string;
  /** Added to the scrubbed environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly timeoutMs: number;
  /** Output beyond this is cut, per stream. Default 64 MiB. */
  readonly maxOutputBytes?: number;
  /** Whether the program may reach the network. Default false, and enforced only where the machine can. */
  readonly network?: boolean;
  /** Host paths that the program may read besides the system's: where the program itself is installed. Absolute. */
  readonly readOnlyPaths?: readonly string[];
  readonly signal?: AbortSignal;
}

/** How a command ended, with what it printed. */
export interface Outcome {
  readonly ended:
    | { readonly kind: "exited"; readonly code: number }
    | { readonly kind: "signalled"; readonly signal: string }
    | { readonly kind: "timeout" }
    | { readonly kind: "missing" };
  readonly stdout: string;
  readonly stderr: string;
  /** Whether either stream was longer than the cap. */
  readonly truncated: boolean;
  readonly durationMs: number;
}

export interface AskOptions {
  /** For this answer alone; the conversation ends when it runs out. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** One line of an answer, without its end. */
export interface Answer {
  readonly line: string;
  readonly durationMs: number;
}

/** A program that stays and answers each line with one line. */
export interface Conversation {
  /** Throws when the program has ended, answers too late or too much; every later question throws as well. */
  ask(line: string, options: AskOptions): Promise<Answer>;
  /** Ends the program and waits until it is gone. */
  close(): Promise<void>;
}

/** A program that stays, and bytes that go both ways at any time. */
export interface Channel {
  readonly input: WritableStream<Uint8Array>;
  /** Ends with the program, and when it has written more than its command's `maxOutputBytes`. */
  readonly output: ReadableStream<Uint8Array>;
  /** Settles when the program is gone, with the last that it wrote to its errors. Hostile text. */
  readonly ended: Promise<string>;
  /** Ends the program and all that it has started, and waits until they are gone. */
  close(): Promise<void>;
}

/** One tree on disk, with the project's dependencies in place, in which programs can be run. */
export interface Workspace {
  /** Absolute path. Never the user's checkout. */
  readonly root: string;
  /** The git tree id that stands there. */
  readonly tree: string;
  /** Absolute path of an empty folder, the same inside and outside the sandbox, for reports that tools write. */
  readonly scratch: string;
  /** Whether programs see nothing of this machine's files but the workspace's and what they need to run. */
  readonly isContained: boolean;
  run(command: Command): Promise<Outcome>;
  /** Starts a program that stays. The workspace must not be set to another tree while it does. */
  start(command: Command): Promise<Conversation>;
  /** As `start`, for a program that speaks when it likes. `timeoutMs` is the caller's to hold. */
  connect(command: Command): Promise<Channel>;
  /** A file's text below the root or the scratch folder; undefined where there is none or it is not valid UTF-8. */
  readText(path: string): Promise<string | undefined>;
}
