/** The nouns of containment. Plain data; nothing runs here. */

export type Containment = "bwrap" | "unshare" | "none";

/** One thing that was tried on this machine, for `stet doctor`. */
export interface Probe {
  readonly name: Containment | "overlay" | "network" | "limits";
  readonly ok: boolean;
  /** Empty, `missing` where a program is not installed, or what the program printed (hostile text). */
  readonly detail: string;
}

/** Absolute paths of the programs that build a container, so that nothing on a project's PATH can stand in for them. */
export type Programs = Readonly<Record<string, string>>;

/** What this machine can enforce. */
export interface Capabilities {
  readonly containment: Containment;
  /** Whether dependencies can be laid over a throw-away folder; where false they are copied. */
  readonly overlay: boolean;
  /** Whether the network can be cut off. */
  readonly network: boolean;
  readonly pidNamespace: boolean;
  /** Whether namespaces are had through a user namespace of one's own: always so for a normal user. */
  readonly userNamespace: boolean;
  /** `prlimit` with its options; empty where limits cannot be set. */
  readonly limits: readonly string[];
  /** Codes: `filesystem`, `network`, `process-tree`, `process-count`, `limits`, `dependencies-copied`. */
  readonly unenforced: readonly string[];
  readonly probes: readonly Probe[];
  readonly programs: Programs;
}

/**
 * A folder laid over `lower` at `target`: what is written stays in `state/upper`, and `lower` keeps every byte. `state`
 * holds the folders `lower`, `upper` and `work`, so that mount options never contain a path of the user's.
 */
export interface Overlay {
  readonly target: string;
  readonly lower: string;
  readonly state: string;
}

/** Where a project's dependencies stand in a container. */
export interface Dependencies {
  /** To be mounted for each command. */
  readonly overlays: readonly Overlay[];
  /** Every folder of dependencies below the root, mounted or copied, for the PATH. */
  readonly folders?: readonly string[];
  /** Host paths that they need: a virtual environment's interpreter. */
  readonly readOnlyPaths?: readonly string[];
}

/** Where a command runs, and what it may see. All paths are absolute. */
export interface Container {
  readonly capabilities: Capabilities;
  /** Read-write, and never the user's checkout. */
  readonly root: string;
  /** Read-write, the same path inside and outside. */
  readonly scratch: string;
  /** The user's checkout: hidden where that can be enforced, and its folders are taken off the PATH. */
  readonly checkout: string;
  readonly dependencies: Dependencies;
  /** Host paths that are visible read-only besides the system's own. */
  readonly readOnlyPaths: readonly string[];
  /** Names of environment variables that the user allowed. */
  readonly passEnv: readonly string[];
  /** Begins the mark of every process that runs here, for `endMarked`. */
  readonly mark?: string;
}

/** The container could not be built, so the program never started. `detail` is hostile text. */
export class ContainmentFault extends Error {
  readonly code = "containment-failed";
  readonly detail: string;
  constructor(detail: string) {
    super(`containment-failed: ${detail}`);
    this.detail = detail;
  }
}
